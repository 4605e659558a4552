/** A receipt (小票) is the document of a paid sale: issued once, one number, content that no longer changes. */
import type { Fen } from "../money/money.ts";
import type { AttemptMethod, ProviderName } from "../payment/attempt.ts";

export interface ReceiptItem {
  readonly name: string;
  readonly quantity: number;
  readonly priceFen: Fen;
}

/** Who issues: what stands on top of every paper. Empty texts are left out of the paper. */
export interface Issuer {
  readonly merchantName: string;
  readonly merchantNo: string;
  readonly storeName: string;
  readonly storeNo: string;
  readonly terminalNo: string;
  readonly address: string;
  readonly phone: string;
}

export interface ReceiptContent {
  readonly number: string;
  readonly saleId: string;
  readonly issuer: Issuer;
  readonly operator: { readonly no: string; readonly name: string };
  readonly provider: ProviderName;
  readonly method: AttemptMethod;
  readonly orderNo: string;
  readonly providerTradeNo: string;
  readonly payer: string | null;
  readonly paidAtMs: number;
  readonly amountFen: Fen;
  readonly items: readonly ReceiptItem[];
  /** False: the money was the sandbox's, and the paper says 演示 · 非真实交易. */
  readonly livemode: boolean;
  readonly training: boolean;
  /** Where the electronic receipt opens; null when no reachable base address is set. */
  readonly url: string | null;
}

export interface Receipt {
  readonly number: string;
  readonly saleId: string;
  readonly content: ReceiptContent;
  /** SHA-256 of the canonical content; copies print its first 8 digits. */
  readonly hash: string;
  /** The unguessable part of the electronic receipt's address. */
  readonly token: string;
  readonly issuedAtMs: number;
  /** The customer pressed the button on the electronic receipt. */
  readonly openedAtMs: number | null;
  /** Marked copies ordered so far; the next copy prints 补打 第 N 次. */
  readonly copies: number;
  /** Contradicted by the provider (roll-back): no paper of it prints any more. */
  readonly void: boolean;
}
