/** Times as a person types them on the command line, read as China's time. */
import { parseChinaTime } from "../core/rules/time.ts";

const dayMs = 86_400_000;

/** "2026-12-31", "2026-12-31 18:00" or RFC 3339. A bare day as an end means its last second. Null: no time. */
export function timeOf(text: string, as: "begin" | "end"): number | null {
  const plain = parseChinaTime(text.trim().replace("T", " "));
  if (plain !== null) {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(text.trim());
    return isDay && as === "end" ? plain + dayMs - 1000 : plain;
  }
  const full = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text.trim());
  const atMs = full ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? null : atMs;
}
