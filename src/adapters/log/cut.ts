/**
 * What must not be in a log is cut out, whatever the caller does: by its name at any depth, and by its form, so that a
 * code inside a sentence or under an innocent name doesn't pass either.
 */
import { codeRules } from "../../core/payment/code-form.ts";

/** Without `_` and `-`, in lower case. A provider's result code has another name: `result_code`. */
const secretNames: ReadonlySet<string> = new Set([
  "code",
  "paymentcode",
  "authcode",
  "enrolcode",
  "privatekey",
  "appprivatekey",
  "secret",
  "password",
  "authorization",
  "cookie",
  "pin",
  "sign",
  "token",
  "buyeruserid",
  "buyerlogonid",
]);

/** A payment code of any wallet, standing alone: order and trade numbers are longer or begin otherwise. */
const paymentCode = new RegExp(
  `(?<![\\w])(?:${codeRules
    .map(
      ({ prefixes, digitsMin, digitsMax }) =>
        `(?:${prefixes.join("|")})\\d{${digitsMin - 2},${digitsMax - 2}}`,
    )
    .join("|")})(?![\\w])`,
  "g",
);
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

const cut = "[cut]";
/** Nothing that is worth a log line goes deeper; a circle would never end. */
const depthMax = 8;

export const cutText = (text: string): string =>
  text.replaceAll(privateKey, cut).replaceAll(paymentCode, cut);

export function cutFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return inside(fields, 0) as Record<string, unknown>;
}

function inside(value: unknown, depth: number): unknown {
  if (typeof value === "string") return cutText(value);
  if (value instanceof Error) return cutText(String(value));
  if (typeof value !== "object" || value === null) return value;
  if (depth >= depthMax) return cut;
  if (Array.isArray(value)) return value.map((one) => inside(one, depth + 1));
  const entries = Object.entries(value).map(([name, held]) => [
    name,
    isSecret(name, held) ? cut : inside(held, depth + 1),
  ]);
  return Object.fromEntries(entries) as unknown;
}

/** An object under such a name tells what its own fields are called. */
const isSecret = (name: string, held: unknown): boolean =>
  secretNames.has(name.replaceAll(/[_-]/g, "").toLowerCase()) &&
  held !== null &&
  (typeof held !== "object" || Array.isArray(held));
