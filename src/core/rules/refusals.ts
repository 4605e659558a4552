/**
 * What the product refuses to do, each named after the rule it broke. A refusal is a value: `status` is for the API
 * (RFC 9457 problems carry the code as their `code`), `text` tells the person what happened and what to do now.
 */
import type { Refusal } from "./refusal.ts";
import {
  INPUT,
  type InputRefusal,
  REFUND,
  type RefundRefusal,
  SALE,
  type SaleRefusal,
} from "./refusals-sale.ts";
import {
  DAY,
  type DayRefusal,
  PAPER,
  type PaperRefusal,
  PERSON,
  type PersonRefusal,
  RECORD,
  type RecordRefusal,
} from "./refusals-shop.ts";
import {
  GATE,
  type GateRefusal,
  REQUEST,
  type RequestRefusal,
  SYSTEM,
  type SystemRefusal,
} from "./refusals-system.ts";

export type { Refusal } from "./refusal.ts";
export { REFUND_AMOUNT } from "./refusals-sale.ts";

export type RefusalCode =
  | InputRefusal
  | SaleRefusal
  | RefundRefusal
  | PaperRefusal
  | PersonRefusal
  | DayRefusal
  | RecordRefusal
  | SystemRefusal
  | GateRefusal
  | RequestRefusal;

/** Every refusal with its status and text; total, so a new code doesn't compile without them. */
export const REFUSALS: Record<RefusalCode, Refusal> = {
  ...INPUT,
  ...SALE,
  ...REFUND,
  ...PAPER,
  ...PERSON,
  ...DAY,
  ...RECORD,
  ...SYSTEM,
  ...GATE,
  ...REQUEST,
};
