/** The sandbox commands against a real control server. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import Fastify from "fastify";
import { printerControl } from "../../sandbox/servers/printer/control.ts";
import { startPrinter, type SandboxPrinter } from "../../sandbox/servers/printer/printer.ts";
import { wireControl } from "../../sandbox/servers/wire/control.ts";
import { startWire, type Wire } from "../../sandbox/servers/wire/wire.ts";
import { sandboxCommand } from "../sandbox.ts";

interface Rig {
  readonly printer: SandboxPrinter;
  readonly wire: Wire;
  /** Runs `chupiao sandbox …` and gives what it wrote. */
  run(...words: readonly string[]): Promise<{ out: string; err: string }>;
}

async function rig(context: TestContext): Promise<Rig> {
  const printer = await startPrinter();
  const wire = await startWire({ target: printer });
  const app = Fastify();
  await app.register(printerControl(printer), { prefix: "/printer" });
  await app.register(wireControl({ printer: wire }), { prefix: "/wire" });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  context.after(async () => {
    await app.close();
    await wire.close();
    await printer.close();
  });
  return {
    printer,
    wire,
    run: async (...words) => {
      const out: string[] = [];
      const log = context.mock.method(console, "log", (text: string) => void out.push(text));
      const withUrl = words.includes("--url") ? words : [...words, "--url", url];
      const ended = sandboxCommand().parseAsync(withUrl, { from: "user" });
      const err = await ended.then(
        () => "",
        (error: unknown) => String(error),
      );
      log.mock.restore();
      return { out: out.join("\n"), err };
    },
  };
}

test("every fault command changes the printer, and its opposite puts it right", async (context) => {
  const { printer, run } = await rig(context);
  const calm = printer.state();
  const pairs: readonly (readonly [fault: string, right: string])[] = [
    ["paper-out", "paper-load"],
    ["paper-low", "paper-load"],
    ["paper-left 30", "paper-load"],
    ["cover open", "cover close"],
    ["power off", "power on"],
    ["jam", "clear-jam"],
    ["overheat", "cool"],
    ["mechanism broken", "mechanism ok"],
    ["drawer open", "drawer close"],
    ["slow", "speed 0"],
    ["mute", "unmute"],
    ["garbage on", "garbage off"],
    ["wrong-ids on", "wrong-ids off"],
    ["refuse", "accept"],
    ["second hang", "second queue"],
    ["power-loss before-answer", "power-loss never"],
    ["power-loss-after 3", "power-loss never"],
  ];
  for (const [fault, right] of pairs) {
    await run("printer", ...fault.split(" "));
    assert.notDeepEqual(printer.state(), calm, fault);
    await run("printer", ...right.split(" "));
    assert.deepEqual(printer.state(), calm, right);
  }
});

test("state is a sentence, or the object itself with --json", async (context) => {
  const { printer, run } = await rig(context);
  await run("printer", "paper-out");
  const sentence = await run("printer", "state");
  assert.match(sentence.out, /^打印机 127\.0\.0\.1:\d+（epson）：缺纸 · 0 个连接 · 纸槽 0 张$/);
  const json = await run("printer", "state", "--json");
  assert.deepEqual(JSON.parse(json.out), printer.state());
});

test("papers: text, JSON and a picture of the last one", async (context) => {
  const { printer, run } = await rig(context);
  assert.equal((await run("printer", "papers")).out, "纸槽是空的。");
  const socket = connect(printer.port, printer.host);
  socket.end(
    Buffer.concat([
      Buffer.from("first\n"),
      Buffer.from("1d564200", "hex"),
      Buffer.from("second\n"),
      Buffer.from("1d564200", "hex"),
    ]),
  );
  socket.resume();
  await once(socket, "close");
  assert.match(
    (await run("printer", "papers", "--last")).out,
    /^—— 第 2 张 · [^\n]+ ——\nsecond\n$/,
  );
  const { papers } = JSON.parse((await run("printer", "papers", "--json")).out) as {
    papers: { text: string }[];
  };
  assert.deepEqual(
    papers.map((paper) => paper.text),
    ["first", "second"],
  );
  const folder = mkdtempSync(join(tmpdir(), "chupiao-png-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "last.png");
  await run("printer", "papers", "--last", "--png", file);
  assert.equal(readFileSync(file).subarray(1, 4).toString(), "PNG");
  await run("printer", "clear");
  assert.equal(printer.papers().length, 0);
});

test("wire set, cut, calm and list", async (context) => {
  const { wire, run } = await rig(context);
  await run(
    "wire",
    "set",
    "printer",
    "--up-delay",
    "20",
    "--up-jitter",
    "5",
    "--lose",
    "down",
    "--truncate",
    "up:10",
    "--reset",
    "after",
    "--duplicate",
    "50",
    "--bandwidth",
    "9600",
  );
  assert.deepEqual(wire.state().rules, {
    refuse: false,
    up: { delay_ms: 20, jitter_ms: 5 },
    down: { delay_ms: 0, jitter_ms: 0 },
    lose: "down",
    truncate: { direction: "up", after_bytes: 10 },
    reset: "after_delivery",
    duplicate_after_ms: 50,
    bytes_per_s: 9600,
  });
  await run("wire", "set", "printer", "--refuse", "--next", "2");
  assert.equal(wire.state().next?.connections, 2);
  assert.match((await run("wire", "list")).out, /^printer：.* lose=down .* 随后 2 个连接另有规则$/);
  assert.match((await run("wire", "calm", "printer")).out, / · 正常 · /);
  assert.match((await run("wire", "cut", "printer", "--reset", "--json")).out, /^\{/);
  assert.match((await run("wire", "calm", "nobody")).err, /It can be: printer\)/);
});

test("no sandbox: a sentence that says what to do", async (context) => {
  const { run } = await rig(context);
  const { err } = await run("printer", "state", "--url", "http://127.0.0.1:1");
  assert.match(
    err,
    /http:\/\/127\.0\.0\.1:1 没有应答：沙盒没有在运行。请先运行 npx chupiao sandbox/,
  );
});
