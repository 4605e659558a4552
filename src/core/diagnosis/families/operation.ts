/** 操作不当. The till's own log of what was pressed and scanned is proof; a customer who waits is named here too. */
import { isLive } from "../../payment/states.ts";
import { SOURCES } from "../../text/evidence.ts";
import type { Text } from "../../text/text.ts";
import { newestPaper } from "../../till/can.ts";
import type { Case, Judge, Suspicion } from "../case.ts";
import type { OperatorAct, Seen } from "../evidence.ts";
import type { EvidenceLine } from "../finding.ts";
import { lineOf, summary } from "../lines.ts";
import { allOf, recent } from "../picture.ts";
import { actsThatCount } from "./acts.ts";
import { attemptsSeen, codeSuspicions } from "./codes.ts";

/** The log is read at once; what isn't over yet can still go wrong. */
const notCharged: Text = {
  zh: "到现在没有看出操作不当；这一单没有发起收款。",
  en: "No mistake of handling is seen so far; no charge was made for this sale.",
};
const nothingSaid: Text = {
  zh: "最近一分钟的操作里没有看出操作不当。",
  en: "What was pressed in the last minute doesn't point to a mistake of handling.",
};

const mistakes: ReadonlySet<OperatorAct> = new Set([
  "code_scanned_twice",
  "code_scanned_without_amount",
  "amount_left",
  "charge_while_open",
  "sale_left_half_way",
  "stopped",
]);

export const operation: Judge = (given) => {
  const suspicions = [
    ...actsThatCount(given, mistakes).map((seen) => ({
      cause: seen.fact.act,
      proof: isNoReason(seen, given) ? null : seen,
      because: [lineOf(seen)],
      sinceMs: seen.atMs,
    })),
    ...waitingForBuyer(given),
    ...questionOpen(given),
    ...codeSuspicions(given, "operation"),
  ];
  const asking = given.sale === null ? nothingSaid : notCharged;
  return { suspicions, against: suspicions.length > 0 ? [] : against(given), asking };
};

/** It was stopped in time, so it can't be proven to be why the first charge has no outcome. */
const isNoReason = ({ fact }: Seen<"act">, { sale }: Case): boolean =>
  fact.act === "charge_while_open" && (sale?.attempts.some(isLive) ?? false);

/** The provider's own word: it waits for the buyer. Soon after the scan that is how every larger payment goes. */
function waitingForBuyer(given: Case): readonly Suspicion[] {
  const { settings, nowMs } = given;
  return attemptsSeen(given)
    .filter(({ fact, atMs }) => fact.state === "awaiting_buyer" && nowMs - atMs >= settings.graceMs)
    .map((seen) => ({
      cause: "buyer_not_confirming",
      proof: seen,
      because: [lineOf(seen)],
      sinceMs: seen.atMs,
    }));
}

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
