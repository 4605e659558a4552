/**
 * Whether a scanned or typed text can be a customer's payment code (付款码), by its form alone.
 * Only the provider knows whether it is valid; this keeps product bar codes and other wallets' codes away from it.
 */

export type OtherWallet = "wechat" | "unionpay" | "digital_yuan" | "bestpay" | "suning";

/** `security_code` is what a face-pay device hands over; the provider wants the form named. */
export type CodeForm = "bar_code" | "security_code";

/** `code_used_before` is the journal's to say: the form of a code doesn't show it. */
export type CodeRefusal =
  | "code_missing"
  | "code_not_digits"
  | "code_is_product"
  | "code_of_other_wallet"
  | "code_too_long"
  | "code_wrong_length"
  | "code_not_of_a_wallet"
  | "code_used_before";

/** One wallet's codes: the digits that they begin with and how many digits they have. */
export interface CodeRule {
  readonly wallet: "alipay" | OtherWallet;
  readonly prefixes: readonly string[];
  readonly digitsMin: number;
  readonly digitsMax: number;
}

/**
 * Alipay: prefix 25-30 and 16-24 digits (opendocs open/02ekfp, auth_code). WeChat 10-15, UnionPay 62: the providers'
 * SDKs. The others are known by prefix only, so their lengths are wide. Providers change these: a setting may override.
 */
export const codeRules: readonly CodeRule[] = [
  {
    wallet: "alipay",
    prefixes: ["25", "26", "27", "28", "29", "30"],
    digitsMin: 16,
    digitsMax: 24,
  },
  {
    wallet: "wechat",
    prefixes: ["10", "11", "12", "13", "14", "15"],
    digitsMin: 18,
    digitsMax: 18,
  },
  { wallet: "unionpay", prefixes: ["62"], digitsMin: 19, digitsMax: 19 },
  { wallet: "digital_yuan", prefixes: ["01"], digitsMin: 16, digitsMax: 24 },
  { wallet: "bestpay", prefixes: ["51"], digitsMin: 16, digitsMax: 24 },
  { wallet: "suning", prefixes: ["83"], digitsMin: 16, digitsMax: 24 },
];

export interface RefusedCode {
  readonly kind: "refused";
  readonly refusal: CodeRefusal;
  /** Whose code it is, with `code_of_other_wallet`; else null. */
  readonly wallet: OtherWallet | null;
}

export type CodeReading =
  | {
      readonly kind: "code";
      readonly wallet: "alipay";
      readonly form: CodeForm;
      /** Without blanks, as the provider wants it. */
      readonly code: string;
    }
  | RefusedCode;

/** Face pay: 35 characters that start with "fp" (opendocs open/02ekfp, scene security_code). */
const securityCode = /^fp[0-9a-z]{33}$/i;

/** EAN-8, UPC-A and EAN-13, and the 14 digits of a carton. */
const productLengths: readonly number[] = [8, 12, 13, 14];

/**
 * Reads a payment code as a scanner or a person gives it. Blanks, and full-width digits of an input method, are
 * forgiven. Never throws; the refusals come in the order in which CodeRefusal lists them.
 */
export function readPaymentCode(text: string, rules: readonly CodeRule[] = codeRules): CodeReading {
  const code = text.normalize("NFKC").replaceAll(/\s/g, "");
  if (code === "") return refused("code_missing");
  if (securityCode.test(code)) {
    return { kind: "code", wallet: "alipay", form: "security_code", code };
  }
  if (!/^[0-9]+$/.test(code)) return refused("code_not_digits");
  if (isProductCode(code)) return refused("code_is_product");

  const ofPrefix = rules.filter((rule) => rule.prefixes.some((prefix) => code.startsWith(prefix)));
  const rule = ofPrefix.find((one) => code.length >= one.digitsMin && code.length <= one.digitsMax);
  if (rule?.wallet === "alipay") return { kind: "code", wallet: "alipay", form: "bar_code", code };
  if (rule !== undefined) {
    return { kind: "refused", refusal: "code_of_other_wallet", wallet: rule.wallet };
  }
  if (ofPrefix.length > 0 && ofPrefix.every((one) => code.length > one.digitsMax))
    return refused("code_too_long");
  return refused(
    ofPrefix.length > 0 || isTooShort(code, rules) ? "code_wrong_length" : "code_not_of_a_wallet",
  );
}

/**
 * A product's bar code: the length of one, and its check digit fits. Cartons also carry GS1-128: 01, those 14 digits,
 * then lot or date. The digital yuan begins with 01 too, so here the check digit decides.
 */
function isProductCode(digits: string): boolean {
  if (productLengths.includes(digits.length)) return hasCheckDigit(digits);
  return digits.length > 16 && digits.startsWith("01") && hasCheckDigit(digits.slice(2, 16));
}

/** Weights 1 and 3 from the right (GS1 General Specifications, 7.9). */
function hasCheckDigit(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

const isTooShort = (code: string, rules: readonly CodeRule[]): boolean =>
  rules.every((rule) => code.length < rule.digitsMin);

const refused = (refusal: CodeRefusal): RefusedCode => ({
  kind: "refused",
  refusal,
  wallet: null,
});
