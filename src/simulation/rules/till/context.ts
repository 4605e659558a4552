/** What the till's production decisions need beside a record: settings, ids and receipt numbers. */
import { fen } from "../../../core/money/money.ts";
import type { PaymentTiming } from "../../../core/payment/timing.ts";
import { receiptContent } from "../../../core/receipt/issue.ts";
import { nextReceiptCounter } from "../../../core/receipt/number.ts";
import type { TerminalSettings } from "../../../terminal/config.ts";
import type { LearnContext } from "../../../terminal/learn.ts";
import type { RulesPlan } from "../run/plan.ts";

const issuer = {
  merchantName: "瑞福便利店",
  merchantNo: "2088000000000001",
  storeName: "人民广场店",
  storeNo: "S1",
  terminalNo: "T01",
  address: "",
  phone: "",
};

export const terminalSettings = (plan: RulesPlan, timing: PaymentTiming): TerminalSettings => ({
  merchantId: "m1",
  storeId: "S1",
  terminalId: "T01",
  issuer,
  provider: "alipay",
  livemode: true,
  training: false,
  receiptBase: plan.receiptBase,
  merchantCopy: plan.merchantCopy,
  amountMaxFen: fen(1_000_000),
  timing,
  newsSilenceMs: plan.newsSilenceMs,
});

/** Receipt numbers: drawn in memory, durable in the commit that uses them. */
export class Numbers {
  /** By the journal. */
  given = 0;
  orders = 0;
  ids = 0;
}

/** Made once: its times and numbers are those of the moment at which a decision asks. */
export class TillContext implements LearnContext {
  readonly businessDay = "2026-11-02";
  readonly settings: TerminalSettings;
  readonly #numbers: Numbers;
  readonly #highestSeen: () => number;
  readonly #nowMs: () => number;

  /** `highestSeen`: the highest receipt number that the hub has seen. */
  constructor(
    settings: TerminalSettings,
    numbers: Numbers,
    highestSeen: () => number,
    nowMs: () => number,
  ) {
    this.settings = settings;
    this.#numbers = numbers;
    this.#highestSeen = highestSeen;
    this.#nowMs = nowMs;
  }

  get nowMs(): number {
    return this.#nowMs();
  }

  readonly newId = (): string => `j${(this.#numbers.ids += 1)}`;

  readonly isRestored = (): boolean => false;

  readonly issue: LearnContext["issue"] = (sale, attempt) => {
    const { counter } = nextReceiptCounter(this.#numbers.given, this.#highestSeen());
    const { issuer, receiptBase, livemode } = this.settings;
    const input = {
      sale,
      attempt,
      issuer,
      counter,
      token: sale.id,
      baseAddress: receiptBase,
      livemode,
      nowMs: this.nowMs,
    };
    const content = receiptContent(input);
    if (typeof content === "string") return null;
    const { number, saleId } = content;
    const news = { openedAtMs: null, copies: 0, void: false };
    const receipt = {
      number,
      saleId,
      content,
      hash,
      token: sale.id,
      issuedAtMs: input.nowMs,
      ...news,
    };
    return { receipt, writes: [], events: [] };
  };
}

/** Nobody forges anything here, and sealing a receipt would take a seventh of the time. */
const hash = "0";
