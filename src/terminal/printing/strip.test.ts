import assert from "node:assert/strict";
import { test } from "node:test";
import { orderReplacement } from "../../core/printing/orders.ts";
import { Bench } from "../../../test/contract/printer-bench.ts";
import { cloneModel, epsonModel, muteModel } from "../../../test/contract/printer-model.ts";
import { clone, epson, mute } from "../../../test/contract/printer-support.ts";

/** A is half out when the printer loses power. */
async function halfPaper(bench: Bench): Promise<void> {
  bench.print("A");
  await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
  bench.model.setPower(false);
  bench.port.tear("reset");
  await bench.world.advance(5_000);
  bench.model.setPower(true);
  await bench.until("A", "doubtful", 20_000);
}

const seen = { level: "person", atMs: 0, evidence: "operator 01" } as const;

const linesOf = (paper: readonly string[] | undefined): readonly string[] => [
  ...new Set(paper?.map((line) => line[0] ?? "")),
];

for (const [name, settings, profile] of [
  ["epson", { ...epsonModel, lineMs: 50 }, epson],
  ["clone", { ...cloneModel, lineMs: 50 }, clone],
] as const) {
  test(`${name}: behind half a paper the next begins on a strip of its own, once`, async () => {
    const bench = new Bench(settings, profile);
    await halfPaper(bench);
    for (const id of ["B", "C"]) {
      bench.print(id);
      await bench.until(id, "confirmed", 20_000);
    }
    assert.deepEqual(bench.model.papers.map(linesOf), [["A"], ["B"], ["C"]]);
    assert.deepEqual([bench.printed("A"), bench.printed("B")], [4, 8]);
  });

  test(`${name}: also after a restart`, async () => {
    const bench = new Bench(settings, profile);
    await halfPaper(bench);
    bench.restart();
    bench.print("B");
    await bench.until("B", "confirmed", 20_000);
    assert.deepEqual(bench.model.papers.map(linesOf), [["A"], ["B"]]);
  });

  for (const [how, event] of [
    ["a person said that it is out", { kind: "confirm", proof: seen }],
    ["nobody wants it any more", { kind: "waive", reason: "customer_wants_none" }],
  ] as const)
    test(`${name}: also after a restart when ${how}`, async () => {
      const bench = new Bench(settings, profile);
      await halfPaper(bench);
      assert.notEqual(await bench.journal.change(bench.journal.epoch, "A", event), null);
      bench.restart();
      bench.print("B");
      await bench.until("B", "confirmed", 20_000);
      assert.deepEqual(bench.model.papers.map(linesOf), [["A"], ["B"]]);
      bench.restart();
      bench.print("C");
      await bench.until("C", "confirmed", 20_000);
      assert.deepEqual(bench.model.papers.map(linesOf), [["A"], ["B"], ["C"]]);
    });

  test(`${name}: also the copy that was ordered while the printer was off, after a restart`, async () => {
    const bench = new Bench(settings, profile);
    await halfPaper(bench);
    bench.model.setPower(false);
    bench.port.tear("reset");
    const ordered = orderReplacement(bench.job("A"), "B", { count: 1, operatorNo: "01" }, 0);
    assert.ok(typeof ordered === "object");
    bench.journal.jobs.set("A", ordered.replaced);
    bench.journal.jobs.set("B", ordered.copy);
    bench.restart();
    await bench.world.advance(5_000);
    bench.model.setPower(true);
    await bench.until("B", "confirmed", 20_000);
    assert.deepEqual(bench.model.papers.map(linesOf), [["A"], ["B"]]);
  });
}

test("the cut of the strip is counted before the paper, and is none of its own", async () => {
  const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
  await halfPaper(bench);
  bench.print("B");
  await bench.world.until("B begins", () => bench.model.linesPrinted === 6, 20_000);
  assert.deepEqual([bench.job("B").cutsBefore, bench.model.cuts], [101, 101]);
  bench.model.setPower(false);
  bench.port.tear("reset");
  await bench.world.advance(5_000);
  bench.model.setPower(true);
  await bench.until("B", "doubtful", 20_000);
  assert.equal(bench.printed("B"), 2);
});

test("a strip's cut that isn't counted yet leaves the paper behind it without a count", async () => {
  const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
  await halfPaper(bench);
  const receive = bench.model.receive.bind(bench.model);
  // The blade runs, and is counted late.
  bench.model.receive = (bytes) => {
    const before = bench.model.cuts;
    receive(bytes);
    if (Buffer.from(bytes).includes("1d5642", "hex") && bench.model.cuts > before)
      bench.model.cuts = before;
  };
  bench.print("B");
  await bench.world.until("B begins", () => bench.model.linesPrinted === 6, 20_000);
  assert.equal(bench.job("B").cutsBefore, null);
  // Counted now, in the middle of B: no proof of B.
  bench.model.cuts = 101;
  bench.model.setPower(false);
  bench.port.tear("reset");
  await bench.world.advance(5_000);
  bench.model.setPower(true);
  await bench.until("B", "doubtful", 20_000);
});

test("proven late, a paper was whole: no strip is cut behind it", async () => {
  const bench = new Bench({ ...epsonModel, lineMs: 50 }, epson);
  bench.print("A");
  await bench.world.until("some lines", () => bench.model.linesPrinted === 4);
  bench.restart();
  await bench.until("A", "confirmed", 20_000);
  bench.print("B");
  await bench.until("B", "confirmed", 20_000);
  assert.equal(bench.model.papers.length, 2);
});

test("where nothing but the counter proves a paper, and where nothing does, no strip is cut", async () => {
  const counting = { ...cloneModel, inOrder: false, counter: true, lineMs: 50 };
  const byCount = { ...clone, inOrderStatus: false, cutCounter: true };
  const bench = new Bench(counting, byCount);
  await halfPaper(bench);
  bench.print("B");
  await bench.until("B", "confirmed", 20_000);
  assert.equal(bench.model.papers.length, 1);

  const silent = new Bench(muteModel, mute);
  for (const id of ["A", "B"]) {
    silent.print(id);
    await silent.until(id, "doubtful", 20_000);
  }
  assert.equal(silent.model.papers.length, 2);
});
