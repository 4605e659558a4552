/** Are the till's network cards up, with an address? Costs a few files and no network. */
import type { Evidence } from "../../../core/diagnosis/evidence.ts";
import type { Probe } from "../../../ports/probe.ts";
import { type Line, reach } from "./line.ts";

export function interfaceProbe(line: Line): Probe {
  /** Cards that have worked in this run: a Wi-Fi card that nobody uses is no fault, one that is lost is. */
  const known = new Set<string>();
  return {
    name: "interface",
    everyMs: 3_000,
    everyMsInTrouble: 1_000,
    async look(): Promise<readonly Evidence[]> {
      const { all } = await line.paths();
      for (const one of all) if (one.failure === null) known.add(one.name);
      const shown = all.filter((one) => known.size === 0 || known.has(one.name));
      const gone = [...known].filter((name) => !all.some((one) => one.name === name));
      return [
        ...shown.map(({ name, failure }) =>
          reach(line.nowMs(), "interface", name, { ms: failure === null ? 0 : null, failure }),
        ),
        ...gone.map((name) =>
          reach(line.nowMs(), "interface", name, { ms: null, failure: "down" }),
        ),
      ];
    },
  };
}
