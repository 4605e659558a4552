/** Words for money that came and isn't the sale's. Whose money is where comes first, so that nobody collects it twice. */
import type { Text } from "./text.ts";

type Words = Readonly<Record<"going_back" | "kept" | "back", Text>>;

/** By where the sale's own money is: here, all given back, paid in another way, or never taken. */
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
      zh: "另外多到账的一笔 ￥{amount} 已原路退回顾客，跟本单的钱无关；不要再收。",
      en: "An extra ￥{amount} that came in has gone back to the customer. It wasn't the sale's own money; don't charge again.",
    },
  },
  refunded: {
    going_back: {
      zh: "本单已全额退款，不要补收。另外又到账一笔 ￥{amount}，正在原路退回，不用再退；请告诉顾客留意退款。",
      en: "The sale is refunded in full; don't charge it again. Another ￥{amount} came in and is being sent back by itself; tell the customer.",
    },
    kept: {
      zh: "本单已全额退款，不要补收。另外又到账一笔 ￥{amount}，退回被拒，钱还在店里账上：请店主把这一笔再退一次。",
      en: "The sale is refunded in full; don't charge it again. Another ￥{amount} came in, its refund was refused and the shop still has it: the owner refunds it once more.",
    },
    back: {
      zh: "本单已全额退款，不要补收。另外多到账的一笔 ￥{amount} 也已原路退回顾客。",
      en: "The sale is refunded in full; don't charge it again. An extra ￥{amount} that came in has gone back to the customer too.",
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
} as const satisfies Readonly<Record<"paid" | "refunded" | "paid_otherwise" | "none", Words>>;

const takenBack: Text = {
  zh: "之前收的那一笔被支付宝撤回了，小票已作废：商品可能已被拿走。",
  en: "Alipay took the payment before back and its receipt is void: the goods may be gone. ",
};
const onceBack: Text = {
  zh: "等这笔钱退回后，再找顾客收款。",
  en: "Once this money is back, find the customer and charge.",
};
const onceMore = (then: Text): Text => ({ zh: takenBack.zh + then.zh, en: takenBack.en + then.en });

/** Beside those words, where the goods may have left for a payment that was taken back before: who still owes, and from when. */
export const extraAfterTakenBack: Words = {
  going_back: onceMore(onceBack),
  kept: onceMore(onceBack),
  back: onceMore({
    zh: "请找到顾客，新开一笔收款，再取消这一单。",
    en: "Find the customer, charge in a new sale and cancel this one.",
  }),
};

/** Beside cash, or another way of payment: what is known of the wallet's own charge. */
export const besideCash = {
  open: {
    zh: "已用其他方式收款，不要再收。扫码的那一笔还在查，正在撤销：如已扣款会原路退回，并给顾客打撤销凭条。",
    en: "Paid in another way; don't charge again. The scanned payment is being looked into and reversed: anything taken goes back, and a slip prints for the customer.",
  },
  none: {
    zh: "已用其他方式收款，不要再收。扫码的那一笔没有扣款。",
    en: "Paid in another way; don't charge again. The scanned payment took no money.",
  },
  in_doubt: {
    zh: "已用其他方式收款，不要再收。扫码的那一笔已关闭，店里没有收到钱；若曾扣款，已原路退回。",
    en: "Paid in another way; don't charge again. The scanned payment is closed and the shop has no money of it; a charge, if any, was sent back.",
  },
  back: {
    zh: "已用其他方式收款，不要再收。扫码的那一笔扣了 ￥{amount}，已原路退回顾客：请告诉顾客，撤销凭条交给他。",
    en: "Paid in another way; don't charge again. The scanned payment had taken ￥{amount}, and it went back: tell the customer and hand over the reversal slip.",
  },
  taken_back: {
    zh: "已用其他方式收款，不要再收。支付宝撤回了之前那一笔，它的小票已作废。",
    en: "Paid in another way; don't charge again. Alipay took the payment before back, and its receipt is void.",
  },
} as const satisfies Readonly<Record<string, Text>>;
