/** Every way to a printer keeps the same promises: bytes out, bytes back, an end that is told once. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { open } from "node:fs/promises";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { test } from "node:test";
import type { TestContext } from "node:test";
import {
  PrinterAddressError,
  openPrinterPort,
  parsePrinterAddress,
  printerWay,
} from "../../src/adapters/printer/open.ts";
import { tcpPrinter } from "../../src/adapters/printer/tcp.ts";
import { PrinterOpenError } from "../../src/ports/printer.ts";
import type { PrinterEvents } from "../../src/ports/printer.ts";
import { until } from "../support/until.ts";

/** The printer's end of a link. */
interface FarEnd {
  readonly address: string;
  /** Everything that arrived so far. */
  readonly received: () => Buffer;
  readonly say: (bytes: Uint8Array) => Promise<void>;
}

async function tcpEnd(t: TestContext): Promise<FarEnd> {
  const parts: Buffer[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("data", (part) => parts.push(part));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const at = server.address();
  assert.ok(at !== null && typeof at === "object");
  return {
    address: `tcp://127.0.0.1:${at.port}`,
    received: () => Buffer.concat(parts),
    say: async (bytes) => {
      await until("connected", () => sockets.length > 0);
      sockets.at(-1)?.write(bytes);
    },
  };
}

/** Runs socat, which makes a pair of serial lines; gives the paths of its two ends. */
async function ptyPair(t: TestContext): Promise<{ ends: readonly string[]; socat: ChildProcess }> {
  const socat = spawn("socat", ["-d", "-d", "pty,raw,echo=0", "pty,raw,echo=0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  let missing: Error | null = null;
  socat.on("error", (error) => (missing = error));
  socat.stderr.on("data", (part: Buffer) => (told += part.toString()));
  t.after(() => socat.kill());
  await until("socat is ready", () => missing !== null || told.includes("starting data transfer"));
  assert.equal(missing, null, "this test needs socat: apt-get install socat");
  return { ends: [...told.matchAll(/PTY is (\S+)/g)].map(([, path = ""]) => path), socat };
}

/** Our end is the one that the adapter opens. */
async function ptyEnd(t: TestContext, scheme: "serial" | "device"): Promise<FarEnd> {
  const [ours = "", theirs = ""] = (await ptyPair(t)).ends;
  const far = await open(theirs, "r+");
  const parts: Buffer[] = [];
  const stream = far.createReadStream({ autoClose: false });
  stream.on("data", (part) => parts.push(Buffer.from(part)));
  // The line hangs up when socat ends.
  stream.on("error", () => undefined);
  t.after(() => far.close().catch(() => undefined));
  return {
    address: `${scheme}://${ours}`,
    received: () => Buffer.concat(parts),
    say: async (bytes) => {
      await far.write(bytes);
    },
  };
}

const ways = [
  ["tcp", tcpEnd],
  ["serial", (t: TestContext) => ptyEnd(t, "serial")],
  ["device", (t: TestContext) => ptyEnd(t, "device")],
] as const;

class Heard implements PrinterEvents {
  readonly parts: Uint8Array[] = [];
  readonly ends: string[] = [];
  bytes(part: Uint8Array): void {
    this.parts.push(part);
  }
  closed(reason: string): void {
    this.ends.push(reason);
  }
  get all(): string {
    return Buffer.concat(this.parts).toString("hex");
  }
}
const listener = (heard: Heard): PrinterEvents => ({
  bytes: (part) => heard.bytes(part),
  closed: (reason) => heard.closed(reason),
});

for (const [name, farEnd] of ways) {
  test(`${name}: bytes go out whole and come back, and the end is told once`, async (t) => {
    const far = await farEnd(t);
    const heard = new Heard();
    const connection = await openPrinterPort(far.address).open(listener(heard));
    const job = Buffer.from(Array.from({ length: 3_000 }, (_, at) => at % 256));
    await connection.write(Uint8Array.of(0x10, 0x04, 0x01));
    await far.say(Uint8Array.of(0x12));
    await until("the answer", () => heard.all === "12");
    void connection.write(job);
    void connection.write(Uint8Array.of(0x1d, 0x72, 0x01));
    await until("all arrived", () => far.received().length === job.length + 6);
    assert.deepEqual(far.received().subarray(3, -3), job);
    await far.say(Uint8Array.of(0x37, 0x22, 0x30, 0x11, 0x00));
    await until("the second answer", () => heard.all === "123722301100");
    await connection.close();
    assert.deepEqual(heard.ends, ["ended"]);
    await assert.rejects(connection.write(Uint8Array.of(0)));
  });
}

test("tcp: closing right after a large write loses nothing, though the printer has spoken", async (t) => {
  const far = await tcpEnd(t);
  const heard = new Heard();
  const connection = await openPrinterPort(far.address).open(listener(heard));
  await far.say(Uint8Array.of(0x10, 0x00, 0x00, 0x0f));
  const job = Buffer.alloc(1_500_000, 0x41);
  void connection.write(job);
  await connection.close();
  await until("all arrived", () => far.received().length === job.length);
});

test("tcp: what stands in the way has a name", async (t) => {
  const reset = createServer((socket) => socket.resetAndDestroy());
  await new Promise<void>((resolve) => reset.listen(0, "127.0.0.1", resolve));
  t.after(() => reset.close());
  const at = reset.address();
  assert.ok(at !== null && typeof at === "object");

  // The reset may come with the connection, or just after it.
  const heard = new Heard();
  try {
    await openPrinterPort(`tcp://127.0.0.1:${at.port}`).open(listener(heard));
    await until("told", () => heard.ends.length > 0);
    assert.deepEqual(heard.ends, ["reset"]);
  } catch (error) {
    assert.ok(error instanceof PrinterOpenError);
    assert.equal(error.reason, "busy");
  }

  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
  const freeAt = free.address();
  assert.ok(freeAt !== null && typeof freeAt === "object");
  await new Promise((resolve) => free.close(resolve));
  const refused = openPrinterPort(`tcp://127.0.0.1:${freeAt.port}`);
  const isRefusal = (error: unknown): boolean =>
    error instanceof PrinterOpenError && error.reason === "refused";
  await assert.rejects(refused.open(listener(new Heard())), isRefusal);
});

test("tcp: a printer that never ends its side holds close up only for closeMs", async (t) => {
  const stubborn = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => undefined);
    t.after(() => socket.destroy());
  });
  await new Promise<void>((resolve) => stubborn.listen(0, "127.0.0.1", resolve));
  t.after(() => stubborn.close());
  const at = stubborn.address();
  assert.ok(at !== null && typeof at === "object");
  const heard = new Heard();
  const connection = await tcpPrinter("127.0.0.1", at.port, { closeMs: 50 }).open(listener(heard));
  await connection.close();
  assert.equal(heard.ends.length, 1);
});

