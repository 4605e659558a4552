/**
 * What may be stored: plain JSON values that come back exactly as they were written. Everything else is refused
 * before it reaches a store, because JSON and SQL would change it without a word: `undefined` vanishes, NaN becomes
 * null, an integer beyond 2^53 is rounded, half a surrogate pair turns into U+FFFD.
 */

/** Names carry their unit (`amountFen`, `atMs`), so the name says where a fraction can only be a bug. */
const wholeName = /(?:Fen|Ms|^version)$/;
const halfPair = /\p{Surrogate}/u;

function refuse(value: unknown, where: string): never {
  throw new TypeError(`${where} can't be stored: ${String(value)} (${typeof value})`);
}

function checkNumber(value: number, name: string, where: string): void {
  if (!Number.isFinite(value)) refuse(value, where);
  if (Number.isInteger(value) ? !Number.isSafeInteger(value) : wholeName.test(name)) {
    refuse(value, where);
  }
}

function checkText(value: string, where: string): void {
  if (halfPair.test(value)) refuse(value, where);
}

const isPlainObject = (value: object): boolean => {
  const kind: unknown = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === null;
};

/** Throws TypeError, naming the place, unless the value is plain JSON that survives being written and read. */
export function checkPlain(value: unknown, where: string, name = ""): void {
  if (typeof value === "string") return checkText(value, where);
  if (typeof value === "number") return checkNumber(value, name, where);
  if (typeof value === "boolean" || value === null) return;
  if (typeof value !== "object") refuse(value, where);
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) checkPlain(value[at], where, name);
    return;
  }
  if (!isPlainObject(value)) refuse(value, where);
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    if (field === undefined) refuse(field, `${where}.${key}`);
    checkPlain(field, where, key);
  }
}

/** The JSON text of a plain value; throws like checkPlain. */
export function plainJson(value: unknown, where: string): string {
  checkPlain(value, where);
  return JSON.stringify(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}

/** One text for one value: keys in the order of their UTF-16 code units at every depth, no spaces. */
export function canonicalJson(value: unknown, where: string): string {
  checkPlain(value, where);
  return JSON.stringify(sorted(value));
}
