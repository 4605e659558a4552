import assert from "node:assert/strict";
import { test } from "node:test";
import { TRUSTED_MUTE } from "../core/printing/job.ts";
import { profile80 } from "../core/printing/profile.ts";
import type { JobView } from "../core/till/view.ts";
import type { PrinterView } from "../ports/till.ts";
import { printerState, testPage } from "./printer-words.ts";

const well: PrinterView = {
  address: "tcp://192.168.1.50:9100",
  profile: profile80,
  condition: null,
  paper_low: false,
  heard: "now",
  checked_at: "2026-11-29T12:00:00+08:00",
  waiting: [],
  in_doubt: [],
};

test("fine is a printer that said so itself, at the last look", () => {
  assert.deepEqual(printerState(well), { fine: true, words: "正常 (fine)" });
  const others: readonly Partial<PrinterView>[] = [
    { heard: "before" },
    { heard: "never" },
    { heard: "never", checked_at: null },
    { condition: "no_answer" },
    { condition: "no_printer", heard: "never" },
  ];
  for (const other of others) {
    const { fine, words } = printerState({ ...well, ...other });
    assert.equal(fine, false, JSON.stringify(other));
    assert.doesNotMatch(words, /正常|fine/);
  }
});

test("the owner's word is spoken of only where nothing ever answered", () => {
  const silent = { ...well, condition: "no_answer" } as const;
  assert.match(printerState({ ...silent, heard: "never" }).words, /trust_mute/);
  assert.doesNotMatch(printerState({ ...silent, heard: "before" }).words, /trust_mute/);
});

const job: JobView = {
  id: "J1",
  slip: "test",
  state: "confirmed",
  mark: "original",
  copy: 0,
  hold: null,
  doubt: null,
  proof: "process_id",
  proof_at: "2026-11-29T12:00:00+08:00",
  evidence: "37 22 30 30 34 37 00",
  cause: null,
};

test("a test page is confirmed by the printer or by whoever saw it, and by nothing else", () => {
  assert.match(testPage(job).words, /打印机已确认/);
  assert.ok(testPage(job).fine);
  const seen = testPage({ ...job, proof: "person", evidence: "01" });
  assert.ok(seen.fine);
  assert.match(seen.words, /有人看过/);
  const trusted = testPage({ ...job, proof: "person", evidence: TRUSTED_MUTE });
  assert.ok(!trusted.fine);
  assert.match(trusted.words, /打印机没有确认/);
  for (const state of ["queued", "held", "sending", "doubtful", "replaced", "waived"] as const) {
    assert.ok(!testPage({ ...job, state, proof: null, evidence: null }).fine, state);
  }
});
