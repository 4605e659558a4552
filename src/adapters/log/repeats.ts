/** A fault that lasts, like a full disk, is told once and then at most every minute, with how often it came meanwhile. */

type Fields = Readonly<Record<string, unknown>>;

const everyMs = 60_000;
/** Faults that are remembered at once; with more, all are forgotten, and told anew. */
const keptMax = 200;

/** What is to be written of a line: its fields, with `repeated` where some were left out before it; null: nothing. */
export function newRepeats(): (nowMs: number, event: string, fields: Fields) => Fields | null {
  const told = new Map<string, { atMs: number; leftOut: number }>();
  return (nowMs, event, fields) => {
    // Only what names a fault can come again and again without saying anything new.
    if (typeof fields["error"] !== "string") return fields;
    const key = JSON.stringify([event, Object.values(fields).filter((one) => !isCount(one))]);
    const last = told.get(key);
    if (last !== undefined && nowMs - last.atMs < everyMs) {
      last.leftOut += 1;
      return null;
    }
    if (told.size >= keptMax) told.clear();
    told.set(key, { atMs: nowMs, leftOut: 0 });
    return last === undefined || last.leftOut === 0
      ? fields
      : { ...fields, repeated: last.leftOut };
  };
}

/** How many rows, how many ms: the same fault again. */
const isCount = (value: unknown): boolean => typeof value === "number";
