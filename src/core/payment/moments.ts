/**
 * The moments of a row that are counted by the hub's clock. When that clock is set, those of a row that still waits for
 * something are moved by the same span: what it waits for stays as far away as it was, and no check of an end is used up.
 */
import type { Attempt } from "./attempt.ts";
import type { AttemptEvent } from "./events.ts";
import type { Refund } from "./refund.ts";
import { isLive } from "./states.ts";
import { liesAhead, type PaymentTiming } from "./timing.ts";

/** Every field of a row that is a moment; a new one doesn't compile until it is said whether it is moved. */
type Moments<Row> = Readonly<
  Record<
    {
      [Name in keyof Row]: Name extends `${string}Ms`
        ? Row[Name] extends number | null
          ? Name
          : never
        : never;
    }[keyof Row],
    boolean
  >
>;

const ofAttempt: Moments<Attempt> = {
  /** Records, which decide nothing: of our own start, and of the provider's clock. */
  createdAtMs: false,
  paidAtMs: false,
  sentAtMs: true,
  expiresAtMs: true,
  dueAtMs: true,
  openSinceMs: true,
  reversingSinceMs: true,
  stopAskedAtMs: true,
  endedAtMs: true,
  contradictedAtMs: true,
  lateSuspectAtMs: true,
};

const ofRefund: Moments<Refund> = {
  /** Records, by the wall clock. */
  requestedAtMs: false,
  endedAtMs: false,
  sentAtMs: true,
  dueAtMs: true,
  refusedAtMs: true,
};

function moved<Row extends object>(row: Row, moments: Moments<Row>, byMs: number, from: Row): Row {
  const isMoved: Readonly<Record<string, boolean>> = moments;
  const were = new Map<string, unknown>(Object.entries(from));
  const fields = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    isMoved[name] === true && typeof value === "number" && value === were.get(name)
      ? value + byMs
      : value,
  ]);
  return Object.fromEntries(fields) as Row;
}

/**
 * The same attempt by a clock that is `byMs` further. Its version stays. `from`: as it was when the clock was set, where
 * it has been written since; a moment that differs is by the new clock already.
 */
export function attemptMovedBy(attempt: Attempt, byMs: number, from = attempt): Attempt {
  if (byMs === 0) return attempt;
  const { reversal, latePayment } = attempt;
  const answeredAtMs = momentMoved(reversal.answeredAtMs, byMs, from.reversal.answeredAtMs);
  return {
    ...moved(attempt, ofAttempt, byMs, from),
    reversal: { ...reversal, answeredAtMs },
    latePayment:
      latePayment === null || latePayment.seenAtMs !== from.latePayment?.seenAtMs
        ? latePayment
        : { ...latePayment, seenAtMs: latePayment.seenAtMs + byMs },
  };
}

const momentMoved = (ms: number | null, byMs: number, fromMs: number | null): number | null =>
  ms === null || ms !== fromMs ? ms : ms + byMs;

export const refundMovedBy = (refund: Refund, byMs: number, from = refund): Refund =>
  byMs === 0 ? refund : moved(refund, ofRefund, byMs, from);

/**
 * Moments that decide what an answer proves can't lie ahead: the clock was set back since, and what is asked from now on
 * was asked after them.
 */
export function notAhead(attempt: Attempt, nowMs: number): Attempt {
  const past = (ms: number | null): number | null => (ms === null ? null : Math.min(ms, nowMs));
  return {
    ...attempt,
    sentAtMs: past(attempt.sentAtMs),
    openSinceMs: past(attempt.openSinceMs),
    stopAskedAtMs: past(attempt.stopAskedAtMs),
    endedAtMs: past(attempt.endedAtMs),
    contradictedAtMs: past(attempt.contradictedAtMs),
    lateSuspectAtMs: past(attempt.lateSuspectAtMs),
    reversal: { ...attempt.reversal, answeredAtMs: past(attempt.reversal.answeredAtMs) },
  };
}

/** Nothing moves one that waits for nothing when the clock is set back; no question about it is out then. */
export const wasLeftAhead = (attempt: Attempt, timing: PaymentTiming, nowMs: number): boolean =>
  attempt.dueAtMs === null && !isLive(attempt) && liesAhead(timing, attempt, nowMs);

/** The refund with its records by the wall clock; `before`: as it was, if it was there. */
export const refundRecorded = (refund: Refund, before: Refund | null, wallMs: number): Refund => ({
  ...refund,
  requestedAtMs: before?.requestedAtMs ?? wallMs,
  endedAtMs: refund.endedAtMs === null ? null : (before?.endedAtMs ?? wallMs),
});

/**
 * A span of time is part of a proof: of an end ("never seen" after the order's life), or of a roll-back (two
 * contradictions, apart). While one is under way the clock isn't set. All that an ended attempt waits for is to be asked
 * again: whatever comes of that the answer proves, by what was asked after what.
 */
export const isMeasured = (attempt: Attempt): boolean =>
  isLive(attempt) ||
  (attempt.state === "paid" && attempt.lateSuspectAtMs === null && attempt.dueAtMs !== null);

/** "Not seen" proves something once the refund, or its refusal, is old enough. */
export const isRefundMeasured = ({ state }: Refund): boolean =>
  state === "sending" || state === "unknown";

/**
 * What a start makes of a row that waits. Of one whose end isn't proven nobody knows how long it has lived, and one that
 * was written before the clock was set back waits for that future. An end that should have been checked meanwhile is
 * checked now, and the checks after it are as far apart as ever, as if the stop had taken no time: the clock may have
 * leapt under it, and would use them all up at once. For the same reason two contradictions, apart, are those of one life.
 */
export function takenUpBy(
  attempt: Attempt,
  timing: PaymentTiming,
  nowMs: number,
): AttemptEvent | null {
  const { dueAtMs } = attempt;
  if (dueAtMs === null) return null;
  const isContradicted = isMeasured(attempt) && attempt.contradictedAtMs !== null;
  if (isLive(attempt) || isContradicted || liesAhead(timing, attempt, nowMs))
    return { kind: "restart" };
  const isOverdue = dueAtMs < nowMs && !isMeasured(attempt);
  return isOverdue ? { kind: "waits_moved", byMs: nowMs - dueAtMs } : null;
}
