/**
 * What was lost in an outage says that there was one, and nothing about how well the line works: loss is measured
 * without it.
 */
import type { ReachFailure, Seen, Target } from "./evidence.ts";

type Reach = Seen<"reach">;

/** Lost samples in a row, up to the next good answer. */
interface Run {
  readonly lost: readonly Reach[];
  readonly fromMs: number;
  /** Infinity while nothing has answered. */
  readonly untilMs: number;
  /** Something had answered before. */
  readonly isNews: boolean;
}

/** These are told by the system at once and need no second look. */
const sure: ReadonlySet<ReachFailure> = new Set(["down", "no_address", "portal"]);

export const isLost = (one: Reach | undefined): boolean => (one?.fact.failure ?? null) !== null;

/** Lost so often in a row, or called off by the system: not just missed once. */
export const isOutage = (lost: readonly Reach[], downAfter: number): boolean =>
  lost.length >= downAfter ||
  lost.some(({ fact: { failure } }) => failure !== null && sure.has(failure));

/** What a target lies behind. */
const NEARER: Readonly<Record<Target, readonly Target[]>> = {
  interface: [],
  router: ["interface"],
  dns: ["interface", "router", "internet"],
  internet: ["interface", "router"],
  hub: ["interface", "router", "internet"],
  provider: ["interface", "router", "internet"],
};

/** A line that loses half of its packets hardly ever loses so many in a row: then it was down. */
const longRun = 6;

/** The samples of this target that an outage took, its own or one of what it lies behind. `path`: of all its targets. */
export function takenByOutage(
  target: Target,
  path: ReadonlyMap<Target, readonly Reach[]>,
  downAfter: number,
): ReadonlySet<Reach> {
  const nearer = outagesNearer(target, path, downAfter).filter(({ isNews }) => isNews);
  const taken = runsOf(path.get(target) ?? []).filter(
    (run) => (run.isNews && run.lost.length >= longRun) || nearer.some((one) => meets(one, run)),
  );
  return new Set(taken.flatMap(({ lost }) => lost));
}

/** When the newest outage of what it lies behind was over: what was asked before was lost there, and is asked again. */
export const askedAgainMs = (
  target: Target,
  path: ReadonlyMap<Target, readonly Reach[]>,
  downAfter: number,
): number =>
  outagesNearer(target, path, downAfter)
    .filter(({ untilMs }) => untilMs < Infinity)
    .reduce((latest, { untilMs }) => Math.max(latest, untilMs), -Infinity);

const outagesNearer = (
  target: Target,
  path: ReadonlyMap<Target, readonly Reach[]>,
  downAfter: number,
): readonly Run[] =>
  NEARER[target]
    .flatMap((near) => runsOf(path.get(near) ?? []))
    .filter((run) => isOutage(run.lost, downAfter));

const meets = (one: Run, other: Run): boolean =>
  one.fromMs < other.untilMs && other.fromMs < one.untilMs;

function runsOf(all: readonly Reach[]): readonly Run[] {
  return all.flatMap((one, at): readonly Run[] => {
    if (!isLost(one) || isLost(all[at - 1])) return [];
    const goodAt = all.findIndex((other, later) => later > at && !isLost(other));
    const lost = all.slice(at, goodAt < 0 ? undefined : goodAt);
    return [{ lost, fromMs: one.atMs, untilMs: all[goodAt]?.atMs ?? Infinity, isNews: at > 0 }];
  });
}
