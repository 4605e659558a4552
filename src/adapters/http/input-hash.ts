/** What a request with an Idempotency-Key asked for, as a hash that the journal keeps. */
import { createHash } from "node:crypto";

/**
 * Without the payment code: the hash of a body whose only unknown is a code of 18 digits tells the code to whoever has
 * the file and tries them all. Amount, items and method make another request another one.
 */
export function inputHashOf(
  route: string | undefined,
  body: Readonly<Record<string, unknown>>,
): string {
  const { code: _code, ...kept } = body;
  return createHash("sha256")
    .update(`${route}\n${JSON.stringify(kept)}`)
    .digest("hex");
}
