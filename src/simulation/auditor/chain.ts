/** The hash chain of a log, checked by the two lines that docs/reference/events.md gives to anybody. */
import type { LogFact, Sha256 } from "./facts.ts";

/** Keys in alphabetical order at every depth, no spaces. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
}

export const hashOf = (hashBefore: string, event: LogFact, sha256: Sha256): string => {
  const { actor, atMs, detail, kind, saleId, seq, stream } = event;
  return sha256(hashBefore + canonical({ actor, atMs, detail, kind, saleId, seq, stream }));
};

/** Which stream an event belongs to; the same name may stand in two stores. */
export const streamKey = (of: { log: string; owner: string; stream: string }): string =>
  `${of.log} ${of.owner} ${of.stream}`;
