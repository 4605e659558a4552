/** The coverage table: each kind of fault, in which states of the attempt it struck, and which papers it met. */
import { FAULT_KINDS, type FaultKind } from "../faults/kinds.ts";
import type { Cells } from "./coverage.ts";
import { attemptStates } from "../../core/payment/states.ts";
import { reachableCells, reachableStates } from "./reachable.ts";

interface Strike {
  readonly attempt: string;
  readonly job: string;
  readonly count: number;
}

/** Strikes by kind and attempt state, the job states that were met, and by name every reachable cell that wasn't. */
export function coverageTable(
  cells: Cells,
  kinds: readonly FaultKind[] = FAULT_KINDS,
): readonly string[] {
  const strikes = byKind(cells);
  const width = Math.max(...kinds.map((kind) => kind.length));
  const names = attemptStates.map((state) => state.slice(0, 9).padStart(10)).join("");
  const rows = kinds.map((kind) => {
    const own = strikes.get(kind) ?? [];
    const counts = attemptStates.map((state) => sum(own.filter((one) => one.attempt === state)));
    const jobs = new Set(own.map((one) => one.job).filter((job) => job !== "-"));
    const figures = counts.map((count) => String(count).padStart(10)).join("");
    return `${kind.padEnd(width)}${figures}  ${[...jobs].join(" ")}`;
  });
  return [
    "",
    `${"fault".padEnd(width)}${names}  papers met`,
    ...rows,
    ...neverReached(strikes, kinds),
  ];
}

function byKind(cells: Cells): ReadonlyMap<string, readonly Strike[]> {
  const strikes = new Map<string, Strike[]>();
  for (const [cell, count] of Object.entries(cells)) {
    const [kind = "", attempt = "-", job = "-"] = cell.split(" ");
    const known = strikes.get(kind);
    if (known === undefined) strikes.set(kind, [{ attempt, job, count }]);
    else known.push({ attempt, job, count });
  }
  return strikes;
}

function neverReached(
  strikes: ReadonlyMap<string, readonly Strike[]>,
  kinds: readonly FaultKind[],
): readonly string[] {
  const missed = kinds.flatMap((kind) => missedOf(kind, strikes.get(kind) ?? []));
  const cells = missed.reduce((count, one) => count + one.states.length, 0);
  const all = reachableCells(kinds);
  return [
    "",
    `${all - cells} of ${all} reachable cells met`,
    ...missed.map(({ kind, states }) => `never reached: ${kind} ${states.join(" ")}`.trimEnd()),
  ];
}

function missedOf(
  kind: FaultKind,
  own: readonly Strike[],
): readonly { readonly kind: FaultKind; readonly states: readonly string[] }[] {
  const states = reachableStates(kind).filter((state) => !own.some((one) => one.attempt === state));
  return own.length === 0 || states.length > 0 ? [{ kind, states }] : [];
}

const sum = (strikes: readonly Strike[]): number =>
  strikes.reduce((total, { count }) => total + count, 0);
