/** Words for money that came and isn't the sale's. Whose money is where comes first, so that nobody collects it twice. */
import type { Text } from "./text.ts";

type Words = Readonly<Record<"going_back" | "kept" | "back", Text>>;

/** By what the sale itself is: paid in the wallet, paid in another way, or not paid. */
export const extraText = {
  paid: {
    going_back: {
      zh: "本单已收款，不要再收。另外多到账一笔 ￥{amount}，正在原路退回，不用再退；请告诉顾客留意退款。",
      en: "The sale is paid; don't charge again. An extra ￥{amount} came in and is being sent back by itself; tell the customer.",
    },
    kept: {
      zh: "本单已收款，不要再收。另外多到账一笔 ￥{amount}，退回被拒，钱还在店里账上：请店主把这一笔再退一次。",
      en: "The sale is paid; don't charge again. An extra ￥{amount} came in, its refund was refused and the shop still has it: the owner refunds it once more.",
    },
    back: {
      zh: "另外多到账的一笔 ￥{amount} 已原路退回顾客；本单的钱还在，不要再收。",
      en: "An extra ￥{amount} that came in has gone back to the customer. The sale itself stays paid; don't charge again.",
    },
  },
  paid_otherwise: {
    going_back: {
      zh: "已用其他方式收款，不要再收。扫码付的 ￥{amount} 也到账了，正在原路退回，请告诉顾客留意退款。",
      en: "Paid in another way; don't charge again. The scanned ￥{amount} came in too and is being sent back; tell the customer.",
    },
    kept: {
      zh: "已用其他方式收款，不要再收。扫码付的 ￥{amount} 也到账了，退回被拒，钱还在店里账上：请店主把这一笔再退一次。",
      en: "Paid in another way; don't charge again. The scanned ￥{amount} came in too, its refund was refused and the shop still has it: the owner refunds it once more.",
    },
    back: {
      zh: "已用其他方式收款，不要再收。扫码付的 ￥{amount} 已原路退回顾客。",
      en: "Paid in another way; don't charge again. The scanned ￥{amount} has gone back to the customer.",
    },
  },
  none: {
    going_back: {
      zh: "收款结束后又到账 ￥{amount}，正在原路退回。请不要再收，并告诉顾客留意退款。",
      en: "￥{amount} came in after the payment had ended and is being sent back. Don't charge again, and tell the customer.",
    },
    kept: {
      zh: "收款结束后又到账 ￥{amount}，退回被拒，钱还在店里账上。不要再收；请店主把这一笔再退一次。",
      en: "￥{amount} came in after the payment had ended, its refund was refused and the shop still has it. Don't charge again; the owner refunds it once more.",
    },
    back: {
      zh: "后来到账的 ￥{amount} 已原路退回顾客，这一单没有收款。要再收，请新开一笔。",
      en: "￥{amount} that came in later has gone back to the customer; this sale took nothing. To charge, start a new sale.",
    },
  },
} as const satisfies Readonly<Record<"paid" | "paid_otherwise" | "none", Words>>;
