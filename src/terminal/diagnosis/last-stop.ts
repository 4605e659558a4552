/** What a start tells of the run before it. */
import type { Evidence, StartSeen } from "../../core/diagnosis/evidence.ts";

export interface LastStop {
  readonly clean: boolean;
  /** The last sign of life of the run before this one, by the wall clock; null where it left none. */
  readonly aliveAtMs: number | null;
  /** When this computer was switched on, by its own clock; null where it doesn't tell. */
  readonly bootedAtMs: number | null;
}

/** Who stood in for the start before this one says nothing of this one, which may have its place again. */
export const isOfThatStart = ({ fact }: Evidence): boolean =>
  fact.kind === "self_check" && fact.check === "not_replaced";

const latest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

/** `keptAtMs`: of the newest evidence of the run before; null: none is kept. */
export function startSeen(
  { clean, bootedAtMs, aliveAtMs }: LastStop,
  keptAtMs: number | null,
  nowMs: number,
): StartSeen {
  const lastMs = latest(keptAtMs, aliveAtMs);
  const rebooted = lastMs === null || bootedAtMs === null ? null : bootedAtMs > lastMs;
  const awayMs = lastMs === null ? null : nowMs - lastMs;
  return { kind: "start", clean, awayMs, rebooted };
}
