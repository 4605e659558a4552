/** For each rule a history that breaks it, and one that nearly does. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { audit, RULES } from "./audit.ts";
import type { Limits } from "./facts.ts";
import {
  chained,
  type History,
  honestDay,
  limits,
  paper,
  plainHash,
  receiptLines,
  refund,
  shown,
  trade,
} from "./history.ts";

type Change = (day: History) => void;

const brokenBy = (change: Change, given: Limits = limits): readonly string[] => {
  const day = honestDay();
  change(day);
  return [...new Set(audit(day, given, plainHash).map(({ rule }) => rule))];
};
const lateMoney: Limits = { ...limits, lateMoney: "possible" };
const replace = <T extends object>(all: T[], at: number, change: Partial<T>): void => {
  all[at] = { ...(all[at] as T), ...change };
};
const orderAgain = (day: History): void =>
  void day.orders.push({ orderNo: "O-2", saleId: "paid", amountFen: 1280, atMs: 4_000 });

test("an honest day has nothing to say", () => {
  assert.deepEqual(
    brokenBy(() => {}),
    [],
  );
});

/** By rule: what breaks it, and what comes close and is right. */
const CASES: Readonly<
  Record<string, { readonly breaks: Change; readonly nearly: Change; readonly limits?: Limits }>
