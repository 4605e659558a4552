/** The number of a refund, made from its Idempotency-Key: a repeat is the same refund at the hub and at Alipay. */
import { createHash } from "node:crypto";

/** With the terminal in it: a client chooses its keys, and at the hub the tills of a chain share one list of numbers. */
export const refundNoOf = (terminalNo: string, key: string): string =>
  `R${createHash("sha256").update(`${terminalNo}\n${key}`).digest("hex").slice(0, 24)}`;
