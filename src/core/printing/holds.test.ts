/** A paper is called by what holds it, and is promised only where nobody has to do anything for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOLD_CAUSES } from "../text/printer-causes.ts";
import { comesByItself, heldBy, jobName } from "./holds.ts";
import { wantsPrinter } from "./loose.ts";

const held = (hold: Parameters<typeof heldBy>[0]) => ({ state: "held", hold }) as const;

test("what a person or the hub holds isn't said to wait for the printer", () => {
  assert.equal(jobName(held("paper_out")).zh, "等待打印机");
  for (const hold of ["e_receipt_unopened", "hub_not_asked", "not_printable"] as const)
    assert.doesNotMatch(`${jobName(held(hold)).zh} ${jobName(held(hold)).en}`, /打印机|printer/);
  assert.match(jobName(held("e_receipt_unopened")).zh, /电子小票/);
  assert.equal(jobName({ state: "sending", hold: "paper_out" }).zh, "打印中");
});

test("a paper that waits for its electronic receipt isn't counted at the printer", () => {
  assert.equal(wantsPrinter(held("e_receipt_unopened")), false);
  assert.equal(wantsPrinter(held("paper_out")), true);
});

test("only what waits for a machine comes by itself", () => {
  for (const job of [held("paper_out"), held("hub_not_asked"), { state: "queued", hold: null }])
    assert.equal(comesByItself(job as Parameters<typeof comesByItself>[0]), true);
  for (const job of [
    held("e_receipt_unopened"),
    held("not_printable"),
    held("terminal_replaced"),
    { state: "sending", hold: "unreachable" },
    { state: "doubtful", hold: null },
  ] as const)
    assert.equal(comesByItself(job), false);
  assert.equal(comesByItself({ state: "sending", hold: "paper_out" }), true);
});

test("a customer is told that the paper comes only where it does", () => {
  for (const [hold, { customer }] of Object.entries(HOLD_CAUSES)) {
    const comes = comesByItself(held(hold as keyof typeof HOLD_CAUSES));
    assert.equal(/马上就好/.test(customer.zh), comes, hold);
    assert.equal(/is coming/.test(customer.en), comes, hold);
  }
});

test("a cover that is opened to load paper changes nothing of what is waited for", () => {
  assert.equal(heldBy("paper_out", "cover_open"), "paper_out");
  assert.equal(heldBy(null, "cover_open"), "cover_open");
  assert.equal(heldBy("cover_open", "cover_open"), "cover_open");
  for (const seen of [null, "unreachable", "cutter_error"] as const)
    assert.equal(heldBy("paper_out", seen), seen);
});
