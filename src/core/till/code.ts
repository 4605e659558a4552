/** What was scanned or pasted at the till: a payment code, some wallet's that isn't taken here, or goods. */
import { readPaymentCode, type CodeRefusal } from "../payment/code-form.ts";
import { codeShort } from "../text/input-causes.ts";
import type { Text } from "../text/text.ts";

type Refused = "other_wallet" | "product" | "not_a_code";

export type Scanned =
  | { readonly kind: "payment_code"; readonly code: string }
  | { readonly kind: Refused; readonly says: Text };

const KIND: Record<CodeRefusal, Refused> = {
  code_missing: "not_a_code",
  code_not_digits: "not_a_code",
  code_is_product: "product",
  code_of_other_wallet: "other_wallet",
  code_too_long: "not_a_code",
  code_wrong_length: "not_a_code",
  code_not_of_a_wallet: "not_a_code",
  code_used_before: "not_a_code",
};

/** Tells what a scanned text is, by its form alone. Total: whatever isn't known is `not_a_code`. */
export function readScan(scanned: string): Scanned {
  const reading = readPaymentCode(scanned);
  if (reading.kind === "code") return { kind: "payment_code", code: reading.code };
  return { kind: KIND[reading.refusal], says: codeShort(reading) };
}
