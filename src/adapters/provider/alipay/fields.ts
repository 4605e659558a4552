/** Reads the fields of a reply or notification: each is the expected text, amount or time, or it is null. */
import type { ProviderCode } from "../../../core/payment/answers.ts";
import { parseYuan } from "../../../core/money/money.ts";
import type { Fen } from "../../../core/money/money.ts";
import { parseChinaTime } from "../../../core/rules/time.ts";

export type Body = Readonly<Record<string, unknown>>;

const textLengthMax = 2_000;

export function textOf(body: Body, key: string): string | null {
  const value = Object.hasOwn(body, key) ? body[key] : undefined;
  return typeof value === "string" && value !== "" && value.length <= textLengthMax ? value : null;
}

/** Yuan as text, whole fen as result; a JSON number is refused, since it has been through a float. */
export function amountOf(body: Body, key: string): Fen | null {
  const text = textOf(body, key);
  const amount = text === null ? "amount_missing" : parseYuan(text);
  return typeof amount === "number" ? amount : null;
}

/** `2026-11-23 08:22:42` in China's time as epoch ms; parts of a second are allowed and dropped. */
export function timeOf(body: Body, key: string): number | null {
  const time = /^(\S{10} \d\d:\d\d:\d\d)(?:\.\d{1,3})?$/.exec(textOf(body, key) ?? "");
  return parseChinaTime(time?.[1] ?? "");
}

/** The buyer as Alipay masks him. An account that came unmasked is masked here. */
export function payerOf(body: Body): string | null {
  const account = textOf(body, "buyer_logon_id");
  if (account === null || account.length > 100) return null;
  if (account.includes("*")) return account;
  return account.length <= 6 ? "***" : `${account.slice(0, 3)}****${account.slice(-2)}`;
}

/** The provider's own words for this reply; null when it has no readable code. */
export function codeOf(body: Body, secrets: readonly string[] = []): ProviderCode | null {
  const code = textOf(body, "code");
  if (code === null || !/^\d{5}$/.test(code)) return null;
  const subCode = textOf(body, "sub_code");
  if (subCode !== null && !subCodePattern.test(subCode)) return null;
  const message = textOf(body, "sub_msg") ?? textOf(body, "msg");
  return { code, subCode, message: message === null ? null : withoutSecrets(message, secrets) };
}

/** Words joined by `.`, `_` or `-`, as every listed code is; nothing that a payment code or an account could pass for. */
const subCodePattern = /^(?!.*\d{8})[A-Za-z]+[._-][\w.-]{1,80}$/;
const messageLengthMax = 200;

/** Alipay's own number of the call, for its support. It comes unsigned, so what looks like a payment code is left out. */
export function traceIdOf(body: Body): string | null {
  const traceId = textOf(body, "traceId") ?? "";
  const isTrace = /^[0-9A-Za-z-]{8,64}$/.test(traceId) && !/^(\d{16,24}|fp.*)$/.test(traceId);
  return isTrace ? traceId : null;
}

/**
 * Some messages quote the whole request: `isv.invalid-signature` ends in the text that was signed, payment code included
 * (alipay-sdk 4.14.0 src/alipay.ts). Cut before any parameter, and cover what looks like a code, account or address.
 */
function withoutSecrets(message: string, secrets: readonly string[]): string {
  let words = message;
  for (const secret of secrets) if (secret !== "") words = words.replaceAll(secret, "***");
  return words
    .replace(/[,，:：\s]*(?:[a-z_]+(?:=|%3D)|\{|biz_content|auth_code).*$/s, "")
    .replaceAll(/https?:\S+/g, "…")
    .replaceAll(/fp[0-9A-Za-z]{20,}/g, "***")
    .replaceAll(/\d{11,}/g, "***")
    .replaceAll(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, "***")
    .trim()
    .slice(0, messageLengthMax);
}
