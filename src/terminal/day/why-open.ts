/** Why a sale is still open when the day is to be closed. */
import { REFUND_ENDS } from "../../core/payment/refund-step.ts";
import { isLive } from "../../core/payment/states.ts";
import { strayAttempt } from "../../core/till/can.ts";
import type { Text } from "../../core/text/text.ts";
import type { SaleRecord } from "../../ports/journal.ts";
import { isSettled, receiptIsSettled } from "../book.ts";
import { endsWithDay, tookNoMoney } from "../unpaid.ts";

/** Once the sales that end with the day have been ended. */
export const staysOpen = (record: SaleRecord): boolean =>
  !isSettled(
    endsWithDay(record) ? { ...record, sale: { ...record.sale, state: "unpaid" } } : record,
  );

export function whyOpen(record: SaleRecord): Text {
  if (strayAttempt(record) !== null) return moneyToGiveBack;
  if (record.attempts.some(isLive)) return outcomeOpen;
  if (record.refunds.some((one) => !REFUND_ENDS[one.state])) return refundOpen;
  if (tookNoMoney(record) && record.receipt !== null) return takenBack;
  if (tookNoMoney(record) && record.sale.goodsLeft !== null) return goodsUnpaid;
  if (record.sale.state === "paid" && !receiptIsSettled(record)) return paperOpen;
  return slipOpen;
}

const refundOpen: Text = {
  zh: "退款结果还在确认",
  en: "The outcome of a refund is still being confirmed",
};
const slipOpen: Text = {
  zh: "钱已有结论，凭条还没有出来",
  en: "The money is settled; a slip hasn't come out yet",
};
const moneyToGiveBack: Text = {
  zh: "有一笔款项要退回，还没有退成",
  en: "Money has to go back and hasn't yet",
};
const takenBack: Text = {
  zh: "支付宝把这笔钱撤回了，本单没有收到钱",
  en: "Alipay took the money back; the sale has none",
};
const goodsUnpaid: Text = {
  zh: "货已带走，没有收到钱",
  en: "The goods have left, and no money came",
};
const outcomeOpen: Text = {
  zh: "付款结果还在确认",
  en: "The outcome of the payment is still being confirmed",
};
const paperOpen: Text = {
  zh: "已收款，小票还没有出来",
  en: "Paid; its receipt hasn't come out yet",
};
