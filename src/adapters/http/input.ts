/** What the API takes: the schemas that check input and describe it in OpenAPI. */
import { z } from "zod";
import { type AmountRefusal, type Fen, fen, isFen, parseYuan } from "../../core/money/money.ts";
import { readPaymentCode } from "../../core/payment/code-form.ts";
import { chargedFen } from "../../core/receipt/items.ts";
import { REFUND_AMOUNT } from "../../core/rules/refusals.ts";
import type { PinChange } from "../../ports/till.ts";
import { RefusedError } from "./problem.ts";

/** Yuan as a text ("128.50") or whole fen as a number; one of the two. */
const amountFields = {
  amount: z
    .union([z.string().max(40), z.number()])
    .optional()
    .describe('yuan, e.g. "128.50"; may be left out where items give it'),
  amount_fen: z.number().optional().describe("whole fen, e.g. 12850"),
};

const item = z.object({
  name: z.string().trim().min(1).max(200),
  quantity: z.number().positive().max(1_000_000),
  price_fen: z.number().int().nonnegative().max(10_000_000_000),
});

export const saleBody = z.object({
  ...amountFields,
  items: z.array(item).max(150).default([]),
  accept_e_receipt: z.boolean().default(false),
});
export const chargeBody = z.object({
  method: z.enum(["code", "qr"]).default("code"),
  code: z.string().max(200).optional(),
});
/** `accept_e_receipt`: the customer agreed just now, as a red printer asks for. */
export const attemptBody = chargeBody.extend({ accept_e_receipt: z.boolean().default(false) });
export const sellBody = saleBody.extend({
  ...chargeBody.shape,
  wait_ms: z
    .number()
    .int()
    .min(0)
    .max(600_000)
    .default(0)
    .describe("how long to wait for outcome and receipt"),
});
export const refundBody = z.object({
  ...amountFields,
  reason: z.string().trim().min(1).max(100).default("顾客退货"),
  of: z.enum(["sale", "extra"]).nullish(),
});
export const probeBody = z.object({ may_print_stray: z.boolean().default(false) });
export const answerBody = z.object({ printed: z.boolean() });
export const signOnBody = z.object({
  operator_no: z.string().min(1).max(28),
  pin: z.string().max(12).default(""),
});
export const operatorBody = z.object({
  no: z.string().regex(/^\w{1,10}$/),
  name: z.string().trim().min(1).max(20),
  role: z.enum(["cashier", "owner"]).default("cashier"),
  pin: z
    .string()
    .regex(/^\d{4,8}$/)
    .nullable()
    .optional()
    .describe("left out: stays as it is; null: is removed"),
});
export const closeBody = z.object({
  counted_cash: z.string().max(40).optional(),
  counted_slips: z.number().int().min(0).max(1_000_000).optional(),
  carry_over: z.boolean().default(false),
  refuse_empty: z.boolean().default(false).describe("refuse to close a day without any sale"),
});
export const listQuery = z.object({
  query: z.string().max(100).optional(),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const closeParams = z.object({ no: z.coerce.number().int().min(1).max(1_000_000_000) });
export const closeListQuery = z.object({
  cursor: z.coerce.number().int().min(1).max(1_000_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const waitQuery = z.object({
  wait_ms: z.coerce.number().int().min(0).max(600_000).default(0),
});
export const diagnosisQuery = z.object({ sale: z.string().max(100).optional() });
export const evidenceQuery = z.object({
  series: z.string().max(100).optional(),
  minutes: z.coerce.number().int().min(1).max(10_080).default(60),
});
export const incidentQuery = listQuery
  .omit({ query: true })
  .extend({ sale: z.string().max(100).optional() });
export const idParams = z.object({ id: z.string().min(1).max(100) });

/** The amount asked for, in fen; null where none was given. Never through a float. */
export function amountOf(body: AmountFields): Fen | null {
  const read = readAmount(body);
  if (typeof read === "string") throw new RefusedError(read);
  return read;
}

/** The same for a refund, whose refusals speak of a refund. */
export function refundAmountOf(body: AmountFields): Fen | null {
  const read = readAmount(body);
  if (typeof read === "string") throw new RefusedError(REFUND_AMOUNT[read]);
  return read;
}

interface AmountFields {
  readonly amount?: string | number | undefined;
  readonly amount_fen?: number | undefined;
}

function readAmount({ amount, amount_fen: amountFen }: AmountFields): Fen | AmountRefusal | null {
  if (amountFen !== undefined) {
    if (!Number.isInteger(amountFen)) return "amount_not_a_number";
    if (amountFen <= 0) return "amount_not_positive";
    return isFen(amountFen) ? amountFen : "amount_too_large";
  }
  if (amount === undefined) return null;
  return parseYuan(typeof amount === "number" ? String(amount) : amount);
}

export const pinOf = (pin: string | null | undefined): PinChange =>
  pin === undefined ? "keep" : pin === null ? "remove" : { pin };

/** A counted amount may be nothing at all, which a price may not. */
export function countedOf(text: string): Fen {
  if (/^0+(?:\.0{0,2})?$/.test(text.trim())) return fen(0);
  const read = parseYuan(text);
  if (typeof read === "string") throw new RefusedError("cash_not_readable");
  return read;
}

export function requiredAmountOf(
  body: Parameters<typeof amountOf>[0],
  items: Parameters<typeof chargedFen>[1],
): Fen {
  const amount = chargedFen(amountOf(body), items);
  if (typeof amount === "string") throw new RefusedError(amount);
  return amount;
}

/** How to charge: by a payment code that has a payment code's form, or by QR. */
export function chargeOf(
  body: z.infer<typeof chargeBody>,
): { method: "code"; paymentCode: string } | { method: "qr" } {
  if (body.method === "qr") return { method: "qr" };
  const read = readPaymentCode(body.code ?? "");
  if (read.kind === "refused") throw new RefusedError(read.refusal);
  return { method: "code", paymentCode: read.code };
}
