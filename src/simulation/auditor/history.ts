/** A small honest day at one till, in facts: what the tests of the rules start from, and break in one place each. */
import { hashOf } from "./chain.ts";
import type * as fact from "./facts.ts";

type Writable<T> = {
  -readonly [Key in keyof T]: T[Key] extends readonly (infer One)[] ? One[] : T[Key];
};
export type History = Writable<fact.Facts>;

export const limits: fact.Limits = {
  lateMoney: "never",
  timerLateMs: 10_000,
  openMs: { attempt: 150_000, refund: 60_000, job: 60_000 },
};

/** A hash that is easy to read and enough to tell texts apart. */
export const plainHash: fact.Sha256 = (text) => {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_000_007;
  return sum.toString(16);
};

export const receiptLines = (number: string, amountFen: number, mark: string | null = null) => [
  ...(mark === null ? [] : [`        ${mark}`]),
  "          演示 · 非真实交易",
  "     瑞福便利店",
  "            (人民广场店)",
  "              收款小票",
  "           - 顾客存根 -",
  "------------------------------------------------",
  `小票号                                ${number}`,
  "商户订单号                  T01_261123_000001_k3x9",
  `金额    ￥${(amountFen / 100).toFixed(2)}`,
  "校验码                                  0a1b2c3d",
  "             请妥善保管小票",
  ...(mark === null ? [] : [`        ${mark}`]),
  "          演示 · 非真实交易",
];

export const trade = (
  orderNo: string,
  totalFen: number,
  change: Partial<fact.TradeFact> = {},
): fact.TradeFact => ({
  orderNo,
  status: "TRADE_SUCCESS",
  closedBy: null,
  totalFen,
  paidAtMs: 2_000,
  refundedFen: 0,
  refunds: [],
  atMs: 2_000,
  ...change,
});

export const shown = (
  saleId: string,
  orderNo: string | null,
  name: string,
  atMs: number,
  change: Partial<fact.ShownFact> = {},
): fact.ShownFact => ({
  saleId,
  orderNo,
  where: "screen",
  name,
  mayCharge: false,
  deceivedAbout: [],
  atMs,
  ...change,
});

export const refund = (
  saleId: string,
  orderNo: string,
  amountFen: number,
  change: Partial<fact.RefundFact> = {},
): fact.RefundFact => ({
  saleId,
  orderNo,
  requestNo: `R-${orderNo}`,
  amountFen,
  latePayment: false,
  state: "done",
  atMs: 5_000,
  ...change,
});

export const paper = (n: number, lines: readonly string[]): fact.PaperFact => ({
  printerId: "P1",
  n,
  lines,
  atMs: 3_000,
});

export function chained(events: readonly { readonly kind: string; readonly saleId: string }[]): {
  readonly logs: fact.LogFact[];
  readonly head: fact.HeadFact;
} {
  const where = { log: "journal", owner: "T01", stream: "T01" } as const;
  let hash = "";
  const logs = events.map(({ kind, saleId }, at) => {
    const bare = { ...where, seq: at + 1, hash: "", saleId, kind, actor: "terminal", atMs: at };
    const event = { ...bare, detail: { b: [1, { z: null, a: "票" }], a: at } };
    hash = hashOf(hash, event, plainHash);
    return { ...event, hash };
  });
  return { logs, head: { ...where, seq: logs.length, hash } };
}

const money = (
  book: fact.MoneyFact["book"],
  saleId: string,
  kind: fact.MoneyFact["kind"],
  amountFen: number,
): fact.MoneyFact => ({
  book,
  orderNo: book === "ledger" ? `O-${saleId}` : null,
  saleId,
  kind,
  amountFen,
});

/** `paid`: with its paper. `part`: and a part of it given back. `unpaid`: declined, and so told. */
export function honestDay(): History {
  const { logs, head } = chained([
    { kind: "sale_created", saleId: "paid" },
    { kind: "attempt_ended", saleId: "paid" },
    { kind: "receipt_issued", saleId: "paid" },
  ]);
  return {
    ...paidAndPart(),
    endMs: 100_000,
    trades: [
      trade("O-paid", 1280),
      trade("O-part", 1280, {
        refundedFen: 280,
        refunds: [{ requestNo: "R-O-part", amountFen: 280, atMs: 6_000 }],
      }),
    ],
    papers: [
      paper(1, receiptLines("T01-000001", 1280)),
      paper(2, receiptLines("T01-000002", 1280)),
    ],
    shown: [
      shown("paid", "O-paid", "charging", 1_500),
      shown("paid", "O-paid", "paid", 3_000),
      shown("part", "O-part", "paid", 3_000),
      shown("unpaid", "O-unpaid", "declined", 3_000, { mayCharge: true }),
    ],
    logs,
    heads: [head],
    refunds: [refund("part", "O-part", 280)],
    gaps: [],
    holds: [],
    ends: [
      { saleId: "paid", amountFen: 1280, state: "paid", outcome: "paid", eReceiptOpened: false },
      { saleId: "part", amountFen: 1280, state: "paid", outcome: "paid", eReceiptOpened: false },
      {
        saleId: "unpaid",
        amountFen: 1280,
        state: "unpaid",
        outcome: "declined",
        eReceiptOpened: false,
      },
    ],
    timers: [{ what: "attempt", number: "O-unpaid", dueAtMs: 95_000 }],
    open: [],
    differences: [],
  };
}

/** What books, bill and receipts have of the two that were paid. */
function paidAndPart(): Pick<History, "orders" | "receipts" | "confirmed" | "bill" | "money"> {
  return {
    orders: (["paid", "part", "unpaid"] as const).map((saleId) => ({
      orderNo: `O-${saleId}`,
      saleId,
      amountFen: 1280,
      atMs: 1_000,
    })),
    receipts: (["paid", "part"] as const).map((saleId, at) => ({
      terminalId: "T01",
      number: `T01-00000${at + 1}`,
      saleId,
      orderNo: `O-${saleId}`,
      amountFen: 1280,
      void: false,
    })),
    confirmed: (["paid", "part"] as const).map((saleId, at) => ({
      saleId,
      receiptNumber: `T01-00000${at + 1}`,
      holder: "customer",
      marked: false,
      level: "process_id",
    })),
    bill: [
      { orderNo: "O-paid", kind: "paid", amountFen: 1280 },
      { orderNo: "O-part", kind: "paid", amountFen: 1280 },
      { orderNo: "O-part", kind: "refunded", amountFen: 280 },
    ],
    money: (["ledger", "day"] as const).flatMap((book) => [
      money(book, "paid", "paid", 1280),
      money(book, "part", "paid", 1280),
      money(book, "part", "refunded", 280),
    ]),
  };
}
