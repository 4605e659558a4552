/** 商户资质问题. The provider's code proves it; a record of ours that has run out makes it likely, until a payment goes through. */
import type { Text } from "../../text/text.ts";
import type { Case, Judge, Suspicion } from "../case.ts";
import type { EvidenceLine } from "../finding.ts";
import type { FactOf, Seen } from "../evidence.ts";
import { lineOf, linesOf } from "../lines.ts";
import { allOf, present } from "../picture.ts";
import { attemptsSeen, codeSuspicions, hintSuspicions } from "./codes.ts";

const asking: Text = {
  zh: "支付宝没有说商户资质有问题，也没有登记过资质。",
  en: "Alipay hasn't said that the shop's qualification is at fault, and none is on record.",
};

type Row = Seen<"qualification">;
const STANDS_AGAINST: Readonly<Record<FactOf<"qualification">["state"], boolean>> = {
  valid: false,
  expiring: false,
  expired: true,
  missing: true,
  frozen: true,
  limited: true,
  withdrawn: false,
};

export const merchant: Judge = (given) => {
  const taken = newestPaid(given);
  const bad = badRecords(given);
  const stands = bad.filter((one) => taken === null || taken.atMs < saidSinceMs(one));
  const suspicions = [
    ...codeSuspicions(given, "merchant"),
    ...hintSuspicions(given, "merchant"),
    ...stands.map(suspicionOf),
  ];
  if (suspicions.length > 0) return { suspicions, against: [], asking };
  return { suspicions, against: against(given, bad.length > 0, taken), asking };
};

const hasRunOut = ({ fact }: Row, nowMs: number): boolean =>
  fact.untilMs !== null && fact.untilMs < nowMs;

const badRecords = ({ picture, nowMs }: Case): readonly Row[] =>
  present(picture, "qualification", nowMs).filter(
    (one) => STANDS_AGAINST[one.fact.state] || hasRunOut(one, nowMs),
  );

/** Since when the record says so; that it is said again each minute is no news. */
function saidSinceMs({ atMs, fact }: Row): number {
  const saidMs = fact.saidAtMs ?? atMs;
  const isByDate = fact.state === "expired" && fact.untilMs !== null;
  return isByDate ? Math.max(saidMs, fact.untilMs ?? saidMs) : saidMs;
}

const suspicionOf = (seen: Row): Suspicion => ({
  cause:
    seen.fact.state === "expired" || (seen.fact.untilMs ?? Infinity) < seen.atMs
      ? "qualification_expired"
      : "qualification_stands_against",
  proof: null,
  because: [lineOf(seen)],
  sinceMs: saidSinceMs(seen),
});

/**
 * The newest payment that the provider took, of whatever sale: an account that takes money isn't frozen, whatever was
 * recorded before. It holds until somebody records it anew; only what is recorded, or runs out, later than the payment
 * counts again. So light and incidents, which all ask here, turn once and don't flap with each repeat of the record.
 */
function newestPaid(given: Case): Seen<"attempt"> | null {
  const attempts = [...allOf(given.picture, "attempt"), ...attemptsSeen(given)];
  const paid = attempts.filter(({ fact }) => fact.state === "paid");
  return paid.toSorted((a, b) => a.atMs - b.atMs).at(-1) ?? null;
}

function against(
  { picture, nowMs, settings }: Case,
  overrules: boolean,
  taken: Seen<"attempt"> | null,
): readonly EvidenceLine[] {
  const isRecent = taken !== null && nowMs - taken.atMs <= settings.freshMs * 10;
  if (taken !== null && (overrules || isRecent)) return [lineOf(taken)];
  const good = present(picture, "qualification", nowMs).filter(
    (one) => !STANDS_AGAINST[one.fact.state] && !hasRunOut(one, nowMs),
  );
  return linesOf(good.slice(-2));
}
