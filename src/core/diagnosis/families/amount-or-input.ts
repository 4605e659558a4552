/** 金额超限、输入错误. What the till refused at entry, and what the provider says of code and amount. */
import { isLive } from "../../payment/states.ts";
import type { Text } from "../../text/text.ts";
import type { Case, Judge, Suspicion } from "../case.ts";
import { lineOf } from "../lines.ts";
import { attemptsSeen, codeSuspicions } from "./codes.ts";
import { actSuspicions, refusedInput } from "./acts.ts";
import { type Asked, askedText } from "./asked.ts";

const ASKING: Readonly<Record<Asked, Text>> = {
  not_yet: {
    zh: "金额的格式没有问题；还没有向支付宝发起收款，认不认还没有问过。",
    en: "The amount looks right; no payment has been asked of Alipay yet, so nothing is known of whether it takes it.",
  },
  not_lately: {
    zh: "最近一分钟没有新的收款，没有要问支付宝的金额和付款码。",
    en: "No payment was asked for in the last minute, so there is no amount or code to ask about.",
  },
  open: {
    zh: "金额和付款码的格式没有问题；支付宝认不认，正在查单。",
    en: "Amount and code look right; whether Alipay takes them is being asked.",
  },
  ended: {
    zh: "收款已有结论，支付宝没有说金额或付款码有问题。",
    en: "The charge has its outcome; Alipay didn't say that amount or code was at fault.",
  },
};

export const amountOrInput: Judge = (given) => {
  const suspicions = [...codeSuspicions(given, "amount_or_input"), ...entered(given)];
  const last = attemptsSeen(given).at(-1);
  const isTaken =
    last !== undefined &&
    (last.fact.state === "paid" ||
      last.fact.state === "awaiting_buyer" ||
      last.fact.unpaidEnd === "declined");
  const isClear = suspicions.length === 0 && isTaken;
  return { suspicions, against: isClear ? [lineOf(last)] : [], asking: askedText(ASKING, given) };
};

/** What is refused while a charge is out can't be why that charge has no outcome. */
const entered = (given: Case): readonly Suspicion[] =>
  given.sale?.attempts.some(isLive) === true ? [] : actSuspicions(given, refusedInput);
