/**
 * Alipay's codes: one table (alipay.json), read by key and never spread over `if`s. What isn't in it proves nothing.
 * Every row has its source; texts are ours. The reference page docs/reference/codes.md is printed from it.
 */
import { causeView, OPEN_TEXTS, UNKNOWN_CAUSES, type Asked } from "../../text/causes.ts";
import type { Text } from "../../text/text.ts";
import type { CauseFamily, CauseView, Fixer } from "../../till/view.ts";
import type { ProviderCode } from "../answers.ts";
import table from "./alipay.json" with { type: "json" };

export type AlipayApi =
  | "alipay.trade.pay"
  | "alipay.trade.precreate"
  | "alipay.trade.query"
  | "alipay.trade.cancel"
  | "alipay.trade.close"
  | "alipay.trade.refund"
  | "alipay.trade.fastpay.refund.query"
  | "alipay.data.dataservice.bill.downloadurl.query";

/**
 * What a code proves of the payment. `not_paid`: this request took no money; with `needs_query` an older trade under
 * the same number must be asked for first, so the attempt isn't declined by it. `unknown`: ask, then reverse.
 */
export type CodeOutcome = "paid" | "not_paid" | "pending" | "unknown";

export type CodeAction =
  | "buyer_setting"
  | "done"
  | "fix_request"
  | "manual"
  | "merchant_setup"
  | "new_order_no"
  | "other_method"
  | "other_payer"
  | "query"
  | "query_then_new_no"
  | "query_then_refund"
  | "read_fields"
  | "refund_query"
  | "rescan"
  | "retry"
  | "retry_cancel"
  | "retry_cancel_after_topup"
  | "retry_later"
  | "retry_slower";

export interface CodeRow {
  /** "*": any call, as far as `codeRow` lets it apply. */
  readonly api: AlipayApi | "*";
  /** Null for what stands in place of a reply: transport and verification. */
  readonly code: string | null;
  readonly sub_code: string | null;
  readonly outcome: CodeOutcome;
  readonly needs_query: boolean;
  readonly action: CodeAction;
  readonly family: CauseFamily;
  /** Who can do something about it; the cashier's text names nobody else but as a last resort. */
  readonly fixer: Fixer;
  /** What a refund's code proves of the refund; `outcome` is then that of the payment. */
  readonly refund_outcome?: "not_refunded" | "unknown";
  readonly trade_status?: string;
  readonly cancel_action?: "close" | "refund" | null;
  /** For "未收款：{title}"; at most 14 characters in zh. */
  readonly title: Text;
  readonly cashier: Text;
  readonly customer: Text;
  readonly meaning_zh: string;
  readonly meaning_en: string;
  /** A technical note, not for the till. */
  readonly advice_zh: string;
  readonly note?: string;
  readonly source: string;
}

/** Every row, in the order of the file. Its shape is held by codes.test.ts. */
export const codeRows = table as readonly unknown[] as readonly CodeRow[];

export const askedBy: Record<AlipayApi, Asked> = {
  "alipay.trade.pay": "pay",
  "alipay.trade.precreate": "precreate",
  "alipay.trade.query": "query",
  "alipay.trade.cancel": "cancel",
  "alipay.trade.close": "close",
  "alipay.trade.refund": "refund",
  "alipay.trade.fastpay.refund.query": "refund_query",
  "alipay.data.dataservice.bill.downloadurl.query": "bill",
};

/** Calls that can take money: only here does "not executed" prove that none was taken. */
const charges = (api: AlipayApi): boolean =>
  api === "alipay.trade.pay" || api === "alipay.trade.precreate";

/** Top-level codes that a refusal comes with; beside any other, "not paid" is no proof. */
const refusing: ReadonlySet<string> = new Set([
  "20001",
  "40001",
  "40002",
  "40003",
  "40004",
  "40005",
  "40006",
]);

/**
 * The row of a verified reply, or null: not listed, so it proves nothing. The sub-code decides, whatever the
 * top-level code (ACQ.SYSTEM_ERROR comes with 20000 and with 40004), except that `not_paid` beside a top-level code
 * that says otherwise is a contradiction and no proof. The call's own row wins over "*"; of the "*" rows only those
 * that prove nothing apply to calls that don't charge: a query that was refused says nothing about the trade.
 */
export function codeRow(api: AlipayApi, code: string, subCode: string | null): CodeRow | null {
  if (subCode === null || subCode.trim() === "") {
    return byCode.get(key(api, code)) ?? byCode.get(key("*", code)) ?? null;
  }
  const row = bySubCode(api, subCode);
  if (row === null) return null;
  if (row.outcome === "not_paid" && !refusing.has(code)) return null;
  if (row.api === "*" && row.outcome !== "unknown" && !charges(api)) return null;
  return row;
}

