/** The cause table (原因表): every cause by its id. A provider's own codes have their rows in payment/codes. */
import { type AlipayApi, codeRow, causeOf } from "../../payment/codes/codes.ts";
import { DOUBT_CAUSES, HOLD_CAUSES } from "../../text/printer-causes.ts";
import type { DoubtCause, HoldCause } from "../../printing/job.ts";
import { guideOfCode } from "./code-guide.ts";
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

/** Codes of our own request name what the shop's owner or support must mend; the cashier can only go on otherwise. */
const codeRank = 19;

/**
 * The cause that a provider's verified code names: in the call's own row, else in that of a charge. Null: the code isn't in
 * the table, and names nothing.
 */
export function codeCauseRow(
  code: string,
  subCode: string | null,
  asked: AlipayApi = "alipay.trade.pay",
): CauseRow | null {
  const apis = [asked, "alipay.trade.pay", "alipay.trade.precreate"] as const;
  const api = apis.find((one) => codeRow(one, code, subCode) !== null);
  const row = api === undefined ? null : codeRow(api, code, subCode);
  if (api === undefined || row === null) return null;
  const view = causeOf({ code, subCode, message: null }, api);
  return {
    family: view.family,
    title: view.title,
    explain: view.cashier,
    fixer: row.fixer,
    nextStep: view.cashier,
    guide: guideOfCode(row),
    bears: "payment",
    rank: codeRank,
  };
}

export const isNamed = (cause: string): cause is NamedCause => Object.hasOwn(CAUSES, cause);
