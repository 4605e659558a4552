/** What a provider's answer proves, in core's words. Adapters make these; nothing above an adapter reads raw codes. */
import type { Fen } from "../money/money.ts";

/** The provider's own words, kept with every answer. Holds no payment code and no unmasked buyer. */
export interface ProviderCode {
  readonly code: string;
  readonly subCode: string | null;
  readonly message: string | null;
}

/** Why an answer proves nothing. `verify`: signature missing or wrong. `mismatch`: not our order or amount. */
export type UnknownReason =
  | "silence"
  | "broken"
  | "unreadable"
  | "verify"
  | "mismatch"
  | "provider"
  | "unlisted";

export interface UnknownAnswer {
  readonly kind: "unknown";
  readonly reason: UnknownReason;
  readonly code: ProviderCode | null;
  /** What an answer says that couldn't be verified: it may be anybody's word, and proves nothing. */
  readonly hint?: ProviderCode;
  /** Where the answer came as something else than a whole 200; for diagnosis only. */
  readonly httpStatus?: number;
}

/** A trade that the provider shows as paid: order and amount were compared by the adapter's caller, not here. */
export interface PaidTrade {
  readonly orderNo: string;
  readonly providerTradeNo: string;
  readonly amountFen: Fen;
  /** As the provider masks it, e.g. 138****0000; null when it doesn't say. */
  readonly payer: string | null;
  readonly paidAtMs: number | null;
}

export type PayAnswer =
  | { readonly kind: "paid"; readonly trade: PaidTrade; readonly code: ProviderCode }
  | { readonly kind: "declined"; readonly code: ProviderCode }
  | {
      readonly kind: "awaiting_buyer";
      readonly providerTradeNo: string | null;
      readonly code: ProviderCode;
    }
  | UnknownAnswer;

export type PrecreateAnswer =
  | { readonly kind: "qr"; readonly qrCode: string; readonly code: ProviderCode }
  | { readonly kind: "declined"; readonly code: ProviderCode }
  | UnknownAnswer;

export type QueryAnswer =
  | { readonly kind: "paid"; readonly trade: PaidTrade; readonly code: ProviderCode }
  | {
      readonly kind: "waiting";
      readonly providerTradeNo: string | null;
      readonly code: ProviderCode;
    }
  | {
      readonly kind: "closed";
      readonly providerTradeNo: string | null;
      readonly code: ProviderCode;
    }
  | { readonly kind: "not_exist"; readonly code: ProviderCode }
  | UnknownAnswer;

export type CancelAnswer =
  | {
      readonly kind: "reversed";
      readonly action: "close" | "refund" | "none";
      /** Left out where the answer names no trade. */
      readonly providerTradeNo?: string;
      readonly code: ProviderCode;
    }
  | { readonly kind: "again"; readonly code: ProviderCode }
  | { readonly kind: "refused_for_now"; readonly code: ProviderCode }
  | { readonly kind: "refused_for_good"; readonly code: ProviderCode }
  | UnknownAnswer;

export type CloseAnswer =
  | { readonly kind: "closed"; readonly code: ProviderCode }
  | { readonly kind: "not_exist"; readonly code: ProviderCode }
  | { readonly kind: "refused"; readonly code: ProviderCode }
  | UnknownAnswer;

export type RefundAnswer =
  | { readonly kind: "done"; readonly refundedTotalFen: Fen | null; readonly code: ProviderCode }
  | { readonly kind: "refused"; readonly code: ProviderCode }
  | UnknownAnswer;

export type RefundQueryAnswer =
  | { readonly kind: "done"; readonly amountFen: Fen; readonly code: ProviderCode }
  | { readonly kind: "not_seen"; readonly code: ProviderCode }
  | UnknownAnswer;

export type BillAddressAnswer =
  | { readonly kind: "address"; readonly url: string }
  | { readonly kind: "none"; readonly code: ProviderCode }
  | UnknownAnswer;

/** A notification whose signature, app and seller were checked. It may be old, doubled or out of order. */
export interface TradeNotification {
  readonly notifyId: string;
  readonly orderNo: string;
  readonly status: "paid" | "waiting" | "closed";
  readonly trade: PaidTrade | null;
  /** Beside a trade that isn't paid; left out where the message names none. */
  readonly providerTradeNo?: string;
}
