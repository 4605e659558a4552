/** What stands on each kind of slip, in order. The same lines become bytes for the printer and the paper on the page. */
import { type Fen, figureText, isFen } from "../money/money.ts";
import type { Issuer, ReceiptContent, ReceiptItem } from "../receipt/receipt.ts";
import { chinaTime } from "../rules/time.ts";
import * as words from "../text/receipt.ts";
import { say } from "../text/text.ts";
import type { Language, Text } from "../text/text.ts";
import type { CopyMark, PrintJob, Slip } from "./job.ts";
import { Paper } from "./layout-lines.ts";
import type { SlipLine } from "./layout-lines.ts";
import { paperText } from "./layout-text.ts";
import type { MarkedBy } from "./orders.ts";
import type { PrinterProfile } from "./profile.ts";

/** What decides the paper of a print job. */
export type PaperOf = Pick<PrintJob, "slip" | "holder" | "mark">;

type SlipOf<Kind extends Slip["kind"]> = Extract<Slip, { kind: Kind }>;

/**
 * The whole paper, top to bottom, every line within the profile's columns. Marks (copy, demonstration, training) stand
 * at top and bottom, so that neither half of a torn paper passes for an original.
 */
export function slipLines(
  of: PaperOf,
  profile: Pick<PrinterProfile, "columns" | "cutter">,
  language: Language = "zh",
): SlipLine[] {
  const marks = marksOf(of, language);
  const sheet = new Sheet(profile.columns, language, of);
  if (of.mark.kind === "replacement") sheet.apart();
  for (const mark of marks) sheet.centre(mark, "tall");
  sheet.slip(of.slip);
  for (const mark of marks) sheet.centre(mark, "tall");
  sheet.end(profile.cutter);
  return sheet.lines;
}

/** What the till page shows of a paper: the same lines without the printer's movements. Plain data, JSON-safe. */
export const previewLines = (
  of: PaperOf,
  profile: Pick<PrinterProfile, "columns" | "cutter">,
  language: Language = "zh",
): SlipLine[] =>
  slipLines(of, profile, language).filter((line) => line.kind !== "cut" && line.kind !== "feed");

/** What the QR of a print test holds: it shows whether the printer draws codes by itself. */
export const testQrData = "CHUPIAO-PRINT-TEST";

/** The marks that a paper carries, in words. */
export function marksOf(of: PaperOf, language: Language): string[] {
  const { slip } = of;
  const training = "content" in slip ? slip.content.training : slip.training === true;
  const livemode = "content" in slip ? slip.content.livemode : slip.livemode;
  const marks: string[] = [];
  if (of.mark.kind !== "original") marks.push(copyMarkText(of.mark, language));
  if (training) marks.push(words.PAPER_MARK.training[language]);
  if (!livemode) marks.push(words.PAPER_MARK.demo[language]);
  return marks;
}

function copyMarkText(mark: Exclude<CopyMark, { kind: "original" }>, language: Language): string {
  switch (mark.kind) {
    case "replacement": {
      const { count, atMs, operatorNo } = mark;
      return atMs === undefined || operatorNo === undefined
        ? say(words.PAPER_MARK.replacementAlone, language, { count })
        : say(words.PAPER_MARK.replacement, language, signature({ count, atMs, operatorNo }));
    }
    case "reprint":
      return say(words.PAPER_MARK.reprint, language, signature(mark));
  }
}

const signature = (mark: MarkedBy & { readonly atMs: number }) => ({
  count: mark.count,
  time: chinaTime(mark.atMs),
  operator: mark.operatorNo,
});

/** A paper that knows the words. */
class Sheet extends Paper {
  private readonly language: Language;
  private readonly of: PaperOf;

  constructor(columns: number, language: Language, of: PaperOf) {
    super(columns);
    this.language = language;
    this.of = of;
  }

  slip(slip: Slip): void {
    switch (slip.kind) {
      case "receipt":
        return this.receipt(slip);
      case "refund":
        return this.refund(slip);
      case "reversal":
        return this.reversal(slip);
      case "pending":
        return this.pending(slip);
      case "day":
        return this.day(slip);
      case "case":
        return this.caseSlip(slip);
      case "test":
        return this.test(slip);
    }
  }

