/** A receipt's hash is over its canonical content, so that the same content gives the same hash on every machine. */
import { assert } from "../rules/assert.ts";
import type { ReceiptContent } from "./receipt.ts";

/** Lower-case hex SHA-256 of the canonical content's UTF-8 bytes. `sha256` comes from the runtime. */
export const receiptHash = (content: ReceiptContent, sha256: (text: string) => string): string =>
  sha256(canonicalJson(content));

/**
 * JSON with keys in code-unit order and no white space. For what RFC 8785 allows and receipts hold (strings, finite
 * numbers, booleans, null, lists, plain objects) it is RFC 8785; anything else would be a bug of ours and throws.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    assert(Number.isFinite(value), "canonical content holds finite numbers");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  assert(typeof value === "object", "canonical content holds JSON values");
  // Sorted by code units, which is what a sort without a comparison does.
  const keys = Object.keys(value).toSorted();
  let text = "";
  for (const key of keys) {
    const one = canonicalJson((value as Readonly<Record<string, unknown>>)[key]);
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${one}`;
  }
  return `{${text}}`;
}
