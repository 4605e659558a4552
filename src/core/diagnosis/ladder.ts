/**
 * The ladder (由近到远): what each probe of each network path says now. A rung counts as down after failures in a row,
 * and only where it ever answered: a target that never did says nothing about today.
 */
import type { ReachFailure, Seen, Target } from "./evidence.ts";
import type { Case } from "./case.ts";
import { askedAgainMs, isLost, isOutage, takenByOutage } from "./outage.ts";
import { allOf, recent } from "./picture.ts";

export interface Rung {
  readonly target: Target;
  readonly path: string;
  /** `shaky`: failed just now, and not often enough to be down, or before what it lies behind was back. */
  readonly state: "up" | "shaky" | "down" | "unseen";
  readonly everUp: boolean;
  readonly failsInARow: number;
  readonly failure: ReachFailure | null;
  /** The last good answer, and the first failure since. */
  readonly upAtMs: number | null;
  /** When it came back after its last failure; null while it fails, and where it never did. */
  readonly backAtMs: number | null;
  readonly downSinceMs: number | null;
  /** The same after an outage: it had been down, and not just missed once. */
  readonly mendedAtMs: number | null;
  readonly last: Seen<"reach"> | null;
  /** Of the time in which no outage took them. */
  readonly samples: number;
  readonly lossShare: number;
  /** Separate times that answers were missing: one outage is one, however long. */
  readonly lossRuns: number;
  readonly medianMs: number | null;
}

export type Ladder = ReadonlyMap<string, readonly Rung[]>;

/** Several judges of one case read the same ladder. */
const made = new WeakMap<Case, Ladder>();

export function ladderOf(given: Case): Ladder {
  const known = made.get(given) ?? newLadder(given);
  made.set(given, known);
  return known;
}

function newLadder(given: Case): Ladder {
  const paths = new Map<string, Map<Target, Seen<"reach">[]>>();
  for (const one of allOf(given.picture, "reach")) {
    const targets = paths.get(one.fact.path) ?? new Map<Target, Seen<"reach">[]>();
    const seen = targets.get(one.fact.target) ?? [];
    seen.push(one);
    targets.set(one.fact.target, seen);
    paths.set(one.fact.path, targets);
  }
  const ladder = new Map<string, readonly Rung[]>();
  for (const [path, targets] of paths)
    ladder.set(
      path,
      [...targets.keys()].map((target) => rungOf(target, path, targets, given)),
    );
  return ladder;
}

function rungOf(
  target: Target,
  path: string,
  targets: ReadonlyMap<Target, readonly Seen<"reach">[]>,
  given: Case,
): Rung {
  const { settings, nowMs } = given;
  const all = targets.get(target) ?? [];
  const fresh = recent({ reach: all }, "reach", nowMs, settings.freshMs);
  const taken = takenByOutage(target, targets, settings.downAfter);
  const window = recent({ reach: all }, "reach", nowMs, settings.windowMs).filter(
    (one) => !taken.has(one),
  );
  const goodAt = all.findLastIndex((one) => one.fact.failure === null);
  const badAt = all.findLastIndex((one) => one.fact.failure !== null);
  const againMs = askedAgainMs(target, targets, settings.downAfter);
  const since = all.slice(goodAt + 1).filter(({ atMs }) => atMs >= againMs);
  const last = fresh.at(-1) ?? null;
  const everUp = goodAt >= 0;
  const times = window.flatMap((one) => one.fact.ms ?? []).toSorted((a, b) => a - b);
  const lost = window.filter(isLost).length;
  const lossRuns = window.filter((one, at) => isLost(one) && !isLost(window[at - 1])).length;
  const failure = last?.fact.failure ?? null;
  const backAtMs = failure === null && badAt >= 0 ? (all[badAt + 1]?.atMs ?? null) : null;
  const wellAt = all.slice(0, Math.max(0, badAt)).findLastIndex((one) => !isLost(one));
  const wasDown = isOutage(all.slice(wellAt + 1, badAt + 1), settings.downAfter);
  const isDown = failure !== null && isOutage(since, settings.downAfter);
  return {
    target,
    path,
    state: last === null ? "unseen" : failure === null ? "up" : isDown ? "down" : "shaky",
    everUp,
    failsInARow: since.length,
    failure,
    upAtMs: all[goodAt]?.atMs ?? null,
    backAtMs,
    mendedAtMs: wasDown ? backAtMs : null,
    downSinceMs: failure === null ? null : (since[0]?.atMs ?? last?.atMs ?? null),
    last,
    samples: window.length,
    lossShare: window.length === 0 ? 0 : lost / window.length,
    lossRuns,
    medianMs: times[Math.floor(times.length / 2)] ?? null,
  };
}

export const rung = (rungs: readonly Rung[], target: Target): Rung | null =>
  rungs.find((one) => one.target === target) ?? null;

/** All rungs of one target over all paths. */
export const rungsOf = (ladder: Ladder, target: Target): readonly Rung[] =>
  [...ladder.values()].flat().filter((one) => one.target === target);

export const isUp = (one: Rung | null): boolean => one?.state === "up";
export const isDown = (one: Rung | null): boolean => one?.state === "down";
/** Down, and known to answer on other days. */
export const wentDown = (one: Rung | null): boolean => one?.state === "down" && one.everUp;

/** Asked only where the system's own traffic goes, or over every path that has a route. */
const farTargets: ReadonlySet<Target> = new Set(["dns", "internet", "hub", "provider"]);

/** Something beyond the shop's own network answers over it: a link or a router alone promises nothing. */
export const leadsOut = (rungs: readonly Rung[]): boolean =>
  rungs.some((one) => farTargets.has(one.target) && isUp(one));

/** When the newest outage on the way out was over; what was asked before was lost in it. */
export function lineBackMs(ladder: Ladder): number {
  const inUse = pathInUse(ladder);
  const own = inUse === null ? [] : (ladder.get(inUse) ?? []);
  const onTheWay = own.filter(({ target }) => !beyondTheLine.has(target));
  return Math.max(-Infinity, ...onTheWay.map(({ mendedAtMs }) => mendedAtMs ?? -Infinity));
}

const beyondTheLine: ReadonlySet<Target> = new Set(["hub", "provider"]);

/** The card over which something far away answered last; null while none ever did. This computer itself is no card. */
export function pathInUse(ladder: Ladder): string | null {
  const cards = [...ladder].filter(([, rungs]) => rung(rungs, "interface") !== null);
  const times = cards.map(([path, rungs]) => {
    const far = rungs.filter((one) => farTargets.has(one.target));
    return { path, atMs: Math.max(-Infinity, ...far.map((one) => one.upAtMs ?? -Infinity)) };
  });
  const answered = times.filter(({ atMs }) => atMs > -Infinity);
  return answered.toSorted((a, b) => b.atMs - a.atMs)[0]?.path ?? null;
}