  private receipt({ content, hash, refundedFen }: SlipOf<"receipt">): void {
    this.header(content.issuer, "receipt");
    this.named("receiptNo", content.number);
    this.parties(content.issuer);
    this.named("operator", `${content.operator.no} ${content.operator.name}`.trim());
    this.trade(content, "receipt");
    this.named("orderNo", content.orderNo);
    this.named("tradeNo", content.providerTradeNo);
    this.named("time", chinaTime(content.paidAtMs));
    this.rule();
    this.items(content.items, content.amountFen);
    this.amount(this.word(words.AMOUNT_LABEL.receipt), figureText(content.amountFen));
    if (refundedFen !== undefined)
      this.figures(this.word(words.PAPER_LABEL.refunded), [figureText(refundedFen)]);
    this.rule();
    if (content.url !== null && this.of.holder === "customer") {
      this.address(content.url);
      this.centre(this.word(words.PAPER_SENTENCE.scan));
    }
    this.named("hash", hash.slice(0, 8));
    this.reach(content.issuer);
    this.centre(this.word(words.PAPER_SENTENCE.keep));
  }

  private refund({ content, refundFen, refundNo, atMs }: SlipOf<"refund">): void {
    this.header(content.issuer, "refund");
    this.parties(content.issuer);
    this.trade(content, "refund");
    this.named("refundNo", refundNo);
    this.named("time", chinaTime(atMs));
    this.named("saleReceiptNo", content.number);
    this.named("saleOrderNo", content.orderNo);
    this.named("saleTradeNo", content.providerTradeNo);
    this.figures(this.word(words.PAPER_LABEL.saleAmount), [figureText(content.amountFen)]);
    this.rule();
    this.amount(this.word(words.AMOUNT_LABEL.refund), figureText(refundFen));
    this.rule();
    this.left(this.word(words.PAPER_SENTENCE.refunded));
    this.reach(content.issuer);
  }

  private reversal(slip: SlipOf<"reversal">): void {
    this.header(slip.issuer, "reversal");
    this.parties(slip.issuer);
    this.named("tradeType", this.word(words.TRADE_TYPE.reversal));
    this.named("orderNo", slip.orderNo);
    if (slip.providerTradeNo !== undefined) this.named("tradeNo", slip.providerTradeNo);
    this.named("time", chinaTime(slip.atMs));
    this.rule();
    this.amount(this.word(words.AMOUNT_LABEL.reversal), figureText(slip.amountFen));
    this.rule();
    const { wentBack, nothingTaken } = words.PAPER_SENTENCE;
    this.left(this.word(slip.moneyWentBack ? wentBack : nothingTaken));
    this.reach(slip.issuer);
  }

  private pending(slip: SlipOf<"pending">): void {
    this.header(slip.issuer, "pending");
    this.parties(slip.issuer);
    this.named("tradeType", this.word(words.TRADE_TYPE.pending));
    this.named("orderNo", slip.orderNo);
    if (slip.caseNo !== undefined) this.named("caseNo", slip.caseNo);
    this.named("time", chinaTime(slip.atMs));
    this.rule();
    this.amount(this.word(words.AMOUNT_LABEL.pending), figureText(slip.amountFen));
    this.rule();
    this.left(this.word(words.PAPER_SENTENCE.pending));
    if (slip.url !== null && this.of.holder === "customer") {
      this.address(slip.url);
      this.centre(this.word(words.PAPER_SENTENCE.pendingScan));
    }
    this.reach(slip.issuer);
  }

  private day(slip: SlipOf<"day">): void {
    this.header(slip.issuer, "day");
    this.centre(slip.title);
    this.parties(slip.issuer);
    this.named("time", chinaTime(slip.atMs));
    this.rule();
    for (const [label, value] of slip.lines) this.field(label, value);
    this.rule();
  }

