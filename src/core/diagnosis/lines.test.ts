import assert from "node:assert/strict";
import { test } from "node:test";
import {
  act,
  ago,
  attempt,
  check,
  declined,
  notice,
  reach,
} from "../../../test/diagnosis-support/evidence.ts";
import { lineOf } from "./lines.ts";

const said = (one: Parameters<typeof lineOf>[0]): string => {
  const { source, text } = lineOf(one);
  return `${source.zh} ${text.zh}`;
};

test("a sale that waits for its buyer isn't called paid by the code of the query", () => {
  const waits = said(attempt(3, { state: "awaiting_buyer", code: "10000" }));
  assert.doesNotMatch(waits, /已收款|10000/);
  assert.match(said(declined(3, "ACQ.BUYER_BALANCE_NOT_ENOUGH")), /顾客余额不足/);
});

test("money that came after its charge had ended is no charge that took nothing", () => {
  const ended = { state: "reversed", unpaidEnd: "never_seen" } as const;
  assert.match(said(attempt(3, ended)), /没有扣款/);
  assert.match(said(attempt(3, { ...ended, late: true })), /后来到账/);
});

test("the code of what was asked about a charge has its own name, and a new one is called new", () => {
  const reversed = (subCode: string): string =>
    said(attempt(3, { state: "reversed", unpaidEnd: "never_seen", code: "40004", subCode }));
  assert.match(reversed("ACQ.TRADE_NOT_EXIST"), /支付宝暂未查到此单，ACQ\.TRADE_NOT_EXIST/);
  assert.match(reversed("ACQ.NOBODY_KNOWS"), /支付宝返回新代码，ACQ\.NOBODY_KNOWS/);
});

test("a notice is a notice, whoever told it; its window is short where it is one day's", () => {
  const line = said(notice("provider"));
  assert.match(line, /^公告 升级维护，2026-11-29 11:50 – 12:10（来源 支付宝公告）$/);
  assert.equal(lineOf(notice("provider", 0, -86_400)).text.zh.includes("2026-11-30"), true);
});

test("a card is up or it isn't, and a clock that agrees isn't 0 seconds late", () => {
  assert.equal(said(reach(3, "interface", null, 0)), "本机网口 eth0 已接通");
  const offset = (offsetMs: number): string =>
    said(ago(3, { kind: "clock", against: "provider", offsetMs }));
  assert.equal(offset(-300), "支付宝 本机时钟一致");
  assert.match(offset(-3_000), /慢 3 秒/);
});

test("a check that failed without a detail has no empty brackets", () => {
  const failed = check("journal", false);
  assert.ok(failed.fact.kind === "self_check");
  const bare = { ...failed, fact: { ...failed.fact, detail: "" } };
  assert.doesNotMatch(said(bare), /（）/);
});

test("an operator without a name keeps the number", () => {
  assert.match(said(act(3, "stopped")), /^操作员 07 /);
});
