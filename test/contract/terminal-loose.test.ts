/** Papers of no sale, day slip, help slip and test page, of which nobody knows whether they came out. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DoubtCause, Slip } from "../../src/core/printing/job.ts";
import { Desk } from "../../src/terminal/desk.ts";
import { deskOf } from "./terminal-desk.ts";
import { Bench, operator, paid } from "./terminal-support.ts";

const slipOf = (bench: Bench, kind: "day" | "case" | "test"): Slip => {
  const { issuer, livemode, training } = bench.terminal.deps.settings;
  const common = { issuer, atMs: bench.world.nowMs(), livemode, training };
  const slips = {
    day: { ...common, kind: "day", title: "日结单 2026-11-02 第 1 号", lines: [] },
    case: { ...common, kind: "case", caseNo: "T01-1102-01", call: [], numbers: [] },
    test: { ...common, kind: "test" },
  } as const satisfies Record<string, Slip>;
  return slips[kind];
};

const mute = "no_confirmation_possible";

/** Ordered, sent, and then nobody knows. */
async function inDoubt(
  bench: Bench,
  kind: "day" | "case" | "test",
  cause: DoubtCause = "connection_lost",
): Promise<string> {
  const { id } = await bench.terminal.papers.printLoose(slipOf(bench, kind), operator);
  const send = { kind: "send", processId: null, bytesHash: "x", cutsBefore: null } as const;
  await bench.terminal.changeJob(id, send);
  await bench.terminal.changeJob(id, { kind: "doubt", cause });
  return id;
}

const asked = (desk: Desk): readonly string[] =>
  desk.view().papers_in_doubt.map(({ job }) => job.id);

describe("a paper of no sale in doubt", () => {
  for (const kind of ["day", "case", "test"] as const)
    test(`${kind}: it is asked about, and "yes" ends it by the person's word`, async () => {
      const bench = await Bench.open();
      const desk = deskOf(bench);
      const id = await inDoubt(bench, kind);
      assert.deepEqual(asked(desk), [id]);
      assert.deepEqual(await desk.answerPrinted(id, true), { ok: true, value: null });
      assert.deepEqual(asked(desk), []);
      const job = bench.terminal.deps.journal.job(id);
      assert.deepEqual([job?.state, job?.proof?.level], ["confirmed", "person"]);
      assert.deepEqual(await desk.answerPrinted(id, true), {
        ok: false,
        refusal: "paper_not_doubtful",
      });
    });

  test('"no" orders a marked copy, and of that one too', async () => {
    const bench = await Bench.open();
    const desk = deskOf(bench);
    const id = await inDoubt(bench, "day");
    assert.deepEqual(await desk.answerPrinted(id, false), { ok: true, value: null });
    const copies = bench.terminal.book.jobs();
    const by = { kind: "replacement", atMs: bench.world.nowMs(), operatorNo: "01" };
    assert.deepEqual(
      copies.map(({ slip, mark, state }) => [slip.kind, mark, state]),
      [["day", { ...by, count: 1 }, "queued"]],
    );
    const first = desk.job(id);
    assert.deepEqual([first?.job.state, first?.replaced_by], ["replaced", copies[0]?.id]);
    const copyId = copies[0]?.id ?? assert.fail("no copy");
    await bench.terminal.changeJob(copyId, {
      kind: "send",
      processId: null,
      bytesHash: "x",
      cutsBefore: null,
    });
    await bench.terminal.changeJob(copyId, { kind: "doubt", cause: mute });
    await desk.answerPrinted(copyId, false);
    assert.deepEqual(bench.terminal.book.jobs()[0]?.mark, { ...by, count: 2 });
    await bench.restart();
    assert.equal(bench.terminal.book.jobs().length, 1);
  });

  test("answered twice at once it is answered once: one copy", async () => {
    const bench = await Bench.open();
    const desk = deskOf(bench);
    const id = await inDoubt(bench, "day");
    bench.isSlow = true;
    const answers = await Promise.all([
      desk.answerPrinted(id, false),
      desk.answerPrinted(id, false),
      desk.answerPrinted(id, true),
    ]);
    assert.deepEqual(
      answers.map((one) => one.ok),
      [true, false, false],
    );
    assert.equal(bench.terminal.book.jobs().length, 1);
  });
});

describe("how many are waited for and asked about", () => {
  test("waiting for the printer is only what is still to print; what is in doubt is said apart", async () => {
    const bench = await Bench.open();
    const desk = deskOf(bench);
    const { saleId } = await bench.sell(paid);
    const receipts = bench.record(saleId).jobs.map((one) => one.id);
    const day = await inDoubt(bench, "day");
    const { waiting, in_doubt: doubts } = desk.printer();
    assert.deepEqual(
      waiting.map((one) => one.id),
      receipts,
    );
    assert.deepEqual(
      doubts.map((one) => [one.job.id, one.sale_id]),
      [[day, null]],
    );
    assert.deepEqual(asked(desk), [day]);
  });

  test("a printer that can't say: of test pages, help slips and day slips the newest is asked about", async () => {
    const bench = await Bench.open();
    const desk = deskOf(bench);
    for (const kind of ["test", "case", "day"] as const) {
      for (let n = 0; n < 4; n += 1) await inDoubt(bench, kind, mute);
      assert.equal(asked(desk).length, 1, kind);
      const id = asked(desk)[0] ?? "";
      assert.deepEqual(await desk.answerPrinted(id, true), { ok: true, value: null });
    }
    assert.deepEqual(bench.terminal.book.jobs(), []);
  });

  test("where something went wrong each day slip stays asked about; a test page is for the moment", async () => {
    const bench = await Bench.open();
    const desk = deskOf(bench);
    const days = [await inDoubt(bench, "day"), await inDoubt(bench, "day", mute)];
    assert.deepEqual(asked(desk), days);
    await inDoubt(bench, "test");
    const newest = await inDoubt(bench, "test");
    assert.deepEqual(asked(desk), [...days, newest]);
    await bench.restart();
    assert.deepEqual(asked(deskOf(bench)), [...days, newest]);
  });
});
