/** Single checks of the installation that need nothing but this computer: each says good or not, and a small plain why. */
import { existsSync } from "node:fs";
import { join } from "node:path";

export interface Checked {
  readonly good: boolean;
  /** For the report: small and plain, no sentence; e.g. "ENOSPC", "22.1.0 < 24". */
  readonly detail: string;
}

const good = (detail = ""): Checked => ({ good: true, detail });
const bad = (detail: string): Checked => ({ good: false, detail });

const nodeMin = "24.0.0";
/** Before this SQLite could lose commits: https://sqlite.org/wal.html#walresetbug */
const sqliteMin = "3.51.3";

/** -1, 0 or 1, by the numbers; what follows a "-" doesn't count. */
export function compareVersions(one: string, other: string): number {
  const parts = (version: string): readonly number[] =>
    version.replace(/-.*$/, "").split(".").map(Number);
  const [first, second] = [parts(one), parts(other)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (first[at] ?? 0) - (second[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

export function checkRuntime({ node, sqlite = "" }: { node: string; sqlite?: string }): Checked {
  if (compareVersions(node, nodeMin) < 0) return bad(`Node ${node} < ${nodeMin}`);
  if (compareVersions(sqlite, sqliteMin) < 0) return bad(`SQLite ${sqlite} < ${sqliteMin}`);
  return good(`Node ${node}, SQLite ${sqlite}`);
}

/** `wanted`: the oldest version that may run here, as the settings say; null: any. */
export const checkOwnVersion = (version: string, wanted: string | null): Checked =>
  wanted !== null && compareVersions(version, wanted) < 0
    ? bad(`${version} < ${wanted}`)
    : good(version);

/** The built pages of till and display. */
export function checkPages(folder: string): Checked {
  const missing = ["index.html", "display.html"].filter((name) => !existsSync(join(folder, name)));
  return missing.length === 0 ? good() : bad(missing.join(", "));
}
