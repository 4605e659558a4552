/** What is typed, scanned and read at the till: amounts, codes, times, and which sale is shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as views from "../../../test/web-support/views.ts";
import { parseYuan } from "../money/money.ts";
import { clockText, daySecondText, instantMs } from "./clock.ts";
import { readScan } from "./code.ts";
import { ghostOf, typeAt, typeKey, typeOver } from "./draft.ts";
import { firstShown, isRead, isSettled, onFrame, putAside, readingMs, showSale } from "./focus.ts";

const type = (keys: string): string => keys.split("").reduce(typeKey, "");

test("typed amounts", () => {
  const table = [
    // keys, draft, pale rest
    ["", "", "0.00"],
    ["128.5", "128.5", "0"],
    ["128", "128", ".00"],
    ["0075", "75", ".00"],
    [".5", "0.5", "0"],
    // Shown and refused, never cut to an amount that nobody typed
    ["1.005", "1.005", ""],
    ["1.0059", "1.005", ""],
    ["-1", "-1", ""],
    ["1.2.3", "1.2.3", ""],
    ["1..2", "1..2", ""],
    ["1e3", "1e3", ""],
    ["12-3", "12-3", ""],
    ["1 3", "1 3", ""],
    ["--1", "--1", ""],
    // Onto nothing a letter makes no other amount
    ["e3", "3", ".00"],
    ["1x2345678901234567", "1x234567890123", ""],
    ["12345678901", "1234567890", ".00"],
  ] as const;
  for (const [keys, draft, ghost] of table) {
    assert.deepEqual([type(keys), ghostOf(type(keys))], [draft, ghost], keys);
  }
  assert.equal(typeKey("12", "Backspace"), "1");
  assert.equal(typeKey("12", "Delete"), "");
});

test("whatever is typed, an amount that can be charged is what was typed", () => {
  const keys = fc.string({
    unit: fc.constantFrom(..."0123456789..,-exX+ ".split("")),
    maxLength: 16,
  });
  fc.assert(
    fc.property(keys, (typed) => {
      const amount = parseYuan(type(typed));
      const first = typed.search(/[\d.,-]/);
      const meant = parseYuan(typed.slice(Math.max(first, 0)).replaceAll(",", "."));
      if (typeof amount === "number") assert.equal(amount, meant, typed);
    }),
    { numRuns: 5_000 },
  );
});

test("an amount that is there to be changed: the first digit replaces it, Backspace edits it", () => {
  assert.equal(typeOver("12.30", "1"), "1");
  assert.equal(typeOver("12.30", "."), "0.");
  assert.equal(typeOver("12.30", "Backspace"), "12.3");
  assert.equal(typeOver("12.30", "x"), "12.30");
  const old = { draft: "1", replaces: true, unsure: true };
  assert.deepEqual(typeAt(old, "x"), old);
  assert.deepEqual(typeAt(old, "1"), { draft: "1", replaces: false, unsure: false });
});

test("what was scanned", () => {
  const table = [
    ["281234567890123456", "payment_code"],
    ["2512345678901234", "payment_code"],
    ["301234567890123456789012", "payment_code"],
    ["281234567890123", "not_a_code"],
    ["134567890123456789", "other_wallet"],
    ["6212345678901234567", "other_wallet"],
    ["6901234567892", "product"],
    ["6901234567893", "not_a_code"],
    ["96385074", "product"],
    ["0106901234567892172512311012", "product"],
    ["ABC-1234567890123", "not_a_code"],
    ["991234567890123456", "not_a_code"],
  ] as const;
  for (const [text, kind] of table) assert.equal(readScan(text).kind, kind, text);
  const other = readScan("134567890123456789");
  assert.match(other.kind === "other_wallet" ? other.says.zh : "", /^这是微信支付的付款码/);
});

test("times are read as the calendar has them", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
      assert.equal(instantMs(date.toISOString()), date.getTime());
    }),
  );
  assert.equal(instantMs("2026-11-23T17:21:06+08:00"), Date.UTC(2026, 10, 23, 9, 21, 6));
  assert.equal(instantMs("yesterday"), null);
  assert.equal(clockText("2026-11-23T17:21:06+08:00"), "17:21:06");
  assert.equal(daySecondText("2026-11-23T17:21:06+08:00"), "11-23 17:21:06");
});

test("a fresh page shows what isn't settled, else the amount", () => {
  assert.equal(firstShown(views.till({ sale: views.confirming() })).focus.kind, "sale");
  assert.equal(firstShown(views.till({ sale: views.held() })).focus.kind, "sale");
  assert.equal(firstShown(views.till({ sale: views.paid() })).focus.kind, "new");
  assert.equal(firstShown(views.till()).focus.kind, "new");
});

test("a sale put aside doesn't jump back; one made elsewhere is followed, but not over typing", () => {
  const first = views.till({ sale: views.held() });
  const aside = putAside(showSale(firstShown(first), views.held().sale_id), first, views.held());
  assert.equal(onFrame(aside, first, "").focus.kind, "new");
  const other = views.till({ sale: { ...views.charging(), sale_id: "S-2" } });
  assert.deepEqual(onFrame(aside, other, "").focus, { kind: "sale", saleId: "S-2" });
  assert.equal(onFrame(aside, other, "12").focus.kind, "new");
});

test("a paper in doubt comes back once, but not over typing, and not after it was put aside unanswered", () => {
  const printing = views.paid({ state: "sending", proof: null });
  const before = views.till({ sale: printing });
  const aside = putAside(showSale(firstShown(before), printing.sale_id), before, printing);
  const asks = views.till({ sale: views.doubtful() });
  assert.equal(onFrame(aside, asks, "3").focus.kind, "new");
  const back = onFrame(aside, asks, "");
  assert.deepEqual(back.focus, { kind: "sale", saleId: printing.sale_id });
  const again = putAside(back, asks, views.doubtful());
  assert.equal(onFrame(again, asks, "").focus.kind, "new");
});

test("a question is answered only once it could be read", () => {
  assert.equal(isRead(1000, 1000 + readingMs - 1), false);
  assert.equal(isRead(1000, 1000 + readingMs), true);
});

test("settled means: neither money nor paper can still change", () => {
  const settled = [views.paid(), views.abandoned(), views.refunded()];
  const open = [views.confirming(), views.held(), views.doubtful(), views.paidOtherwise()];
  for (const sale of settled) assert.ok(isSettled(sale));
  for (const sale of open) assert.ok(!isSettled(sale));
});
