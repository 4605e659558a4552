/** What the desk understands of what people type, and what it says of a printer that is to be paired. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { deskOf, printerThere } from "./terminal-desk.ts";
import { Bench, operator, paid } from "./terminal-support.ts";

test("a sale is found by its numbers in large and small letters alike", async () => {
  const bench = await Bench.open();
  const desk = deskOf(bench);
  const { saleId, orderNo } = await bench.sell(paid);
  const receiptNo = bench.terminal.book.record(saleId)?.receipt?.number ?? "";
  for (const number of [receiptNo, orderNo])
    for (const typed of [number, number.toLowerCase(), number.toUpperCase()])
      assert.equal(desk.find(typed), saleId, typed);
  assert.equal(desk.find(`${receiptNo}1`), null);
});

test("a printer that can be reached and says nothing: it doesn't answer, and trust_mute", async () => {
  const bench = await Bench.open();
  await bench.terminal.staff.set({ ...operator, role: "owner" }, "remove");
  await bench.terminal.staff.signOn(operator.no, "");
  const refusalAfter = async (probed: "no_answer" | "busy" | "paper_out"): Promise<unknown> => {
    const answer = await deskOf(bench, printerThere, probed).probePrinter(false);
    return answer.ok ? null : answer.refusal;
  };
  assert.equal(await refusalAfter("no_answer"), "printer_not_answering");
  assert.equal(await refusalAfter("busy"), "printer_not_answering");
  assert.equal(await refusalAfter("paper_out"), "printer_not_ready");
});
