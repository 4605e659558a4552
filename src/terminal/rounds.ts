/**
 * Which sales may have news that nobody here heard, and up to when all of them were: pure. What is kept of it is one mark;
 * after a power failure the mark before it counts, and a little more is asked about than must be.
 */

/** Beyond this the provider's own daily list is the judge: the bills of two days have been read by then. */
export const recentMs = 3 * 86_400_000;
/** How often the mark is moved while everything is heard. */
export const markEveryMs = 3_600_000;

/**
 * Up to when everything that the hub told is kept here: by this till's clock, and the last end of a refund that it was
 * told of, by the hub's. The earlier of the two counts, since either clock may have been wrong for a while.
 */
export interface Mark {
  readonly beganMs: number;
  readonly endedMs: number;
}

/** What the hub finds out late it finds within days of the sale, whether or not this till was on. */
export const salesSinceMs = (last: Mark | null, beganMs: number): number =>
  Math.min(last?.beganMs ?? beganMs, beganMs) - recentMs;

/** Without a mark: of all times. */
export const refundsSinceMs = (last: Mark | null, beganMs: number): number =>
  last === null ? 0 : Math.max(0, Math.min(last.beganMs, last.endedMs, beganMs) - recentMs);

/** One question after the other, from the newest sale down; what is asked for meanwhile waits until it is at its end. */
export interface Round {
  /** Everything that was told before is known once it is at its end. */
  readonly beganMs: number;
  /** `all`: as far back as the mark demands; `none`: none but those of refunds; `until`: with that one the last. */
  readonly sales: "all" | "none" | { readonly until: string };
}

/**
 * Something was missed while a round is under way: what it has yet to come to it asks about anyhow. The next one is for
 * what it had passed, with the sale that it was just at (`at`), and for what has been sold since. One that is itself for
 * the newest only comes to none of the others: after it all are asked about, as far back as the mark of the one before.
 */
export const roundAfter = ({ sales }: Round, at: string | null, nowMs: number): Round => ({
  beganMs: nowMs,
  sales: sales !== "all" ? "all" : at === null ? "none" : { until: at },
});

/** A moment, by both clocks. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** How the hearing is. */
export interface Hearing {
  readonly now: Moment;
  /** When the mark was last moved, monotonic. */
  readonly markedMs: number;
  /** For how long the hub may have told what nobody here was given. */
  readonly unheardMs: number;
  /** The last round found out all there was, no other is due, and what was heard is kept. */
  readonly isAllKept: boolean;
}

/**
 * The mark is moved to a moment that lies behind: once it is proven that all that was told by then has arrived. Gives the
 * moment to wait for that with, and whether it is proven.
 */
export function heardUntil(
  waiting: Moment | null,
  { now, markedMs, unheardMs, isAllKept }: Hearing,
): { readonly moment: Moment | null; readonly isProven: boolean } {
  const isDue = now.monotonicMs - markedMs >= markEveryMs;
  const moment = waiting ?? (isDue ? now : null);
  const isHeard = moment !== null && now.monotonicMs - unheardMs >= moment.monotonicMs;
  return { moment, isProven: isHeard && isAllKept };
}

const jumpMsMin = 60_000;

/** How the wall clock has gone against the other. */
export interface WallClock {
  readonly seen: Moment;
  /** How far it was set forward in these days, and when, monotonic. A computer that slept looks the same. */
  readonly jumps: readonly { readonly atMs: number; readonly byMs: number }[];
}

export function clockSeen(before: WallClock | null, now: Moment): WallClock {
  if (before === null) return { seen: now, jumps: [] };
  const { seen, jumps } = before;
  const byMs = now.wallMs - seen.wallMs - (now.monotonicMs - seen.monotonicMs);
  const lately = jumps.filter(({ atMs }) => now.monotonicMs - atMs < recentMs);
  if (byMs < jumpMsMin) return { seen: now, jumps: lately };
  return { seen: now, jumps: [...lately, { atMs: now.monotonicMs, byMs }] };
}

/** Not later than a sale of now would bear, had it been sold before the clock was set: those may have too early a time. */
export const earliestMs = ({ seen, jumps }: WallClock): number =>
  jumps.reduce((ms, { byMs }) => ms - byMs, seen.wallMs);
