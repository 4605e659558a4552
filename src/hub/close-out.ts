/** R3: what an earlier number of the sale means for a new one, before and after it was cancelled and asked about. */
import type { Attempt } from "../core/payment/attempt.ts";
import { isLive } from "../core/payment/states.ts";

export type EarlierRefusal =
  | "earlier_attempt_not_closed"
  | "earlier_attempt_was_paid"
  | "sale_has_attempt";

/** Null: nothing can come of it any more. A success that was told of it is looked into first. */
export function earlierNeeds(attempt: Attempt): EarlierRefusal | "closing_out" | null {
  if (attempt.latePayment !== null) return "earlier_attempt_was_paid";
  if (isLive(attempt) || attempt.state === "paid") return "sale_has_attempt";
  return attempt.closedOut && attempt.lateSuspectAtMs === null ? null : "closing_out";
}

/** Once its closing out was waited for. */
export function earlierRefuses(closed: Attempt): EarlierRefusal | null {
  if (closed.latePayment !== null || closed.lateSuspectAtMs !== null)
    return "earlier_attempt_was_paid";
  return closed.closedOut ? null : "earlier_attempt_not_closed";
}

/** No more will come of waiting. `before`: as it was when its closing out was asked for. */
export const isClosedOut = (one: Attempt, before: Attempt): boolean =>
  one.latePayment !== null ||
  (one.lateSuspectAtMs === null && (one.closedOut || refusedAndAsked(one, before)));

/** The cancel is refused for good, and what was asked after it has been answered. */
const refusedAndAsked = (one: Attempt, before: Attempt): boolean =>
  one.reversal.refusedForGood !== null &&
  !one.reversal.outstanding &&
  one.queriesAsked > before.queriesAsked;
