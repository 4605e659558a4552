/** What the API takes: the schemas that check input and describe it in OpenAPI. */
import { z } from "zod";
import { type Fen, fen, isFen, parseYuan } from "../../core/money/money.ts";
import { readPaymentCode } from "../../core/payment/code-form.ts";
import { RefusedError } from "./problem.ts";

/** Yuan as a text ("128.50") or whole fen as a number; one of the two. */
const amountFields = {
  amount: z
    .union([z.string().max(40), z.number()])
    .optional()
    .describe('yuan, e.g. "128.50"'),
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
    .default(null),
});
export const closeBody = z.object({
  counted_cash: z.string().max(40).optional(),
  counted_slips: z.number().int().min(0).max(1_000_000).optional(),
  carry_over: z.boolean().default(false),
});
export const listQuery = z.object({
  query: z.string().max(100).optional(),
  cursor: z.string().max(100).optional(),
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
export function amountOf(body: {
  readonly amount?: string | number | undefined;
  readonly amount_fen?: number | undefined;
}): Fen | null {
  if (body.amount_fen !== undefined) {
    if (!Number.isInteger(body.amount_fen)) throw new RefusedError("amount_not_a_number");
    if (body.amount_fen <= 0) throw new RefusedError("amount_not_positive");
    if (!isFen(body.amount_fen)) throw new RefusedError("amount_too_large");
    return body.amount_fen;
  }
  if (body.amount === undefined) return null;
  const read = parseYuan(typeof body.amount === "number" ? String(body.amount) : body.amount);
  if (typeof read === "string") throw new RefusedError(read);
  return read;
}

/** A counted amount may be nothing at all, which a price may not. */
export function countedOf(text: string): Fen {
  if (/^0+(?:\.0{0,2})?$/.test(text.trim())) return fen(0);
  const read = parseYuan(text);
  if (typeof read === "string") throw new RefusedError(read);
  return read;
}

export function requiredAmountOf(body: Parameters<typeof amountOf>[0]): Fen {
  const amount = amountOf(body);
  if (amount === null) throw new RefusedError("amount_missing");
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