/**
 * The row of a verified reply that is spelled as the row is, to the letter: what ends an attempt or a refund without
 * money needs this one. Another spelling, or the same word under another top-level code, says only what it is about.
 */
export function provingRow(api: AlipayApi, code: string, subCode: string | null): CodeRow | null {
  const row = codeRow(api, code, subCode);
  return row !== null && row.code === code && row.sub_code === subCode ? row : null;
}

/** Whether the table has the code at all, for this call or for any, in whatever spelling: for diagnosis only. */
export const isListed = (api: AlipayApi, code: string, subCode: string | null): boolean =>
  subCode === null ? codeRow(api, code, null) !== null : spelled(api, subCode) !== null;

/** The row of a query that was answered 10000, by its trade_status; null for a status that isn't listed. */
export const tradeStatusRow = (tradeStatus: string): CodeRow | null =>
  codeRows.find((row) => row.trade_status === tradeStatus) ?? null;

/**
 * The cause that a reply names, with what the people at the till do now. Total: a code that isn't listed gives a
 * calm "unlisted" that leaves the money open.
 */
export function causeOf(code: ProviderCode, api: AlipayApi): CauseView {
  const name = nameOf(code);
  const row = codeRow(api, code.code, code.subCode);
  if (row !== null && (row.api === api || charges(api))) return rowCause(row, name);
  const { family, title } = row ?? listedAnywhere(code, api) ?? UNKNOWN_CAUSES.unlisted;
  return causeView(name, { family, title, ...OPEN_TEXTS[askedBy[api]] });
}

const nameOf = (code: ProviderCode): string => code.subCode ?? code.code;

const rowCause = (row: CodeRow, name: string): CauseView => {
  const { family, title, cashier, customer } = row;
  return causeView(name, { family, title, cashier, customer });
};

/** Family and title only: a refused query (wrong key, app not online) is named although it proves nothing. */
const listedAnywhere = (code: ProviderCode, api: AlipayApi): CodeRow | null =>
  code.subCode === null ? null : bySubCode(api, code.subCode);

const bySubCode = (api: AlipayApi, subCode: string): CodeRow | null =>
  spelled(api, subCode) ?? byPlain.get(key(api, `ACQ.${plainSubCode(subCode)}`)) ?? null;

function spelled(api: AlipayApi, subCode: string): CodeRow | null {
  const form = plainSubCode(subCode);
  return (
    byExact.get(key(api, subCode)) ??
    byPlain.get(key(api, form)) ??
    byExact.get(key("*", subCode)) ??
    byPlain.get(key("*", form)) ??
    null
  );
}

/**
 * One spelling for all that are seen: with and without `isv.`, `isp.` and `aop.`, "AQC." for "ACQ.",
 * "INVAILID_ARGUMENTS", "unknow-error", hyphens and small letters (official enums and live replies).
 */
export function plainSubCode(subCode: string): string {
  return subCode
    .trim()
    .toUpperCase()
    .replaceAll("-", "_")
    .replace(/^(?:(?:ISV|ISP|AOP)\.)+/, "")
    .replace(/^AQC\./, "ACQ.")
    .replace("INVAILID", "INVALID")
    .replace(/UNKNOW(?=_)/, "UNKNOWN");
}

const key = (api: AlipayApi | "*", word: string): string => `${api} ${word}`;

/** A map by `keyOf`, the first row of a key winning; rows without a key are left out. */
function mapRows(keyOf: (row: CodeRow) => string | null): ReadonlyMap<string, CodeRow> {
  const map = new Map<string, CodeRow>();
  for (const row of codeRows) {
    const one = keyOf(row);
    if (one !== null && !map.has(one)) map.set(one, row);
  }
  return map;
}

/** Rows that stand for a field of the reply are found by that field, not by their code. */
const isOfField = (row: CodeRow): boolean =>
  row.trade_status !== undefined || row.cancel_action !== undefined;

const byExact = mapRows((row) =>
  row.code === null || row.sub_code === null ? null : key(row.api, row.sub_code),
);
const byPlain = mapRows((row) =>
  row.code === null || row.sub_code === null ? null : key(row.api, plainSubCode(row.sub_code)),
);
const byCode = mapRows((row) =>
  row.code === null || row.sub_code !== null || isOfField(row) ? null : key(row.api, row.code),
);