test("a device that isn't there, or hangs up", async (t) => {
  const isAbsent = (error: unknown): boolean =>
    error instanceof PrinterOpenError && error.reason === "no_device";
  for (const address of ["device:///dev/no-such-printer", "serial:///dev/no-such-printer"]) {
    await assert.rejects(openPrinterPort(address).open(listener(new Heard())), isAbsent, address);
  }
  const { ends, socat } = await ptyPair(t);
  const heard = new Heard();
  const connection = await openPrinterPort(`device://${ends[0]}`).open(listener(heard));
  t.after(() => connection.close());
  socat.kill();
  await new Promise((resolve) => socat.once("close", resolve));
  await assert.rejects(connection.write(Uint8Array.of(0x10, 0x04, 0x01)));
  assert.deepEqual(heard.ends, ["reset"]);
});

test("which printers lie behind the shop's network", () => {
  const here = ["tcp://127.0.0.1:9100", "tcp://localhost", "tcp://[::1]:9100"];
  for (const one of [...here, "serial:///dev/ttyUSB0", "device:///dev/usb/lp0"])
    assert.equal(printerWay(one), "here", one);
  for (const one of ["tcp://192.168.1.50:9100", "tcp://printer.local", "tcp://[fe80::1]:9100"])
    assert.equal(printerWay(one), "network", one);
});

test("addresses: what can be written, and what to write instead", () => {
  const good: readonly (readonly [string, object])[] = [
    ["tcp://192.168.1.50", { kind: "tcp", host: "192.168.1.50", port: 9100 }],
    ["tcp://printer.lan:9101", { kind: "tcp", host: "printer.lan", port: 9101 }],
    ["tcp://[fe80::1]:9100", { kind: "tcp", host: "fe80::1", port: 9100 }],
    ["serial:///dev/ttyUSB0", { kind: "serial", path: "/dev/ttyUSB0", baud: 9600, flow: "none" }],
    [
      "serial://COM3?baud=115200&flow=rtscts",
      { kind: "serial", path: "COM3", baud: 115_200, flow: "rtscts", bytesPerSecond: 11_520 },
    ],
    ["device:///dev/usb/lp0", { kind: "device", path: "/dev/usb/lp0" }],
  ];
  for (const [address, expected] of good) {
    const parsed = parsePrinterAddress(address);
    assert.deepEqual({ ...parsed, ...expected }, parsed, address);
  }
  const bad = [
    "",
    "192.168.1.50",
    "tcp://",
    "tcp://a:0",
    "tcp://a:70000",
    "lpr://a",
    "device://lp0",
  ];
  for (const address of [...bad, "serial://ttyUSB0", "serial:///dev/ttyS0?baud=fast"]) {
    assert.throws(
      () => openPrinterPort(address),
      (error) => error instanceof PrinterAddressError && error.text.zh.includes("请写成"),
      address,
    );
  }
});
