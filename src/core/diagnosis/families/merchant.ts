/** 商户资质问题. The provider's code proves it; a record of ours that has run out makes it likely, until a payment goes through. */
import type { Text } from "../../text/text.ts";
import type { Case, Judge, Suspicion } from "../case.ts";
import type { EvidenceLine } from "../finding.ts";
import type { FactOf, Seen } from "../evidence.ts";
import { lineOf, linesOf } from "../lines.ts";
import { allOf, present } from "../picture.ts";
import { attemptsSeen, codeSuspicions } from "./codes.ts";

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
  const taken = takenSince(given);
  const suspicions = [...codeSuspicions(given, "merchant"), ...(taken === null ? bad(given) : [])];
  return { suspicions, against: suspicions.length > 0 ? [] : against(given, taken), asking };
};

const hasRunOut = ({ fact }: Row, nowMs: number): boolean =>
  fact.untilMs !== null && fact.untilMs < nowMs;

function bad({ picture, nowMs }: Case): readonly Suspicion[] {
  return present(picture, "qualification", nowMs)
    .filter((one) => STANDS_AGAINST[one.fact.state] || hasRunOut(one, nowMs))
    .map((seen) => ({
      cause:
        seen.fact.state === "expired" || hasRunOut(seen, nowMs)
          ? "qualification_expired"
          : "qualification_stands_against",
      proof: null,
      because: [lineOf(seen)],
      sinceMs: seen.atMs,
    }));
}

/** The newest payment that the provider took: whatever the records say, it accepts this shop. */
function takenSince(given: Case): Seen<"attempt"> | null {
  const bads = bad(given);
  const sinceMs = Math.max(0, ...bads.map((one) => one.sinceMs));
  const { picture, nowMs, settings } = given;
  const attempts = [...allOf(picture, "attempt"), ...attemptsSeen(given)];
  const taken = attempts.findLast(
    ({ fact }) => fact.state === "paid" || fact.state === "awaiting_buyer",
  );
  if (taken === undefined || taken.atMs < sinceMs) return null;
  return nowMs - taken.atMs <= settings.freshMs * 10 ? taken : null;
}

function against({ picture, nowMs }: Case, taken: Seen<"attempt"> | null): readonly EvidenceLine[] {
  if (taken !== null) return [lineOf(taken)];
  const good = present(picture, "qualification", nowMs).filter(
    (one) => !STANDS_AGAINST[one.fact.state] && !hasRunOut(one, nowMs),
  );
  return linesOf(good.slice(-2));
}
