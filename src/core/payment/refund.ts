/** A refund gives money of a paid attempt back. It belongs to one attempt; done + open never exceed its amount. */
import type { Fen } from "../money/money.ts";
import type { ProviderCode } from "./answers.ts";

export type RefundState = "requested" | "sending" | "done" | "refused" | "unknown";

export interface Refund {
  readonly merchantId: string;
  readonly orderNo: string;
  readonly saleId: string;
  readonly terminalId: string;
  /** Idempotency key at the provider (`out_request_no`): the same over every retry. */
  readonly requestNo: string;
  readonly amountFen: Fen;
  readonly reason: string;
  readonly operatorNo: string;
  /** Money that came in after the attempt had ended: refunded by the system itself. */
  readonly latePayment: boolean;
  readonly state: RefundState;
  readonly version: number;
  readonly requestedAtMs: number;
  /** When the request last left; the same number is sent again only after a query said "not seen". */
  readonly sentAtMs: number | null;
  readonly dueAtMs: number | null;
  readonly tries: number;
  /** It was refused; a query asked after it tells whether an earlier request went through. */
  readonly refusedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly code: ProviderCode | null;
}
