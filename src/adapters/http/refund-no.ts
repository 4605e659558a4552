/** The number of a refund, made from its Idempotency-Key: a repeat is the same refund at the hub and at Alipay. */
import { createHash } from "node:crypto";

/**
 * With the terminal in it: a client chooses its keys, and at the hub the tills of a chain share one list of numbers. An
 * earlier version left the terminal out; a refund that this till made under such a number keeps it, or a repeat after the
 * upgrade would pay a part back twice.
 */
export function refundNoOf(
  terminalNo: string,
  key: string,
  isOfThisTill: (refundNo: string) => boolean,
): string {
  const earlier = numberOf(key);
  return isOfThisTill(earlier) ? earlier : numberOf(`${terminalNo}\n${key}`);
}

const numberOf = (text: string): string =>
  `R${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
