/** What F8 is about: what stands on the screen, and beside it only what isn't settled. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as incidents from "../../../test/web-support/incidents.ts";
import * as views from "../../../test/web-support/views.ts";
import { isCauseWanted, openSales, subjectOf, unsettledSales } from "./why-subject.ts";

const ofSale = incidents.incident();
const ofBox = { ...ofSale, sale_id: null };

test("an amount on the screen is nobody's sale: no incident of another sale stands over it", () => {
  const screen = { sale: null, incident: null, draft: "60000" };
  assert.equal(subjectOf(screen, { incident: ofSale }), null);
  assert.equal(subjectOf(screen, { incident: ofBox }), ofBox);
  const empty = { ...screen, draft: "" };
  assert.equal(subjectOf(empty, { incident: ofSale }), ofSale);
  assert.equal(subjectOf(empty, { incident: incidents.solvedIncident() }), null);
});

test("a sale on the screen has its own incident, or none", () => {
  const screen = { sale: views.confirming(), incident: null, draft: "" };
  assert.equal(subjectOf(screen, { incident: ofSale }), null);
  assert.equal(subjectOf({ ...screen, incident: ofSale }, { incident: null }), ofSale);
});

test("one that took no money is on the list of what waits for a button, and misses no receipt", () => {
  const extra = { order_no: "O1", amount_fen: 100 };
  const row = (sale_id: string) => ({
    sale_id,
    amount_fen: 100,
    created_at: views.at("17:20:10"),
    advice: { zh: "…", en: "…" },
  });
  const open_sales = [{ ...row("S-1"), took_no_money: true as const }, row("S-2")];
  const ids = (of: typeof openSales, sale: Parameters<typeof views.till>[0]) =>
    of(views.till({ open_sales, ...sale }), null).map(({ sale_id }) => sale_id);
  assert.deepEqual(ids(openSales, { sale: views.declined() }), ["S-1", "S-2", "S-000481"]);
  assert.deepEqual(ids(unsettledSales, { sale: views.declined() }), ["S-2"]);
  assert.deepEqual(ids(unsettledSales, { sale: views.confirming() }), ["S-2", "S-000481"]);
  assert.deepEqual(ids(unsettledSales, { sale: views.rolledBack() }), ["S-2", "S-000481"]);
  assert.deepEqual(ids(openSales, { sale: views.paid() }), ["S-1", "S-2"]);
  const back = { ...views.declined(), extra: { ...extra, state: "back", left_fen: 0 } as const };
  assert.deepEqual(ids(unsettledSales, { sale: back }), ["S-2"], "late money that is back already");
});

test("a cause is waited for while something is open, and not of a charge that ended without money", () => {
  assert.equal(isCauseWanted(views.confirming(), null), true);
  assert.equal(isCauseWanted(views.held(), null), true);
  assert.equal(isCauseWanted(views.declined(), null), false);
  assert.equal(isCauseWanted(views.declined(), ofSale), true);
  assert.equal(isCauseWanted(views.paid(), null), false);
  assert.equal(isCauseWanted(null, null), false);
});
