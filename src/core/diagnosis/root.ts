/** What an incident was about, of all that was found on its way. */
import { CAUSES, isNamed, type NamedCause } from "./causes/causes.ts";
import type { Turn } from "./incident.ts";

/**
 * What was proven counts before what was suspected, and of the last trouble its root: on the network the nearest that
 * broke, else what was found first. A cover opened to load paper, or a slow line while a router starts, is only passed by.
 */
export function rootTurn(all: readonly Turn[]): Turn | null {
  const turns = all.some(({ cause }) => cause === "till_restarted")
    ? stopsIn(all)
    : withoutLaterStops(all);
  const proven = turns.filter((one) => one.verdict === "confirmed");
  const pool = withoutEffects(proven.length > 0 ? proven : turns);
  const family = pool.at(-1)?.family;
  const kin = pool.filter((one) => one.family === family);
  const byDistance = family === "network" ? kin.toSorted((a, b) => rank(a) - rank(b)) : kin;
  return byDistance[0] ?? null;
}

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
