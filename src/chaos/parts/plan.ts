/** How a run is cut into parts: the power cuts by themselves, and rounds of kills, each small enough to look at. */
import type { Options } from "../options.ts";
import type { Ports } from "../shop/ports.ts";
import type { Tools } from "../tools.ts";
import type { Part } from "./part.ts";

/** Does so much that a write-ahead log is emptied many times, and leaves a find that a person can look through. */
const killsARound = 50;

export interface Means {
  readonly program: string;
  readonly tools: Tools;
  readonly nowMs: number;
}

type WithoutPorts<T> = T extends { readonly ports: Ports } ? Omit<T, "ports"> : never;

/** The longest first, so that nothing long is left for the end. Each part draws from a seed of its own. */
export function partsOf(options: Options, means: Means): WithoutPorts<Part>[] {
  const { kills, cuts, seed, minutes } = options;
  const { program, tools, nowMs } = means;
  const endsAtMs = minutes === null ? Infinity : nowMs + minutes * 60_000;
  const rounds = Array.from(
    { length: Math.ceil(kills / killsARound) },
    (_, n) =>
      ({
        kind: "round",
        program,
        tools,
        endsAtMs,
        seed: seed + n,
        kills: Math.min(killsARound, kills - n * killsARound),
      }) as const,
  );
  const outage = { kind: "outage", program, seed, cuts } as const;
  return tools.recorder && cuts > 0 ? [outage, ...rounds] : rounds;
}
