/** The printer as a host meets it: over real sockets, with real refusals, silences and ends. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, appendFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { paperText } from "../../model/printer/paper.ts";
import { startPrinter, type SandboxPrinter, type StartPrinter } from "./printer.ts";
import { until } from "../../../../test/support/until.ts";

const start = async (context: TestContext, options: StartPrinter = {}): Promise<SandboxPrinter> => {
  const printer = await startPrinter(options);
  context.after(() => printer.close());
  return printer;
};

class Host {
  heard = "";
  end: string = "open";
  closed = false;
  connected = false;
  readonly socket: Socket;
  constructor(printer: SandboxPrinter) {
    this.socket = connect({ port: printer.port, host: printer.host });
    this.socket.on("connect", () => (this.connected = true));
    this.socket.on("data", (bytes: Buffer) => (this.heard += bytes.toString("hex")));
    this.socket.on("end", () => (this.end = "end"));
    this.socket.on("error", (error: NodeJS.ErrnoException) => (this.end = error.code ?? "error"));
    this.socket.on("close", () => (this.closed = true));
  }
  send(...parts: readonly string[]): void {
    for (const part of parts) this.socket.write(Buffer.from(part.replaceAll(" ", ""), "hex"));
  }
  async hears(bytes: string): Promise<void> {
    const expected = bytes.replaceAll(" ", "");
    await until(`hears ${bytes}`, () => this.heard === expected).catch(() =>
      assert.equal(this.heard, expected),
    );
  }
}

const text = (line: string): string => Buffer.from(`${line}\n`).toString("hex");
const job = (line: string, id = "0001"): string =>
  `1b40 ${text(line)} 1d564200 1d2848060030 30 ${Buffer.from(id).toString("hex")}`;
const idAnswer = (id = "0001"): string => `3722${Buffer.from(id).toString("hex")}00`;

test("a job is printed, answered, and closed in the ordinary way", async (context) => {
  const printer = await start(context);
  const papers: string[] = [];
  printer.onPaper((paper) => papers.push(paperText(paper)));
  const host = new Host(printer);
  host.send(job("hello"));
  await host.hears(idAnswer());
  host.socket.end();
  await until("closed", () => host.closed);
  assert.equal(host.end, "end");
  assert.deepEqual(papers, ["hello"]);
  assert.equal(printer.paper(1), printer.papers()[0]);
});

test("a job larger than the buffer waits while paper is out, and not a byte is lost", async (context) => {
  const printer = await start(context);
  await printer.set({ paper: "out" });
  const host = new Host(printer);
  const many = Array.from({ length: 4_000 }, (_, index) => `line ${index}`);
  host.send(...many.map(text), "1d564200", "1d2848060030 30 30303031");
  await until("buffer full", () => printer.state().buffered_bytes === 4096);
  host.socket.end();
  await printer.set({ paper: "ok" });
  await host.hears(idAnswer());
  const [paper] = printer.papers();
  assert.ok(paper);
  assert.equal(paperText(paper), many.join("\n"));
});

test("paper out is told by status at once, and new paper lets the job out", async (context) => {
  const printer = await start(context);
  const host = new Host(printer);
  host.send("1d61ff");
  await host.hears("1000000f");
  host.heard = "";
  await printer.set({ paper_left_mm: 5 });
  await host.hears("1000030f");
  host.heard = "";
  await printer.set({ paper_left_mm: 0 });
  await host.hears("18000f0f");
  host.send(job("held"));
  host.heard = "";
  host.send("100404");
  await host.hears("7e");
  assert.equal(printer.papers().length, 0);
  host.heard = "";
  await printer.set({ paper: "ok" });
  await host.hears(`1000000f${idAnswer()}`);
  assert.equal(printer.papers().length, 1);
});

test("at printing speed the clock runs: the id comes by itself", async (context) => {
  const printer = await start(context, { settings: { cutMs: 20 } });
  await printer.set({ speed_mm_per_s: 500 });
  const host = new Host(printer);
  host.send(job("slowly"));
  await host.hears(idAnswer());
  assert.equal(printer.papers().length, 1);
});

test("power off is silence and a refused port; power on resets the old connection", async (context) => {
  const printer = await start(context);
  const { port } = printer;
  await printer.set({ speed_mm_per_s: 1 });
  const host = new Host(printer);
  host.send(job("half"));
  await until("begun", () => printer.state().printing);
  await printer.set({ power: "off" });
  host.send("100401");
  const refused = new Host(printer);
  await until("refused", () => refused.closed);
  assert.equal(refused.end, "ECONNREFUSED");
  assert.deepEqual([host.heard, host.end], ["", "open"]);
  await printer.set({ power: "on", speed_mm_per_s: 0 });
  await until("reset", () => host.closed);
  assert.equal(host.end, "ECONNRESET");
  assert.equal(printer.port, port);
  const next = new Host(printer);
  next.send(job("whole", "0002"));
  await next.hears(idAnswer("0002"));
  assert.deepEqual(printer.papers().map(paperText), ["whole"]);
});

test("power that goes between printing and answer leaves a paper and no word", async (context) => {
  const printer = await start(context);
  await printer.set({ power_loss: "before_answer" });
  const host = new Host(printer);
  host.send(job("printed"));
  await until("dark", () => printer.state().power === "off");
  assert.deepEqual(printer.papers().map(paperText), ["printed"]);
  assert.deepEqual([host.heard, host.end], ["", "open"]);
  assert.equal(printer.state().power_loss, null, "fires once");
});

test("a second connection queues, hangs or is refused", async (context) => {
  const printer = await start(context);
  const first = new Host(printer);
  first.send("100401");
  await first.hears("12");
  const queued = new Host(printer);
  queued.send("100404");
  await until("both there", () => printer.state().connections === 2);
  assert.equal(queued.heard, "");
  first.socket.end();
  await queued.hears("12");

  await printer.set({ second_connection: "hang" });
  const hung = new Host(printer);
  hung.send("100401");
  await until("both there", () => printer.state().connections === 2);
  queued.socket.end();
  await until("first gone", () => printer.state().connections === 1);
  const served = new Host(printer);
  served.send("100401");
  await served.hears("12");
  assert.deepEqual([hung.heard, hung.end], ["", "open"]);
  hung.socket.destroy();

  await printer.set({ second_connection: "refuse" });
  const refused = new Host(printer);
  await until("refused", () => refused.closed);
  assert.equal(refused.end, "ECONNREFUSED");
  served.socket.end();
  await until("owner gone", () => served.closed);
  let last = new Host(printer);
  await until("port open again", () => {
    if (last.closed) last = new Host(printer);
    return last.connected;
  });
  last.send("100401");
  await last.hears("12");
});

test("hosts that gave up while they waited don't hold up the one behind them", async (context) => {
  const printer = await start(context);
  const owner = new Host(printer);
  owner.send("100401");
  await owner.hears("12");
  const quiet = [new Host(printer), new Host(printer)];
  const asked = [new Host(printer), new Host(printer)];
  for (const host of asked) host.send("100401");
  await until("all there", () => printer.state().connections === 5);
  for (const host of [...quiet, ...asked]) host.socket.end();
  await until("those who said nothing have left", () => printer.state().connections === 3);
  assert.ok(quiet.every((host) => host.end === "end"));
  const next = new Host(printer);
  next.send("100404");
  owner.socket.end();
  // The bytes of those who asked are read, as a device finds them in its line.
  await next.hears("12");
  await until("only that one is left", () => printer.state().connections === 1);
});

test("one that hangs leaves nothing behind when its host gives up", async (context) => {
  const printer = await start(context, { secondConnection: "hang" });
  const owner = new Host(printer);
  const hung = new Host(printer);
  await until("both there", () => printer.state().connections === 2);
  hung.socket.end();
  await until("one has left", () => printer.state().connections === 1);
  assert.equal(owner.end, "open");
});

test("refused, muted, wrong and garbled, each until it is put right", async (context) => {
  const printer = await start(context);
  await printer.set({ refuse: true });
  const refused = new Host(printer);
  await until("refused", () => refused.closed);
  assert.equal(refused.end, "ECONNREFUSED");
  await printer.set({ refuse: false, mute: true });
  const host = new Host(printer);
  host.send(job("silent"));
  await until("printed", () => printer.papers().length === 1);
  await printer.set({ mute: false, wrong_ids: true });
  host.send(job("wrong"));
  await host.hears(idAnswer("1112"));
  await printer.set({ wrong_ids: false, garbage: "OK\r\n" });
  host.heard = "";
  host.send(job("garbled"));
  await host.hears(`4f4b0d0a${idAnswer()}`);
});

test("reset_connection is an RST, feed moves paper, tear takes it, clear empties the tray", async (context) => {
  const printer = await start(context);
  const host = new Host(printer);
  host.send(text("no cut"));
  await until("printed", () => printer.state().lines === 1);
  const before = printer.hanging().length;
  await printer.act("feed");
  assert.equal(printer.hanging().length, before + 30);
  await printer.act("tear");
  assert.deepEqual(
    printer.papers().map((paper) => [paper.end, paperText(paper)]),
    [["torn", "no cut"]],
  );
  await printer.act("clear_papers");
  assert.deepEqual(printer.papers(), []);
  await printer.act("reset_connection");
  await until("reset", () => host.closed);
  assert.equal(host.end, "ECONNRESET");
});

test("closing with a host connected and paper hanging out of a printer without a blade", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "chupiao-printer-"));
  const printer = await startPrinter({ dataDir, paperMm: 58, traits: { cutter: false } });
  const host = new Host(printer);
  host.send(text("hanging"));
  await until("printed", () => printer.state().lines === 1);
  await printer.close();
  await until("closed", () => host.closed);
  rmSync(dataDir, { recursive: true });
});

test("an idle connection is closed", async (context) => {
  const printer = await start(context, { idleMs: 50 });
  const host = new Host(printer);
  await until("closed", () => host.closed);
  assert.equal(host.end, "end");
});

test("papers, numbers and counters outlive the process; half a line does no harm", async (context) => {
  const dataDir = mkdtempSync(join(tmpdir(), "chupiao-printer-"));
  context.after(() => rmSync(dataDir, { recursive: true }));
  const first = await startPrinter({ dataDir });
  const host = new Host(first);
  host.send(job("one"), "1d763000 01000200 a55a", "1d564200 1d2848060030 30 30303032");
  await host.hears(idAnswer() + idAnswer("0002"));
  host.socket.destroy();
  const [, picture] = first.papers();
  // What a killed process leaves: everything up to the last paper, and perhaps half of the next line.
  appendFileSync(join(dataDir, "papers.jsonl"), '{"paper":{"n":3,');
  await first.close();
  const second = await start(context, { dataDir });
  assert.deepEqual(second.papers()[1], picture);
  const again = new Host(second);
  again.send("1d6732003200");
  await again.hears("5f3200");
  again.heard = "";
  again.send(job("three"));
  await again.hears(idAnswer());
  assert.deepEqual(
    second.papers().map((paper) => paper.n),
    [1, 2, 3],
  );
  await second.act("clear_papers");
  const third = await start(context, { dataDir });
  assert.deepEqual(third.papers(), []);
});

test("what hangs out when the process dies is a torn paper at the next start", async (context) => {
  const dataDir = mkdtempSync(join(tmpdir(), "chupiao-printer-"));
  context.after(() => rmSync(dataDir, { recursive: true }));
  const killed = await startPrinter({ dataDir });
  context.after(() => killed.close());
  const host = new Host(killed);
  host.send(job("cut"), text("hanging"));
  await until("printed", () => killed.hanging().elements.length > 0);
  const next = await start(context, { dataDir });
  assert.deepEqual(
    next.papers().map((paper) => [paper.n, paper.end, paperText(paper).trim()]),
    [
      [1, "partial", "cut"],
      [2, "torn", "hanging"],
    ],
  );
  const third = await start(context, { dataDir });
  assert.equal(third.papers().length, 2, "it is torn off once");
});