> = {
  money_has_an_order: {
    breaks: (day) => void day.trades.push(trade("O-stranger", 1280)),
    nearly: (day) => {
      orderAgain(day);
      day.trades.push(trade("O-2", 1280, { status: "TRADE_CLOSED", paidAtMs: null }));
    },
  },
  charge_has_the_sales_amount: {
    breaks: (day) => replace(day.trades, 0, { totalFen: 1281 }),
    nearly: (day) => {
      orderAgain(day);
      day.trades.push(trade("O-2", 1280, { status: "WAIT_BUYER_PAY", paidAtMs: null }));
    },
  },
  one_net_charge: {
    breaks: (day) => {
      orderAgain(day);
      day.trades.push(trade("O-2", 1280));
    },
    nearly: (day) => {
      orderAgain(day);
      const refunds = [{ requestNo: "O-2", amountFen: 1280, atMs: 9_000 }];
      day.trades.push(
        trade("O-2", 1280, { closedBy: "cancel_refund", refundedFen: 1280, refunds }),
      );
      day.bill.push({ orderNo: "O-2", kind: "paid", amountFen: 1280 });
      day.bill.push({ orderNo: "O-2", kind: "refunded", amountFen: 1280 });
    },
  },
  unpaid_keeps_nothing: {
    breaks: (day) => void day.trades.push(trade("O-unpaid", 1280)),
    nearly: (day) => {
      day.trades.push(trade("O-unpaid", 1280));
      day.bill.push({ orderNo: "O-unpaid", kind: "paid", amountFen: 1280 });
      day.money.push({ ...bookLine, orderNo: "O-unpaid", saleId: "unpaid" });
      day.holds.push({ saleId: "unpaid", about: "money", name: "refund_refused" });
      day.shown.pop();
    },
  },
  paid_has_the_money: {
    breaks: (day) => void (day.trades = day.trades.filter((one) => one.orderNo !== "O-paid")),
    nearly: (day) => {
      day.refunds.push(refund("paid", "O-paid", 80, { state: "refused", requestNo: "R-no" }));
    },
  },
  refunds_within_charge: {
    breaks: (day) => void day.refunds.push(refund("part", "O-part", 1280, { requestNo: "R-2" })),
    nearly: (day) =>
      void day.refunds.push(refund("part", "O-part", 1280, { requestNo: "R-2", state: "refused" })),
  },
  refunds_were_asked: {
    breaks: (day) => void (day.refunds = []),
    nearly: (day) => replace(day.refunds, 0, { state: "done", atMs: 90_000 }),
  },
  refund_done_is_true: {
    breaks: (day) => void day.refunds.push(refund("paid", "O-paid", 10)),
    nearly: (day) => void day.refunds.push(refund("paid", "O-paid", 10, { state: "unknown" })),
  },
  paid_has_a_receipt: {
    breaks: (day) => void day.papers.shift(),
    nearly: (day) => {
      day.papers.shift();
      day.confirmed.shift();
      day.holds.push({ saleId: "paid", about: "paper", name: "paper_out" });
    },
  },
  one_receipt_a_charge: {
    breaks: (day) => void day.receipts.push({ ...firstReceipt, number: "T01-000003" }),
    nearly: (day) => void day.receipts.push({ ...firstReceipt, number: "T01-000003", void: true }),
  },
  one_original: {
    breaks: (day) => void day.papers.push(paper(3, receiptLines("T01-000001", 1280))),
    nearly: (day) =>
      void day.papers.push(paper(3, receiptLines("T01-000001", 1280, "** 补打 第1次 **"))),
  },
  paper_tells_the_truth: {
    breaks: (day) =>
      void day.papers.push(paper(3, receiptLines("T01-000001", 1281, "** 补打 第1次 **"))),
    nearly: (day) => void day.papers.push(paper(3, receiptLines("T01-000009", 1280).slice(0, 5))),
  },
  confirmed_is_on_paper: {
    breaks: (day) => void (day.papers[0] = paper(1, receiptLines("T01-000001", 1280).slice(0, 9))),
    nearly: (day) => {
      // A new roll in the middle of it: the rest comes out on the next paper.
      const lines = receiptLines("T01-000001", 1280);
      day.papers = [paper(1, lines.slice(0, 9)), paper(2, lines.slice(9)), ...day.papers.slice(1)];
    },
  },
  receipt_numbers_are_unique: {
    breaks: (day) => replace(day.receipts, 1, { number: "T01-000001" }),
    nearly: (day) =>
      void day.receipts.push({
        ...firstReceipt,
        terminalId: "T02",
        number: "T02-000001",
        void: true,
      }),
  },
  receipt_numbers_have_no_gap: {
    breaks: (day) => void day.receipts.push({ ...firstReceipt, number: "T01-000005", void: true }),
    nearly: (day) => {
      day.receipts.push({ ...firstReceipt, number: "T01-000005", void: true });
      day.gaps.push({ terminalId: "T01", from: 3, to: 4 });
    },
  },
  ledger_equals_bill: {
    breaks: (day) =>
      void (day.money = day.money.filter((one) => one.kind === "paid" || one.book === "day")),
    nearly: (day) => {
      day.money = day.money.filter((one) => one.kind === "paid");
      day.differences.push({ orderNo: "O-part", name: "refund_only_in_bill" });
    },
  },
  day_equals_bill: {
    breaks: (day) =>
      void (day.money = day.money.filter((one) => one.kind === "paid" || one.book === "ledger")),
    nearly: (day) =>
      void day.money.push(
        { ...bookLine, book: "day", orderNo: null, saleId: "paid" },
        { ...bookLine, book: "day", orderNo: null, saleId: "paid", kind: "refunded" },
      ),
  },
  chain_is_whole: {
    breaks: (day) => replace(day.logs, 1, { kind: "attempt_declined" }),
    nearly: (day) => {
      const more = chained([
        ...day.logs.map(({ kind }) => ({ kind, saleId: "paid" })),
        { kind: "job_send", saleId: "paid" },
      ]);
      day.logs = more.logs;
      day.heads = [more.head];
    },
  },
  acknowledged_is_kept: {
    breaks: (day) => void day.shown.push(shown("gone", null, "show_code", 50_000)),
    nearly: (day) =>
      void day.orders.push({ orderNo: "O-3", saleId: "never shown", amountFen: 1, atMs: 1_000 }),
  },
  timers_fire: {
    breaks: (day) => replace(day.timers, 0, { dueAtMs: 80_000 }),
    nearly: (day) => replace(day.timers, 0, { dueAtMs: 90_000 }),
  },
  nothing_stays_open: {
    breaks: (day) => void day.open.push({ ...openJob, sinceMs: 39_999 }),
    nearly: (day) => void day.open.push({ ...openJob, sinceMs: 40_000 }),
  },
  told_not_paid_is_true: {
    breaks: (day) => void day.shown.push(shown("paid", "O-paid", "reversed", 2_000)),
    nearly: (day) => void day.shown.unshift(shown("paid", "O-paid", "declined", 1_999)),
    limits: lateMoney,
  },
  told_not_paid_is_proven: {
    breaks: (day) =>
      void day.trades.push(trade("O-unpaid", 1280, { status: "WAIT_BUYER_PAY", paidAtMs: null })),
    nearly: (day) =>
      void day.trades.push(trade("O-unpaid", 1280, { status: "TRADE_CLOSED", paidAtMs: null })),
  },
  told_not_paid_stays_true: {
    breaks: (day) => void day.shown.unshift(shown("paid", "O-paid", "declined", 1_999)),
    nearly: (day) => void day.shown.unshift(shown("paid", "O-paid", "confirming", 1_999)),
  },
  told_paid_is_true: {
    breaks: (day) => void day.shown.push(shown("unpaid", "O-unpaid", "paid", 4_000)),
    nearly: (day) =>
      void day.shown.push(shown("part", "O-part", "paid", 7_000, { where: "outcome" })),
  },
  words_are_known: {
    breaks: (day) => void day.shown.push(shown("paid", "O-paid", "nearly_paid", 4_000)),
    nearly: (day) =>
      void day.shown.push(shown("paid", "O-paid", "idle", 4_000, { where: "display" })),
  },
};

const bookLine = { book: "ledger", kind: "paid", amountFen: 1280 } as const;
const firstReceipt = honestDay().receipts[0] as History["receipts"][number];
const openJob = { saleId: "paid", what: "job", number: "J1", state: "queued" } as const;

test("every rule has its pair of histories", () => {
  assert.deepEqual(RULES.map(({ name }) => name).toSorted(), Object.keys(CASES).toSorted());
});

for (const [name, { breaks, nearly, limits: given }] of Object.entries(CASES)) {
  describe(name, () => {
    test("is found broken", () => assert.ok(brokenBy(breaks, given).includes(name)));
    test("and nearly broken isn't", () => assert.deepEqual(brokenBy(nearly, given), []));
  });
}

test("without hashes a log's numbers are still held", () => {
  const day = honestDay();
  replace(day.logs, 1, { kind: "attempt_declined" });
  assert.deepEqual(audit(day, limits, null), []);
  day.logs.splice(1, 1);
  assert.deepEqual(
    audit(day, limits, null).map(({ seen }) => seen),
    ["journal T01 T01: 2 is missing"],
  );
});
