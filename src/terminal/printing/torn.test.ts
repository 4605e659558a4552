/** Half a command in the printer must not swallow the head of the next paper, whatever happened in between. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Bench } from "../../../test/contract/printer-bench.ts";
import { cloneModel, epsonModel } from "../../../test/contract/printer-model.ts";
import type { ModelSettings } from "../../../test/contract/printer-model.ts";
import { clone, encode, epson } from "../../../test/contract/printer-support.ts";
import type { PrinterProfile } from "../../core/printing/profile.ts";

const code = Buffer.from([0x1d, 0x28, 0x6b, 200, 0, ...Buffer.alloc(200, "A")]);
const cut = Buffer.from([0x1d, 0x56, 0x42, 0]);
const withCode: typeof encode = (job, profile, id) => {
  const encoded = encode(job, profile, id);
  const bytes = Buffer.concat([Buffer.from("A line 1\n"), code, cut]);
  return job.id === "A" ? { ...encoded, bytes } : encoded;
};

const isZeros = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** The connection breaks with half of A's code in the printer, and isn't there again until it is said. */
async function torn(settings: ModelSettings, profile: PrinterProfile): Promise<Bench> {
  const bench = new Bench({ ...settings, lineMs: 50 }, profile);
  const stopped = bench.spooler.stop();
  await bench.world.advance(5_000);
  await stopped;
  bench.spooler = bench.start(bench.port, withCode);
  const receive = bench.model.receive.bind(bench.model);
  bench.model.receive = (bytes) => {
    if (!Buffer.from(bytes).includes(code)) return receive(bytes);
    receive(bytes.subarray(0, 60));
    bench.port.tear("ended");
    bench.port.refuses = "no_route";
  };
  bench.print("A");
  await bench.world.until("torn", () => bench.port.refuses !== null, 20_000);
  return bench;
}

async function assertNextIsWhole(bench: Bench): Promise<void> {
  bench.print("B");
  await bench.until("B", "confirmed", 60_000);
  assert.equal(bench.printed("B"), 8, bench.model.allLines.join(" | "));
}

for (const [name, settings, profile] of [
  ["epson", epsonModel, epson],
  ["clone", cloneModel, clone],
] as const) {
  test(`${name}: the next paper is whole after a restart, and after two`, async () => {
    for (const restarts of [1, 2]) {
      const bench = await torn(settings, profile);
      for (let at = 1; at < restarts; at += 1) {
        bench.restart();
        bench.port.refuses = "no_route";
        await bench.until("A", "doubtful", 20_000);
      }
      bench.restart();
      await assertNextIsWhole(bench);
    }
  });

  test(`${name}: also where a person has answered before the restart`, async () => {
    const bench = await torn(settings, profile);
    await bench.until("A", "doubtful", 60_000);
    const proof = { level: "person", atMs: 0, evidence: "01" } as const;
    await bench.journal.change(bench.journal.epoch, "A", { kind: "confirm", proof });
    bench.restart();
    await assertNextIsWhole(bench);
  });

  test(`${name}: and where the connection breaks again before the zeros have arrived`, async () => {
    const bench = await torn(settings, profile);
    const { receive } = bench.model;
    let breaks = 2;
    bench.model.receive = (bytes) => {
      if (!isZeros(bytes) || breaks === 0) return receive(bytes);
      breaks -= 1;
      bench.port.tear("ended");
    };
    bench.port.refuses = null;
    await bench.until("A", "doubtful", 60_000);
    await assertNextIsWhole(bench);
    assert.equal(breaks, 0);
  });
}

test("once the printer has answered behind them, no zeros are sent on the next connection", async () => {
  const bench = new Bench(cloneModel, clone);
  await bench.world.advance(600_000);
  assert.ok(bench.port.opened > 5);
  const zeros = bench.port.writes.filter((hex) => /^(?:00)+$/.test(hex));
  assert.equal(zeros.length, 1);
});

test("a slow line has the time to carry them before a question is put", async () => {
  const bench = new Bench(cloneModel, { ...clone, nativeQr: false });
  const stopped = bench.spooler.stop();
  await bench.world.advance(5_000);
  await stopped;
  const { port, world } = bench;
  const opened = port.opened;
  const atOnce = port.open.bind(port);
  port.open = async (events) => {
    const connection = await atOnce(events);
    let carried = Promise.resolve();
    const write = (bytes: Uint8Array): Promise<void> => {
      const ms = (bytes.length * 1_000) / 960;
      const isThere = carried.then(() => new Promise<void>((resolve) => world.after(ms, resolve)));
      carried = isThere.then(() => connection.write(bytes));
      return carried;
    };
    return { ...connection, write };
  };
  bench.spooler = bench.start();
  bench.print("A");
  await bench.until("A", "confirmed", 60_000);
  assert.equal(port.opened, opened + 1);
});
