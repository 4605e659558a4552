/** Which guide leads through the fix of a code: by what is to be done, by whom the row says does it, and where. */
import type { CodeAction, CodeRow } from "../../payment/codes/codes.ts";
import type { Fixer } from "../../till/view.ts";
import type { GuideId } from "../guide/ids.ts";

/** What is wrong with the request or the shop is mended in another place by each. */
const MENDED_BY: Readonly<Record<Fixer, GuideId>> = {
  cashier: "amount",
  owner: "owner_account",
  service_provider: "support",
  provider: "provider_wait",
  buyer: "other_payer",
};

/** Null: whoever mends it has a guide of their own. */
const BY_ACTION: Readonly<Record<CodeAction, GuideId | null>> = {
  buyer_setting: "buyer_setting",
  done: "finish_sale",
  fix_request: null,
  manual: null,
  merchant_setup: null,
  new_order_no: "other_code",
  other_method: "other_payer",
  other_payer: "other_payer",
  query: "provider_wait",
  query_then_new_no: "provider_wait",
  query_then_refund: "provider_wait",
  read_fields: "provider_wait",
  refund_query: "provider_wait",
  rescan: "other_code",
  retry: "provider_wait",
  retry_cancel: "provider_wait",
  retry_cancel_after_topup: "owner_account",
  retry_later: "provider_wait",
  retry_slower: "provider_wait",
};

/**
 * Limits of the shop (facts: "联系支付宝提高限额"): they refuse this amount and not the shop, so that a smaller payment may
 * go through. A suspension has "LIMIT" in its name and isn't one.
 */
const shopLimits = [
  "ACQ.BEYOND_PAY_RESTRICTION",
  "ACQ.BEYOND_PER_RECEIPT_RESTRICTION",
  "ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION",
  "ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION",
  "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR",
  "ACQ.MERCHANT_PERM_RECEIPT_SINGLE_LIMIT",
  "ACQ.MERCHANT_PERM_RECEIPT_DAY_LIMIT",
  "ACQ.RESTRICTED_MERCHANT_INDUSTRY",
] as const;

/** The app, its keys and certificates live at the open platform, contracts and accounts at the merchant platform. */
const atTheOpenPlatform = [
  "isv.app-cert-expired",
  "isv.forbidden-api",
  "isv.missing-signature-config",
  "not-online-app",
] as const;

/** Authorisations, sub-merchants and profit shares: whoever connected the shop to Alipay holds them. */
const withTheServiceProvider = [
  "aop.invalid-auth-token",
  "aop.auth-token-time-out",
  "aop.invalid-app-auth-token",
  "aop.invalid-app-auth-token-no-api",
  "aop.app-auth-token-time-out",
  "invalid-auth-relations",
  "isv.self-invoke-forbidden",
  "ACQ.DEFAULT_SETTLE_RULE_NOT_EXIST",
  "ACQ.ROYALTY_ACCOUNT_NOT_EXIST",
  "ACQ.SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID",
  "ACQ.SECONDARY_MERCHANT_ID_INVALID",
  "ACQ.SECONDARY_MERCHANT_ISV_PUNISH_INDIRECT",
  "ACQ.SECONDARY_MERCHANT_NOT_MATCH",
  "ACQ.SECONDARY_MERCHANT_STATUS_ERROR",
  "ACQ.SUB_MERCHANT_CREATE_FAIL",
  "ACQ.SUB_MERCHANT_TYPE_INVALID",
  "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR",
  "ACQ.REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST",
] as const;

const all = (codes: readonly string[], guide: GuideId): readonly (readonly [string, GuideId])[] =>
  codes.map((code) => [code, guide]);

/** Codes whose fix lies elsewhere than their action alone would say. */
const OWN: ReadonlyMap<string, GuideId> = new Map([
  ...all(shopLimits, "shop_limit"),
  ...all(atTheOpenPlatform, "open_platform"),
  ...all(withTheServiceProvider, "owner_service"),
  ...all(["ACQ.EXIST_FORBIDDEN_WORD", "ACQ.SUB_GOODS_SIZE_MAX_COUNT"], "goods"),
  ...all(
    ["ACQ.CERT_EXPIRED", "ACQ.AUTH_TOKEN_IS_NOT_EXIST", "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR"],
    "other_code",
  ),
  ...all(["isv.invalid-timestamp"], "clock"),
]);

export const guideOfCode = ({ action, fixer, sub_code }: CodeRow): GuideId =>
  OWN.get(sub_code ?? "") ?? BY_ACTION[action] ?? MENDED_BY[fixer];
