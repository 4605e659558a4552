/** The table of Alipay's codes (core/payment/codes/alipay.json), read by exact key. */
import table from "../../../core/payment/codes/alipay.json" with { type: "json" };

export type Api =
  | "alipay.trade.pay"
  | "alipay.trade.precreate"
  | "alipay.trade.query"
  | "alipay.trade.cancel"
  | "alipay.trade.close"
  | "alipay.trade.refund"
  | "alipay.trade.fastpay.refund.query"
  | "alipay.data.dataservice.bill.downloadurl.query";

export interface Row {
  readonly api: string;
  readonly code: string | null;
  readonly sub_code: string | null;
  /** What the code says about the payment. */
  readonly outcome: string;
  readonly needs_query: boolean;
  readonly action: string;
  /** What a refund's code says about that refund. */
  readonly refund_outcome?: string;
  readonly trade_status?: string;
}

const rows: readonly Row[] = table;
const key = (api: string, code: string, subCode: string | null): string =>
  `${api} ${code} ${subCode ?? ""}`;

const byKey = new Map<string, Row>();
const byTradeStatus = new Map<string, Row>();
for (const row of rows) {
  if (row.trade_status !== undefined) byTradeStatus.set(row.trade_status, row);
  // Rows without a code are faults of the wire: no reply ever carries their text.
  else if (row.code !== null && !("cancel_action" in row)) {
    byKey.set(key(row.api, row.code, row.sub_code), row);
  }
}

/** The row of exactly this api, else the row of every api ("*"), else null. Spelling counts: only this may prove something. */
export const rowFor = (api: Api, code: string, subCode: string | null): Row | null =>
  byKey.get(key(api, code, subCode)) ?? byKey.get(key("*", code, subCode)) ?? null;

export const rowForTradeStatus = (status: string): Row | null => byTradeStatus.get(status) ?? null;

/**
 * The same code as other pages of Alipay spell it: without the gateway's prefix, in capitals, `AQC.` as `ACQ.`.
 * Good enough to say what a reply is about, never to prove that no money moved.
 */
export const plainSubCode = (subCode: string): string =>
  subCode
    .trim()
    .replace(/^(aop|isv|isp)\./, "")
    .toUpperCase()
    .replace(/^AQC\./, "ACQ.");
