/** 支付宝账户问题. Only the provider knows the buyer's account; a payment that it took speaks against it. */
import type { Text } from "../../text/text.ts";
import type { Judge } from "../case.ts";
import { lineOf } from "../lines.ts";
import { type Asked, askedText } from "./asked.ts";
import { attemptsSeen, codeSuspicions } from "./codes.ts";

const ASKING: Readonly<Record<Asked, Text>> = {
  not_yet: {
    zh: "还没有向支付宝发起收款，顾客账户有没有问题还没有问过。",
    en: "No payment has been asked of Alipay yet, so nothing is known of the customer's account.",
  },
  not_lately: {
    zh: "最近一分钟没有新的收款，没有要问支付宝的顾客账户。",
    en: "No payment was asked for in the last minute, so there is no customer's account to ask about.",
  },
  open: {
    zh: "支付宝还没有说顾客账户有没有问题，正在查单。",
    en: "Alipay hasn't said whether the customer's account is at fault; it is being asked.",
  },
  ended: {
    zh: "收款已有结论，支付宝没有说顾客账户有问题。",
    en: "The charge has its outcome; Alipay didn't say that the customer's account was at fault.",
  },
};

export const buyerAccount: Judge = (given) => {
  const suspicions = codeSuspicions(given, "buyer_account");
  const last = attemptsSeen(given).at(-1);
  const isOther =
    last !== undefined &&
    (last.fact.state === "paid" || (last.fact.unpaidEnd === "declined" && suspicions.length === 0));
  const isClear = suspicions.length === 0 && isOther;
  return {
    suspicions,
    against: isClear ? [lineOf(last)] : [],
    asking: askedText(ASKING, given),
  };
};
