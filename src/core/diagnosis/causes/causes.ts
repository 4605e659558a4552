/** The cause table (原因表): every cause by its id. A provider's own codes have their rows in payment/codes. */
import { type CodeAction, codeRow, type CodeRow, causeOf } from "../../payment/codes/codes.ts";
import { DOUBT_CAUSES, HOLD_CAUSES } from "../../text/printer-causes.ts";
import type { DoubtCause, HoldCause } from "../../printing/job.ts";
import type { Fixer } from "../finding.ts";
import type { GuideId } from "../guide/ids.ts";
import { DEVICE_CAUSES, type DeviceCause, doubtRow, holdRow } from "./device.ts";
import { NETWORK_CAUSES, type NetworkCause } from "./network.ts";
import {
  BUYER_CAUSES,
  type BuyerCause,
  INPUT_CAUSES,
  type InputCauseId,
  MAINTENANCE_CAUSES,
  type MaintenanceCause,
  MERCHANT_CAUSES,
  type MerchantCause,
  OPERATION_CAUSES,
  type OperationCause,
  PROVIDER_CAUSES,
  type ProviderCause,
} from "./people.ts";
import type { CauseRow } from "./row.ts";
import { SYSTEM_CAUSES, type SystemCause } from "./system.ts";

export type NamedCause =
  | NetworkCause
  | DeviceCause
  | SystemCause
  | ProviderCause
  | InputCauseId
  | OperationCause
  | BuyerCause
  | MerchantCause
  | MaintenanceCause
  | HoldCause
  | DoubtCause;

const rowsOf = <K extends string>(
  causes: Readonly<Record<K, unknown>>,
  row: (cause: K) => CauseRow,
): Record<K, CauseRow> =>
  Object.fromEntries((Object.keys(causes) as K[]).map((cause) => [cause, row(cause)])) as Record<
    K,
    CauseRow
  >;

export const CAUSES: Readonly<Record<NamedCause, CauseRow>> = {
  ...NETWORK_CAUSES,
  ...DEVICE_CAUSES,
  ...SYSTEM_CAUSES,
  ...PROVIDER_CAUSES,
  ...INPUT_CAUSES,
  ...OPERATION_CAUSES,
  ...BUYER_CAUSES,
  ...MERCHANT_CAUSES,
  ...MAINTENANCE_CAUSES,
  ...rowsOf(HOLD_CAUSES, holdRow),
  ...rowsOf(DOUBT_CAUSES, doubtRow),
};

const BY_ACTION: Readonly<Record<CodeAction, readonly [Fixer, GuideId]>> = {
  buyer_setting: ["buyer", "buyer_setting"],
  done: ["cashier", "finish_sale"],
  fix_request: ["service_provider", "support"],
  manual: ["service_provider", "support"],
  merchant_setup: ["owner", "owner_account"],
  new_order_no: ["cashier", "other_code"],
  other_method: ["buyer", "other_payer"],
  other_payer: ["buyer", "other_payer"],
  query: ["provider", "provider_wait"],
  query_then_new_no: ["cashier", "provider_wait"],
  query_then_refund: ["owner", "support"],
  read_fields: ["provider", "provider_wait"],
  refund_query: ["provider", "provider_wait"],
  rescan: ["cashier", "other_code"],
  retry: ["provider", "provider_wait"],
  retry_cancel: ["provider", "provider_wait"],
  retry_cancel_after_topup: ["owner", "owner_account"],
  retry_later: ["provider", "provider_wait"],
  retry_slower: ["service_provider", "provider_wait"],
};

/** Codes of our own request name what the shop's owner or support must mend; the cashier can only go on otherwise. */
const codeRank = 19;

/**
 * Limits of the shop (facts: "联系支付宝提高限额"): they refuse this amount and not the shop, so that a smaller payment may
 * go through. A suspension has "LIMIT" in its name and isn't one.
 */
const shopLimits: ReadonlySet<string> = new Set([
  "ACQ.BEYOND_PAY_RESTRICTION",
  "ACQ.BEYOND_PER_RECEIPT_RESTRICTION",
  "ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION",
  "ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION",
  "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR",
  "ACQ.MERCHANT_PERM_RECEIPT_SINGLE_LIMIT",
  "ACQ.MERCHANT_PERM_RECEIPT_DAY_LIMIT",
]);

function guideOf(row: CodeRow): GuideId | null {
  if (row.family === "amount_or_input" && row.action === "fix_request") return "amount";
  return shopLimits.has(row.sub_code ?? "") ? "shop_limit" : null;
}

/** Whom the code's own words name: what the shop has agreed with Alipay is its owner's, what was set up is support's. */
function fixOf({ action, family }: CodeRow): readonly [Fixer, GuideId] {
  const isToMend = action === "fix_request" || action === "merchant_setup";
  if (isToMend && family === "merchant") return BY_ACTION.merchant_setup;
  if (isToMend && family === "system") return BY_ACTION.fix_request;
  return BY_ACTION[action];
}

/** The cause that a provider's verified code names; null: the code isn't in the table, and names nothing. */
export function codeCauseRow(code: string, subCode: string | null): CauseRow | null {
  const row = codeRow("alipay.trade.pay", code, subCode);
  if (row === null) return null;
  const view = causeOf({ code, subCode, message: null }, "alipay.trade.pay");
  const [fixer, guide] = fixOf(row);
  return {
    family: view.family,
    title: view.title,
    explain: view.cashier,
    fixer,
    nextStep: view.cashier,
    guide: guideOf(row) ?? guide,
    bears: "payment",
    rank: codeRank,
  };
}

export const isNamed = (cause: string): cause is NamedCause => Object.hasOwn(CAUSES, cause);