  private caseSlip(slip: SlipOf<"case">): void {
    this.header(slip.issuer, "case");
    this.centre(this.word(words.PAPER_SENTENCE.caseFirst));
    this.centre(slip.caseNo, "double");
    this.rule();
    for (const { who, phone } of slip.call)
      this.field(this.word(who), phone ?? this.word(words.PAPER_SENTENCE.casePhone));
    this.rule();
    for (const { name, value } of slip.numbers)
      if (value !== slip.caseNo) this.field(this.word(name), value);
    this.named("time", chinaTime(slip.atMs));
    this.rule();
    this.left(this.word(words.PAPER_SENTENCE.caseTrust));
  }

  private test(slip: SlipOf<"test">): void {
    this.header(slip.issuer, "test");
    this.parties(slip.issuer);
    this.named("time", chinaTime(slip.atMs));
    this.rule();
    this.field(
      this.word(words.PAPER_SENTENCE.testEdge),
      this.word(words.PAPER_SENTENCE.testEdgeRight),
    );
    this.left("喆 龘 镕 囧 0123456789 ABCDEF abcdef");
    this.amount(this.word(words.PAPER_LABEL.amount), "￥0.00");
    this.rule();
    this.address(testQrData);
    this.left(this.word(words.PAPER_SENTENCE.testText));
  }

  /** Shop, title and, where there are two papers, whose this one is. */
  private header(issuer: Issuer, kind: Slip["kind"]): void {
    if (issuer.merchantName !== "") this.centre(issuer.merchantName, "double");
    if (issuer.storeName !== "") this.centre(`(${issuer.storeName})`);
    this.centre(this.word(words.SLIP_TITLE[kind]), "tall");
    if (kind !== "day" && kind !== "case" && kind !== "test") {
      this.centre(`- ${this.word(words.HOLDER_LABEL[this.of.holder])} -`);
    }
    this.rule();
  }

  private parties(issuer: Issuer): void {
    this.named("merchantNo", issuer.merchantNo);
    this.named("storeNo", issuer.storeNo);
    this.named("terminalNo", issuer.terminalNo);
  }

  private trade(content: ReceiptContent, type: keyof typeof words.TRADE_TYPE): void {
    this.named("tradeType", this.word(words.TRADE_TYPE[type]));
    const provider = this.word(words.PROVIDER_LABEL[content.provider]);
    this.named("method", `${provider} ${this.word(words.METHOD_LABEL[content.method])}`);
    this.named("payer", content.payer ?? "");
  }

  private items(items: readonly ReceiptItem[], amountFen: Fen): void {
    if (items.length === 0) return;
    let totalFen = 0;
    for (const item of items) {
      const itemFen = Math.round(item.quantity * item.priceFen);
      totalFen += itemFen;
      const name = paperText(item.name).trim();
      const shown = name === "" ? this.word(words.PAPER_SENTENCE.itemWithoutName) : name;
      this.figures(shown, itemFigures(item, itemFen));
    }
    if (totalFen !== amountFen && isFen(totalFen)) {
      this.figures(this.word(words.PAPER_LABEL.itemsTotal), [figureText(totalFen)]);
    }
    this.rule();
  }

  private reach(issuer: Issuer): void {
    this.named("phone", issuer.phone);
    this.named("address", issuer.address);
  }

  private named(label: keyof typeof words.PAPER_LABEL, value: string): void {
    this.field(this.word(words.PAPER_LABEL[label]), value);
  }

  private word(text: Text): string {
    return text[this.language];
  }
}

/** One of a thing has one figure; more have "2 × ￥18.00" before the sum. */
function itemFigures(item: ReceiptItem, itemFen: number): string[] {
  const price = figureText(item.priceFen);
  if (item.quantity === 1) return [price];
  const each = `${quantityText(item.quantity)} × ${price}`;
  return isFen(itemFen) ? [each, figureText(itemFen)] : [each];
}

/** "2", or up to three decimals for goods by weight: "0.375". */
const quantityText = (quantity: number): string =>
  Number.isInteger(quantity) ? String(quantity) : quantity.toFixed(3).replace(/\.?0+$/, "");
