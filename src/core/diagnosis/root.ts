/** What an incident was about, of all that was found on its way. */
import { CAUSES, isNamed, type NamedCause } from "./causes/causes.ts";
import type { Turn } from "./incident.ts";

/**
 * Why the money wasn't known, and then why the paper didn't come: a case may have had both, each with a root of its own.
 * Of the box's own case it is one.
 */
export function rootTurns(all: readonly Turn[]): readonly Turn[] {
  const of = (stage: Turn["stage"]): Turn | null =>
    rootOf(all.filter((one) => one.stage === stage));
  return [of("payment"), of("paper"), of(undefined)].filter((one) => one !== null);
}

export const rootTurn = (all: readonly Turn[]): Turn | null => rootTurns(all)[0] ?? null;

/**
 * What was there when the promise broke counts before what came later, and what was proven before what was suspected.
 * Of the first trouble that leaves it is the root: on the network the nearest that broke, else what was found first. A
 * cover opened to load paper, or a slow line while a router starts, is only passed by.
 */
function rootOf(all: readonly Turn[]): Turn | null {
  const named = all.filter(({ cause }) => cause !== unexplained);
  const inTime = named.filter((one) => one.isLater !== true);
  const [turns] = [inTime, named, all].filter((one) => one.length > 0);
  if (turns === undefined) return null;
  const told = turns.some(({ cause }) => cause === "till_restarted")
    ? stopsIn(turns)
    : withoutLaterStops(turns);
  const proven = told.filter((one) => one.verdict === "confirmed");
  const pool = withoutEffects(proven.length > 0 ? proven : told);
  const family = pool[0]?.family;
  if (family === "network")
    return (
      pool
        .filter((one) => one.family === family)
        .toSorted((a, b) => rank(a) - rank(b))
        .at(0) ?? null
    );
  // First suspected and then proven otherwise is still one trouble, and began with what was seen first.
  return told.find((one) => one.family === family) ?? null;
}

/** That no answer came is what happened, and says nothing of why. */
const unexplained = "answer_missing" satisfies NamedCause;

const stops: ReadonlySet<string> = new Set<NamedCause>([
  "power_cut",
  "computer_restarted",
  "till_crashed",
  "till_restarted",
]);

/**
 * A paper that a start of ours found half-way is in doubt by that stop and nothing else: that the printer can't be
 * reached for a moment, as after every start, is no reason.
 */
const stopsIn = (turns: readonly Turn[]): readonly Turn[] =>
  turns.filter(({ cause }) => stops.has(cause));

/** What was found before a stop was there without it. */
function withoutLaterStops(turns: readonly Turn[]): readonly Turn[] {
  const [first] = turns;
  if (first === undefined || stops.has(first.cause)) return turns;
  return turns.filter(({ cause }) => !stops.has(cause));
}

/** In an announced window what the provider says or doesn't say is the window's doing. */
const withoutEffects = (turns: readonly Turn[]): readonly Turn[] =>
  turns.some(({ family }) => family === "maintenance")
    ? turns.filter(({ family }) => family !== "provider_api")
    : turns;

const rank = ({ cause }: Turn): number => (isNamed(cause) ? CAUSES[cause].rank : Infinity);
