/** Reads papers as a person does: by the words on them, with no table of ours at hand. */
import type { PaperFact } from "./facts.ts";

export type SlipKind = "receipt" | "refund" | "reversal" | "pending" | "day" | "case" | "test";

/** One document on a paper. A paper may hold two: a first half, and the copy that was printed in its place. */
export interface Slip {
  readonly kind: SlipKind;
  readonly holder: "customer" | "merchant" | null;
  /** 补打 or 重印 stands on it. */
  readonly marked: boolean;
  /** The number that makes it the same paper as another: of the receipt, the refund or the order. */
  readonly number: string | null;
  readonly amountFen: number | null;
  /** It came out down to its last sentence. */
  readonly whole: boolean;
  readonly printerId: string;
  readonly atMs: number;
}

const TITLES: Readonly<Record<string, SlipKind>> = {
  收款小票: "receipt",
  RECEIPT: "receipt",
  "退款凭条，非收款凭据": "refund",
  "撤销凭条，非收款凭据": "reversal",
  "结果待确认凭证，非收款凭据": "pending",
  "日结单，非收款凭据": "day",
  "求助凭条，非收款凭据": "case",
  "打印测试，非收款凭据": "test",
};
/** A value that doesn't fit beside its label stands on the next line. */
const NUMBER_LABELS: Readonly<Record<SlipKind, RegExp | null>> = {
  receipt: /^(?:小票号|Receipt no\.)\s+(\S+)$/m,
  refund: /^(?:退款单号|Refund no\.)\s+(\S+)$/m,
  reversal: /^(?:商户订单号|Order no\.)\s+(\S+)$/m,
  pending: /^(?:商户订单号|Order no\.)\s+(\S+)$/m,
  day: null,
  case: null,
  test: null,
};
const copyMark = /^\*\* ?(?:补打|重印|REPLACEMENT|REPRINT)/;
const worldMark = /^(?:演示|培训|DEMO|TRAINING) · /;
const amountLine =
  /^(?:金额|退款金额|撤销金额|待确认金额|PAID|REFUNDED|REVERSED|PENDING)\s*[￥¥](\d+)\.(\d{2})$/m;
/** What stands at the end of each document, above the marks at its foot. */
const LAST_SENTENCES: Readonly<Record<SlipKind, RegExp | null>> = {
  receipt: /请妥善保管小票|Please keep this receipt/,
  refund: /退款原路退回|The refund goes back/,
  reversal: /这笔收款已撤销|This payment was reversed/,
  pending: /付款结果正在确认|The outcome is being confirmed/,
  day: null,
  case: null,
  test: null,
};
/** A long sentence runs on, and phone and address may follow. */
const footLinesMax = 6;
const holderLine = /^- (.+) -$/;
const HOLDERS: Readonly<Record<string, "customer" | "merchant">> = {
  顾客存根: "customer",
  商户存根: "merchant",
  "Customer copy": "customer",
  "Merchant copy": "merchant",
};
/** Mark in two lines on narrow paper, demonstration, training, shop in two lines, store in two. */
const headLinesMax = 8;

/** Every document on the papers of one printer, in order. A document that runs on over a new roll is one. */
export function slipsOf(papers: readonly PaperFact[]): Slip[] {
  const lines = papers.flatMap((paper) =>
    paper.lines.map((line) => ({ text: line.trim(), paper })).filter(({ text }) => text !== ""),
  );
  const titles = lines.flatMap(({ text }, at) => (text in TITLES ? [at] : []));
  const titled = new Set(titles.map((at) => lines[at]?.paper));
  let before = 0;
  return titles.map((at, n) => {
    const next = titles[n + 1] ?? lines.length;
    const body = lines.slice(at + 1, next).map(({ text }) => text);
    const { paper, text: title } = lines[at] as (typeof lines)[number];
    // What stands at the foot of another paper's document is that document's; only a torn-off head belongs here.
    const head = lines
      .slice(Math.max(before, at - headLinesMax), at)
      .filter((line) => line.paper === paper || !titled.has(line.paper))
      .map((line) => line.text);
    const slip = slipFrom(TITLES[title] as SlipKind, head, body, paper);
    before = at + 1 + endOf(slip, head, body);
    return slip;
  });
}

function slipFrom(
  kind: SlipKind,
  head: readonly string[],
  body: readonly string[],
  { printerId, atMs }: PaperFact,
): Slip {
  const text = body.join("\n");
  const holder = holderLine.exec(body[0] ?? "")?.[1];
  const amount = amountLine.exec(text);
  return {
    kind,
    holder: holder === undefined ? null : (HOLDERS[holder] ?? null),
    marked: marksAbove(head).some((line) => copyMark.test(line)),
    number: NUMBER_LABELS[kind]?.exec(text)?.[1] ?? null,
    amountFen: amount === null ? null : Number(amount[1]) * 100 + Number(amount[2]),
    whole: LAST_SENTENCES[kind]?.test(text) ?? true,
    printerId,
    atMs,
  };
}

/** From the title upwards: shop and store, then at most one mark of each kind. What stands above is another paper's. */
function marksAbove(head: readonly string[]): readonly string[] {
  const marks: string[] = [];
  for (const line of head.toReversed()) {
    const isMark = copyMark.test(line) || worldMark.test(line);
    if (!isMark) {
      if (marks.length > 0 && !line.endsWith("**")) break;
      continue;
    }
    const kind = line.slice(0, 5);
    if (marks.some((one) => one.slice(0, 5) === kind || copyMark.test(one))) break;
    marks.push(line);
  }
  return marks;
}

/** How many lines of the body are this document's: what follows its last marks belongs to the next one's head. */
function endOf(slip: Slip, head: readonly string[], body: readonly string[]): number {
  const sentence = LAST_SENTENCES[slip.kind];
  if (sentence === null || !slip.whole) return 0;
  const end = body.findIndex((line) => sentence.test(line)) + 1;
  const own = new Set(marksAbove(head));
  const isMark = (line: string): boolean => copyMark.test(line) || worldMark.test(line);
  const foot = body.slice(end, end + footLinesMax).findIndex(isMark);
  if (foot < 0 || !own.has(body[end + foot] ?? "")) return end;
  let at = end + foot;
  while (own.delete(body[at] ?? "")) at += 1;
  return at;
}

/** What may exist once without a mark; null where repeating is harmless or the paper broke off before its number. */
export const paperKey = (slip: Slip): string | null =>
  slip.number === null ? null : `${slip.kind} ${slip.number} ${slip.holder ?? "?"}`;
