/** From cases to figures: a confusion matrix for people, one object for machines. */
import type { CauseFamily } from "../../src/core/till/view.ts";
import type { CaseResult } from "./case.ts";
import type { Healthy } from "./healthy.ts";

interface Share {
  readonly cases: number;
  readonly right: number;
  readonly share: number;
}

interface Times {
  readonly p50: number | null;
  readonly p99: number | null;
}

export interface Score {
  readonly single: Share;
  readonly pairs: Share;
  readonly wrong_confirmed: number;
  readonly first_finding_ms: Times;
  readonly right_finding_ms: Times;
  readonly right_since_injection_ms: Times;
  readonly healthy: { readonly sales: number; readonly incidents: number };
  readonly failed: number;
}

const shareOf = (results: readonly CaseResult[]): Share => {
  const right = results.filter((one) => one.right).length;
  const cases = results.length;
  return { cases, right, share: cases === 0 ? 0 : Math.round((right / cases) * 10_000) / 10_000 };
};

function timesOf(values: readonly (number | null)[]): Times {
  const sorted = values.filter((one) => one !== null).toSorted((a, b) => a - b);
  const at = (share: number): number | null =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
  return { p50: at(0.5), p99: at(0.99) };
}

export function scoreOf(
  singles: readonly CaseResult[],
  pairs: readonly CaseResult[],
  healthy: Healthy,
): Score {
  const all = [...singles, ...pairs];
  return {
    single: shareOf(singles),
    pairs: shareOf(pairs),
    wrong_confirmed: all.filter((one) => one.wrongConfirmed.length > 0).length,
    first_finding_ms: timesOf(singles.map((one) => one.firstMs)),
    right_finding_ms: timesOf(singles.filter((one) => one.right).map((one) => one.rightMs)),
    right_since_injection_ms: timesOf(singles.map((one) => one.rightSinceInjectionMs)),
    healthy: { sales: healthy.sales, incidents: healthy.incidents },
    failed: all.filter((one) => one.failed !== null).length,
  };
}

const short: Record<CauseFamily, string> = {
  network: "netw",
  device: "devi",
  buyer_account: "buye",
  amount_or_input: "inpu",
  system: "syst",
  provider_api: "prov",
  operation: "oper",
  merchant: "merc",
  maintenance: "main",
};
const families = Object.keys(short) as readonly CauseFamily[];

/** A row a true family, a column what the till said. */
export function matrix(singles: readonly CaseResult[]): string {
  const columns: readonly (CauseFamily | null)[] = [...families, null];
  const head = ["".padEnd(16), ...columns.map((one) => (one === null ? "none" : short[one]))];
  const rows = families.map((label) => {
    const own = singles.filter((one) => one.labels[0] === label);
    const cells = columns.map((said) => own.filter((one) => one.said === said).length);
    return [label.padEnd(16), ...cells.map((one) => String(one || "·").padStart(4))].join(" ");
  });
  return [head.join(" "), ...rows].join("\n");
}

export function line(one: CaseResult): string {
  const mark = one.failed !== null ? "ERR" : one.right ? "ok " : "NOT";
  const ms = one.rightMs === null ? "" : ` ${one.rightMs} ms`;
  const proven =
    one.wrongConfirmed.length > 0 ? ` WRONGLY PROVEN ${one.wrongConfirmed.join()}` : "";
  const missing = one.missing.length > 0 ? ` missing ${one.missing.join(", ")}` : "";
  const said = `${one.said ?? "none"}/${one.cause ?? "-"}`;
  return `${mark} ${one.labels.join(" + ")}: ${one.id} (seed ${one.seed}) -> ${said}${ms}${missing}${proven}${one.failed === null ? "" : ` ${one.failed}`}`;
}
