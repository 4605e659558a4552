import assert from "node:assert/strict";
import { test } from "node:test";
import { OPEN_TEXTS, UNKNOWN_CAUSES, UNPAID_CAUSES, type CauseText } from "./causes.ts";
import { AMOUNT_CAUSES, CODE_CAUSES } from "./input-causes.ts";
import { DOUBT_CAUSES, HOLD_CAUSES } from "./printer-causes.ts";
import { codeRows } from "../payment/codes/codes.ts";
import type { Text } from "./text.ts";

const tables: readonly Readonly<Record<string, CauseText>>[] = [
  UNKNOWN_CAUSES,
  UNPAID_CAUSES,
  HOLD_CAUSES,
  DOUBT_CAUSES,
  AMOUNT_CAUSES,
  CODE_CAUSES,
];

function complete(name: string, text: Text): void {
  assert.match(text.zh, /\p{Script=Han}/u, name);
  assert.match(text.en, /^[\x20-\x7e]+$/, name);
  assert.doesNotMatch(text.zh + text.en, /undefined|\{|。。|\.\.| {2}/, name);
}

test("every cause is complete in both languages, and its title fits the big line", () => {
  for (const table of tables) {
    for (const [name, cause] of Object.entries(table)) {
      for (const text of [cause.title, cause.cashier, cause.customer]) complete(name, text);
      assert.ok(Array.from(cause.title.zh).length <= 14, `${name}: ${cause.title.zh}`);
    }
  }
  for (const [name, texts] of Object.entries(OPEN_TEXTS)) {
    complete(name, texts.cashier);
    complete(name, texts.customer);
  }
});

test("titles of one table differ, so that a screen and a phone call mean the same thing", () => {
  for (const table of tables) {
    const titles = Object.values(table).map((cause) => cause.title.zh);
    assert.equal(new Set(titles).size, titles.length, titles.join(" "));
  }
});

test("an open answer about money locks a second charge and never says that money stayed", () => {
  for (const [name, cause] of Object.entries(UNKNOWN_CAUSES)) {
    assert.match(cause.cashier.zh, /^可能已扣款.*请勿重复收款/, name);
    assert.doesNotMatch(cause.cashier.zh + cause.customer.zh, /没有扣款|未付款|没有收[款钱]/, name);
  }
  for (const [name, texts] of Object.entries(OPEN_TEXTS)) {
    if (name !== "bill") assert.match(texts.cashier.zh, /请勿重复(收款|退款)/, name);
  }
});

test("an attempt that ended unpaid says where the money is", () => {
  for (const [name, cause] of Object.entries(UNPAID_CAUSES)) {
    assert.match(cause.cashier.zh, /没有扣款|已原路退回|没有收到钱/, name);
  }
  assert.doesNotMatch(UNPAID_CAUSES.refunded.cashier.zh, /没有扣款/);
});

test("a printer's trouble says first that no one pays again", () => {
  for (const cause of [...Object.values(HOLD_CAUSES), ...Object.values(DOUBT_CAUSES)]) {
    assert.match(cause.cashier.zh, /^收款不受影响，不用重新收款。/);
    assert.match(cause.cashier.en, /don't charge again/);
  }
});

test("a code that was used before: no money was taken for this sale, whatever became of the other", () => {
  const { cashier, short } = CODE_CAUSES.code_used_before;
  for (const words of [cashier, short]) {
    assert.match(words.zh, /这一单没有扣款/);
    assert.match(words.zh, /先看用过它的那一单/);
    assert.match(words.en, /taken for this sale/);
  }
});

test("a large sum is written as people say it", () => {
  const all = [...tables.flatMap((table) => Object.values<CauseText>(table)), ...codeRows];
  for (const { title, cashier, customer } of all)
    for (const { zh, en } of [title, cashier, customer])
      // A phone number such as 95188 is no sum.
      assert.doesNotMatch(`${zh} ${en}`.replaceAll("95188", ""), /\d{5}|\d,\d{3},/, zh);
});
