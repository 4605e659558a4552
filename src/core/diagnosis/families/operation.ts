/** 操作不当. The till's own log of what was pressed and scanned is proof; a customer who waits is named here too. */
import { isLive } from "../../payment/states.ts";
import { SOURCES } from "../../text/evidence.ts";
import type { Text } from "../../text/text.ts";
import { tillText } from "../../text/till.ts";
import { newestPaper } from "../../till/can.ts";
import type { Case, CauseWords, Judge, Suspicion } from "../case.ts";
import type { EvidenceLine } from "../finding.ts";
import { lineOf, summary } from "../lines.ts";
import { allOf, recent } from "../picture.ts";
import { actSuspicions, mistakes } from "./acts.ts";
import { attemptsSeen, codeSuspicions } from "./codes.ts";
import { isOutOfReach } from "./network.ts";

/** The log is read at once; what isn't over yet can still go wrong. */
const notCharged: Text = {
  zh: "到现在没有看出操作不当；这一单没有发起收款。",
  en: "No mistake of handling is seen so far; no charge was made for this sale.",
};
const nothingSaid: Text = {
  zh: "最近一分钟的操作里没有看出操作不当。",
  en: "What was pressed in the last minute doesn't point to a mistake of handling.",
};

export const operation: Judge = (given) => {
  const suspicions = [
    ...actSuspicions(given, mistakes),
    ...waitingForBuyer(given),
    ...closedUnpaid(given),
    ...questionOpen(given),
    ...codeSuspicions(given, "operation"),
  ];
  const asking = given.sale === null ? nothingSaid : notCharged;
  return { suspicions, against: suspicions.length > 0 ? [] : against(given), asking };
};

/**
 * The provider's own word: it waits for the buyer. Soon after the scan that is how every larger payment goes. While it
 * can't be heard, the buyer may have paid since: then that word proves nothing of now.
 */
function waitingForBuyer(given: Case): readonly Suspicion[] {
  const { settings, nowMs } = given;
  const isOld = isOutOfReach(given);
  return attemptsSeen(given)
    .filter(({ fact, atMs }) => fact.state === "awaiting_buyer" && nowMs - atMs >= settings.graceMs)
    .map((seen) => ({
      cause: "buyer_not_confirming",
      proof: isOld ? null : seen,
      because: [lineOf(seen)],
      sinceMs: seen.atMs,
      ...(isOld ? { words: notHeardSince } : {}),
    }));
}

const notHeardSince: CauseWords = {
  title: {
    zh: "断开前在等顾客确认",
    en: "Contact was lost while the customer was to confirm",
  },
  explain: tillText.awaitingLostPlain,
  nextStep: {
    zh: "不要重复收款。一有应答，系统自己查清付了没有。",
    en: "Don't charge again. Once answers come, the system finds out whether it is paid.",
  },
};

/** "order success pay inprocess": the customer is to confirm. */
const waitsForBuyer = "10003";

/** Alipay waited for the customer, and then closed the last charge by itself: nobody here asked for that. */
function closedUnpaid(given: Case): readonly Suspicion[] {
  const last = given.sale?.attempts.at(-1);
  if (last?.unpaidEnd !== "closed" || last.reversal.asked > 0 || last.stopAskedAtMs !== null)
    return [];
  const calls = allOf(given.picture, "provider_call");
  const waited = calls.some(
    ({ fact }) => fact.orderNo === last.orderNo && fact.code === waitsForBuyer,
  );
  if (!waited) return [];
  const seen = attemptsSeen(given).filter(({ fact }) => fact.orderNo === last.orderNo);
  return seen.map((one) => ({
    cause: "buyer_not_confirming",
    proof: one,
    because: [lineOf(one)],
    sinceMs: one.atMs,
    words: notPaid,
  }));
}

const notPaid: CauseWords = {
  title: { zh: "顾客没有付款", en: "The customer didn't pay" },
  explain: {
    zh: "支付宝已经把这笔关闭，没有扣款。",
    en: "Alipay has closed this payment. No money was taken.",
  },
  nextStep: {
    zh: "请顾客出示新的付款码再收，或取消这一单。",
    en: "Charge again with a new code, or cancel the sale.",
  },
};

/** The till asked whether the paper is out, and nobody has looked. */
function questionOpen({ picture, sale, nowMs, settings }: Case): readonly Suspicion[] {
  if (sale === null) return [];
  const job = newestPaper(sale);
  if (job === null || job.state !== "doubtful") return [];
  if (nowMs - job.changedAtMs < settings.receiptMs * 3) return [];
  const seen = allOf(picture, "job").findLast(({ fact }) => fact.jobId === job.id);
  return seen === undefined
    ? []
    : [{ cause: "question_left_open", proof: null, because: [lineOf(seen)], sinceMs: seen.atMs }];
}

const nothingWrong: Text = {
  zh: "操作记录里没有能解释它的差错",
  en: "nothing that was pressed and scanned explains it",
};

/** Every key and scan comes through this till, so its log is complete. */
function against({ picture, sale, nowMs, settings }: Case): readonly EvidenceLine[] {
  if (sale === null) {
    const acts = recent(picture, "act", nowMs, settings.freshMs);
    return acts.length === 0 ? [summary(nowMs, SOURCES.till, nothingWrong)] : [];
  }
  const charged = sale.attempts.some(isLive) || sale.attempts.length > 0;
  return charged ? [summary(sale.sale.changedAtMs, SOURCES.till, nothingWrong)] : [];
}
