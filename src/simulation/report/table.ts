/** The coverage table: each kind of fault, and in how many states of attempt and paper it struck. */
import { FAULT_KINDS } from "../faults/kinds.ts";
import type { Cells } from "./coverage.ts";

export const ATTEMPT_COLUMNS = [
  "created",
  "sending",
  "awaiting_buyer",
  "unknown",
  "reversing",
  "paid",
  "declined",
  "reversed",
] as const;

/** Strikes by kind and attempt state, and the job states that were met, then the kinds that never struck. */
export function coverageTable(cells: Cells): readonly string[] {
  const width = Math.max(...FAULT_KINDS.map((kind) => kind.length));
  const head = [
    "fault".padEnd(width),
    ...ATTEMPT_COLUMNS.map((one) => one.slice(0, 9).padStart(9)),
  ];
  const rows = FAULT_KINDS.map((kind) => {
    const own = Object.entries(cells).filter(([cell]) => cell.startsWith(`${kind} `));
    const counts = ATTEMPT_COLUMNS.map((state) => sum(own, (cell) => cell.split(" ")[1] === state));
    const jobs = new Set(own.map(([cell]) => cell.split(" ")[2]).filter((job) => job !== "-"));
    const figures = counts.map((count) => String(count).padStart(9));
    return [kind.padEnd(width), ...figures, `  ${[...jobs].join(" ")}`].join("");
  });
  return ["", [...head, "  papers met in"].join(""), ...rows, ...neverReached(cells)];
}

/** Reachable cells that no run met, by name. */
function neverReached(cells: Cells): readonly string[] {
  const missing = FAULT_KINDS.flatMap((kind) => {
    const own = Object.keys(cells).filter((cell) => cell.startsWith(`${kind} `));
    return own.length === 0 ? [`never reached: ${kind}`] : [];
  });
  return missing;
}

const sum = (
  cells: readonly (readonly [string, number])[],
  isMeant: (cell: string) => boolean,
): number => cells.reduce((total, [cell, count]) => total + (isMeant(cell) ? count : 0), 0);
