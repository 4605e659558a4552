/** Money is whole fen (分, 1/100 yuan). Nothing here or above it ever holds yuan as a number. */
declare const fenMark: unique symbol;
export type Fen = number & { readonly [fenMark]: true };

/** The largest amount of one trade: 100,000,000.00 yuan (alipay.trade.pay total_amount). */
export const fenMax = 10_000_000_000 as Fen;

export const isFen = (value: unknown): value is Fen =>
  typeof value === "number" && Number.isSafeInteger(value) && Math.abs(value) <= fenMax;

/** Takes a number of whole fen for what it is. Throws on anything else: that would be a bug of ours. */
export function fen(value: number): Fen {
  if (!isFen(value)) throw new Error(`not an amount in whole fen: ${value}`);
  return value;
}

export type AmountRefusal =
  | "amount_missing"
  | "amount_not_a_number"
  | "amount_too_many_decimals"
  | "amount_not_positive"
  | "amount_too_large"
  /** Above what the shop itself allows for one sale. */
  | "amount_over_limit";

/**
 * Reads yuan as a person or a provider writes them: "128.5", "128.50", "0.01". Never through a float. `limitFen` is
 * the shop's own limit for one sale.
 */
export function parseYuan(text: string, limitFen: number = fenMax): Fen | AmountRefusal {
  const trimmed = text.trim();
  if (trimmed === "") return "amount_missing";
  const parts = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(trimmed) ?? /^([+-]?)()\.(\d+)$/.exec(trimmed);
  if (parts === null) return "amount_not_a_number";
  const [, sign = "", whole = "", decimals = ""] = parts;
  if (decimals.length > 2) return "amount_too_many_decimals";
  const digits = `${whole}${decimals.padEnd(2, "0")}`.replace(/^0+(?=\d)/, "");
  if (digits === "0" || sign === "-") return "amount_not_positive";
  // The limit that a shop knows and can change is named, where it is the lower one.
  if (digits.length > 11 || Number(digits) > fenMax)
    return limitFen < fenMax ? "amount_over_limit" : "amount_too_large";
  return Number(digits) > limitFen ? "amount_over_limit" : fen(Number(digits));
}

/** "128.50": yuan with two decimals, as providers want it and people read it. */
export function yuanText(amountFen: Fen): string {
  const digits = String(Math.abs(amountFen)).padStart(3, "0");
  return `${amountFen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * "￥128.50", "-￥2.46", with the full-width sign that every Chinese printer has (U+FFE5). Throws on what isn't whole fen.
 */
export const figureText = (amountFen: number): string =>
  `${amountFen < 0 ? "-" : ""}￥${yuanText(fen(Math.abs(amountFen)))}`;
