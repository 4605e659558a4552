/** Issuing: the document of a paid sale is made once, in the commit that learns `paid`. */
import type { Attempt } from "../payment/attempt.ts";
import type { Sale } from "../payment/sale.ts";
import { receiptHash } from "./hash.ts";
import { receiptNumber } from "./number.ts";
import type { Issuer, Receipt, ReceiptContent } from "./receipt.ts";

export interface IssueInput {
  readonly sale: Sale;
  readonly attempt: Attempt;
  readonly issuer: Issuer;
  /** From `nextReceiptCounter`. */
  readonly counter: number;
  /** Unguessable, at least 128 bits, safe in an address. */
  readonly token: string;
  /** "https://r.example.com"; null when no customer's phone could reach us. */
  readonly baseAddress: string | null;
  /** Of the provider that took the money. */
  readonly livemode: boolean;
  readonly nowMs: number;
}

export type IssueRefusal =
  | "attempt_of_another_sale"
  | "attempt_is_not_paid"
  | "amount_differs_from_sale"
  | "trade_number_missing";

/** Makes the receipt of a paid sale, or names the rule that stands against it. `sha256`: lower-case hex of UTF-8. */
export function issueReceipt(
  input: IssueInput,
  sha256: (text: string) => string,
): Receipt | IssueRefusal {
  const content = receiptContent(input);
  if (typeof content === "string") return content;
  return {
    number: content.number,
    saleId: content.saleId,
    content,
    hash: receiptHash(content, sha256),
    token: input.token,
    issuedAtMs: input.nowMs,
    openedAtMs: null,
    copies: 0,
    void: false,
  };
}

/** What the receipt says, without the hash that seals it. */
export function receiptContent(input: IssueInput): ReceiptContent | IssueRefusal {
  const { sale, attempt, issuer, token, nowMs } = input;
  if (attempt.saleId !== sale.id) return "attempt_of_another_sale";
  const hasMoney = attempt.state === "paid" || attempt.latePayment?.decision === "accept";
  if (!hasMoney) return "attempt_is_not_paid";
  if (attempt.amountFen !== sale.amountFen) return "amount_differs_from_sale";
  if (attempt.providerTradeNo === null) return "trade_number_missing";
  const number = receiptNumber(issuer.terminalNo, input.counter);
  return {
    number,
    saleId: sale.id,
    issuer,
    operator: sale.operator,
    provider: attempt.provider,
    method: attempt.method,
    orderNo: attempt.orderNo,
    providerTradeNo: attempt.providerTradeNo,
    payer: attempt.payer,
    paidAtMs: attempt.paidAtMs ?? nowMs,
    amountFen: sale.amountFen,
    items: sale.items,
    livemode: input.livemode,
    training: sale.training,
    url: input.baseAddress === null ? null : receiptAddress(input.baseAddress, token),
  };
}

/** Where the electronic receipt opens: "https://r.example.com" and token "k3…" give "https://r.example.com/r/k3…". */
export const receiptAddress = (baseAddress: string, token: string): string =>
  `${baseAddress.replace(/\/+$/, "")}/r/${token}`;
