/** 商户资质问题. The provider's code proves it; a record of ours that has run out makes it likely, until a payment goes through. */
import { QUALIFICATION_STATES, QUALIFICATION_TEXTS } from "../../text/evidence.ts";
import { asBeginning, fill, type Text } from "../../text/text.ts";
import type { Case, Judge, Suspicion } from "../case.ts";
import { codeCauseRow } from "../causes/causes.ts";
import { MERCHANT_CAUSES } from "../causes/people.ts";
import type { GuideId } from "../guide/ids.ts";
import type { EvidenceLine } from "../finding.ts";
import type { FactOf, Seen } from "../evidence.ts";
import { lineOf, linesOf } from "../lines.ts";
import { allOf, present } from "../picture.ts";
import { attemptsSeen, codeSuspicions, hintSuspicions } from "./codes.ts";

const asking: Text = {
  zh: "支付宝没有说商户资质有问题，也没有登记过资质。",
  en: "Alipay hasn't said that the shop's qualification is at fault, and none is on record.",
};

const recordTitle: Text = { zh: "{what}{state}（按记录）", en: "{what} {state} (by our records)" };

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
    ...stands.toSorted((a, b) => gravity(a) - gravity(b)).map(suspicionOf),
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

/** As it is by its date, too. */
const stateOf = (seen: Row): FactOf<"qualification">["state"] =>
  STANDS_AGAINST[seen.fact.state] || !hasRunOut(seen, seen.atMs) ? seen.fact.state : "expired";

/** Worst first. */
const byGravity = ["frozen", "missing", "expired", "limited"] as const;
const gravity = (seen: Row): number => byGravity.findIndex((one) => one === stateOf(seen));

const suspicionOf = (seen: Row): Suspicion => ({
  cause: stateOf(seen) === "expired" ? "qualification_expired" : "qualification_stands_against",
  rank: MERCHANT_CAUSES.qualification_expired.rank + gravity(seen) / byGravity.length,
  words: {
    title: asBeginning(
      fill(recordTitle, {
        what: QUALIFICATION_TEXTS[seen.fact.what],
        state: QUALIFICATION_STATES[stateOf(seen)],
      }),
    ),
  },
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

/**
 * Alipay's own "no" to the shop in its newest charge that ended so: its account, its contract. Not a limit, which refuses an
 * amount and not the shop. Null once a payment went through, or the owner has recorded something since: what a feed tells
 * is no answer to it.
 */
export function refusalOfShop({
  picture,
  nowMs,
}: Case): { readonly code: string; readonly subCode: string | null } | null {
  const refused = allOf(picture, "attempt")
    .toSorted((a, b) => a.atMs - b.atMs)
    .filter(({ fact }) => fact.state === "paid" || isAboutShop(fact))
    .at(-1);
  if (refused === undefined || refused.fact.code === null || refused.fact.state === "paid")
    return null;
  const isRecorded = present(picture, "qualification", nowMs).some(
    ({ fact }) => fact.fromFeed !== true && (fact.saidAtMs ?? 0) > refused.atMs,
  );
  return isRecorded ? null : { code: refused.fact.code, subCode: refused.fact.subCode };
}

function isAboutShop({ unpaidEnd, code, subCode }: FactOf<"attempt">): boolean {
  if (unpaidEnd !== "declined" || code === null) return false;
  const row = codeCauseRow(code, subCode);
  return row?.family === "merchant" && row.guide !== null && ofTheShop.has(row.guide);
}

const ofTheShop: ReadonlySet<GuideId> = new Set(["owner_account", "owner_service"]);

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
