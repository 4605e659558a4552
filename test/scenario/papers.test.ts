/** Papers of no sale on the real printer stand-in: in doubt, asked about, answered from the command line. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { PaperView, TillView } from "../../src/core/till/view.ts";
import type { PrinterView } from "../../src/ports/till.ts";
import { run } from "../support/program.ts";
import { Shop } from "./support/shop.ts";

let shop: Shop;
afterEach(() => shop.close());

const get = async <T>(path: string): Promise<T> => (await shop.ask<T>("GET", path)).body;
const printerNow = (): Promise<PrinterView> => get("/api/printer");

async function printerUntil<T>(what: string, see: (printer: PrinterView) => T | undefined | false) {
  const endsAtMs = performance.now() + 40_000;
  for (;;) {
    const seen = see(await printerNow());
    if (seen !== undefined && seen !== false) return seen;
    assert.ok(performance.now() < endsAtMs, what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const inDoubt = (jobId: string) =>
  printerUntil("it is in doubt", (printer) => printer.in_doubt.find(({ job }) => job.id === jobId));

const testPage = async (): Promise<string> =>
  (await shop.ask<{ readonly job_id: string }>("POST", "/api/printer/test", {})).body.job_id;

const answer = (name: string, word: string) => run("answer", name, word, "--url", shop.box.url);

test("the power fails in mid-page: by its name a marked copy is ordered, and confirmed", async () => {
  shop = await Shop.open({ callTimeoutMs: 600 });
  await shop.printer.set({ speed_mm_per_s: 200, power_loss: { after_lines: 3 } });
  const jobId = await testPage();
  await printerUntil("the power is gone", ({ condition }) => condition !== null);
  await shop.printer.set({ power: "on", speed_mm_per_s: 0 });
  await inDoubt(jobId);
  const { code, text } = await answer("测试页", "missing");
  const { paper, copy } = JSON.parse(text) as Record<"paper" | "copy", PaperView>;
  assert.equal(code, 0, text);
  assert.deepEqual([paper.job.id, paper.job.state], [jobId, "replaced"]);
  assert.deepEqual([copy.job.state, copy.job.copy], ["confirmed", 1]);
  assert.equal(shop.printedTexts().filter((one) => one.includes("补打 第1次")).length, 1);
  const again = await answer("test", "missing");
  assert.equal(again.code, 1);
  assert.match(again.text, /paper_not_doubtful/);
});

test("a printer that can't say: one question however many pages, by job or till, and nothing waits", async () => {
  shop = await Shop.open({
    printer: { profile: "mute" },
    profile: {
      processId: false,
      inOrderStatus: false,
      realtimeStatus: false,
      automaticStatus: false,
    },
  });
  await inDoubt(await testPage());
  const newest = await testPage();
  await inDoubt(newest);
  const { waiting, in_doubt: doubts } = await printerNow();
  assert.deepEqual([waiting.length, doubts.map(({ job }) => job.id)], [0, [newest]]);
  const { papers_in_doubt: asked } = await get<TillView>("/api/till");
  assert.deepEqual(
    asked.map(({ job }) => job.id),
    [newest],
  );
  const { code, text } = await answer(newest, "printed");
  assert.equal(code, 0, text);
  assert.equal((JSON.parse(text) as { paper: PaperView }).paper.job.proof, "person");
  assert.deepEqual((await printerNow()).in_doubt, []);
  const status = await run("printer", "test", "--url", shop.box.url);
  assert.equal(status.code, 3, "not confirmed is not confirmed, whatever became of older ones");
});
