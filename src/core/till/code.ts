/** What was scanned or pasted at the till: a payment code, some wallet's that isn't taken here, or goods. */
import type { ProviderName } from "../payment/attempt.ts";
import type { Text } from "../text/text.ts";

/**
 * First two digits and lengths of the payment codes in use. Sources: Alipay and WeChat open documents of code
 * payments, UnionPay's by a provider's kit, the rest by published tables. Providers may change them.
 */
interface Wallet {
  readonly name: Text;
  readonly provider: ProviderName | null;
  readonly prefixes: readonly string[];
  readonly lengths: readonly [min: number, max: number];
}

export const WALLETS: readonly Wallet[] = [
  {
    name: { zh: "支付宝", en: "Alipay" },
    provider: "alipay",
    prefixes: ["25", "26", "27", "28", "29", "30"],
    lengths: [16, 24],
  },
  {
    name: { zh: "微信支付", en: "WeChat Pay" },
    provider: null,
    prefixes: ["10", "11", "12", "13", "14", "15"],
    lengths: [18, 18],
  },
  {
    name: { zh: "云闪付", en: "UnionPay QuickPass" },
    provider: null,
    prefixes: ["62"],
    lengths: [19, 19],
  },
  {
    name: { zh: "数字人民币", en: "digital yuan" },
    provider: null,
    prefixes: ["01"],
    lengths: [16, 24],
  },
  {
    name: { zh: "翼支付", en: "BestPay" },
    provider: null,
    prefixes: ["51"],
    lengths: [16, 24],
  },
  {
    name: { zh: "苏宁支付", en: "Suning Pay" },
    provider: null,
    prefixes: ["83"],
    lengths: [16, 24],
  },
];

export type Scanned =
  | { readonly kind: "payment_code"; readonly provider: ProviderName; readonly code: string }
  | { readonly kind: "other_wallet"; readonly wallet: Text }
  | { readonly kind: "product" }
  | { readonly kind: "not_a_code" };

const productLengths = new Set([8, 12, 13, 14]);

/** EAN-8, UPC-A, EAN-13 and ITF-14 share one check digit: weights 3 and 1 from the right (GS1). */
function hasProductCheckDigit(digits: string): boolean {
  const sum = digits
    .split("")
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}

/** Tells what a scanned text is. Total: whatever isn't known is `not_a_code`. */
export function readScan(scanned: string): Scanned {
  const text = scanned.trim();
  if (/^fp[0-9a-z]{33}$/.test(text))
    return { kind: "payment_code", provider: "alipay", code: text };
  if (!/^\d+$/.test(text)) return { kind: "not_a_code" };
  if (productLengths.has(text.length)) {
    return { kind: hasProductCheckDigit(text) ? "product" : "not_a_code" };
  }
  // GS1-128 on cartons: 01, a GTIN-14 with its check digit, then lot or date. The digital yuan also begins with 01.
  if (text.length > 16 && text.startsWith("01") && hasProductCheckDigit(text.slice(2, 16))) {
    return { kind: "product" };
  }
  const wallet = WALLETS.find(
    ({ prefixes, lengths: [min, max] }) =>
      prefixes.includes(text.slice(0, 2)) && text.length >= min && text.length <= max,
  );
  if (wallet === undefined) return { kind: "not_a_code" };
  if (wallet.provider === null) return { kind: "other_wallet", wallet: wallet.name };
  return { kind: "payment_code", provider: wallet.provider, code: text };
}
