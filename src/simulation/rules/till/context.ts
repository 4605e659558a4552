/** What the till's production decisions need beside a record: settings, ids and receipt numbers. */
import { fen } from "../../../core/money/money.ts";
import type { PaymentTiming } from "../../../core/payment/timing.ts";
import { issueReceipt } from "../../../core/receipt/issue.ts";
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

/** `hashOf` stands in for SHA-256; `highestSeen`: what the hub has seen. */
export function learnContext(
  settings: TerminalSettings,
  numbers: Numbers,
  highestSeen: number,
  nowMs: number,
): LearnContext {
  return {
    nowMs,
    businessDay: "2026-11-02",
    settings,
    newId: () => `j${(numbers.ids += 1)}`,
    isRestored: () => false,
    issue: (sale, attempt) => {
      const { counter } = nextReceiptCounter(numbers.given, highestSeen);
      const receipt = issueReceipt(
        {
          sale,
          attempt,
          issuer,
          counter,
          token: sale.id,
          baseAddress: settings.receiptBase,
          livemode: true,
          nowMs,
        },
        hashOf,
      );
      if (typeof receipt === "string") return null;
      return { receipt, writes: [{ kind: "setting", key: "counter", value: "" }], events: [] };
    },
  };
}

const hashOf = (text: string): string => String(text.length);
