/** What Alipay itself says of buyer, shop, request or amount: each family with codes that a shop really meets. */
import type { CauseFamily } from "../../../src/core/till/view.ts";
import type { Fault } from "../fault.ts";
import { paysFrom } from "../fault.ts";

const refusal = (family: CauseFamily, subCode: string): Fault => ({
  id: subCode,
  family,
  slot: "answer",
  inject: (place) => place.refuses(subCode),
  heal: (place) => place.noFaults(),
});

const wallet = (id: string, name: string, amount?: string): Fault => ({
  id,
  family: "buyer_account",
  slot: "answer",
  inject: async () => {},
  act: paysFrom(name, amount),
});

export const codeFaults: readonly Fault[] = [
  wallet("wallet_too_poor", "chen", "25.00"),
  wallet("wallet_frozen", "zhou"),
  wallet("face_to_face_off", "su"),
  wallet("day_limit", "wu", "150.00"),
  refusal("buyer_account", "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH"),
  refusal("buyer_account", "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR"),
  refusal("buyer_account", "ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT"),
  refusal("buyer_account", "ACQ.PAYMENT_REQUEST_HAS_RISK"),
  refusal("buyer_account", "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE"),
  refusal("buyer_account", "ACQ.MOBILE_PAYMENT_SWITCH_OFF"),
  refusal("amount_or_input", "ACQ.PAYMENT_AUTH_CODE_INVALID"),
  refusal("amount_or_input", "ACQ.TOTAL_FEE_EXCEED"),
  refusal("system", "isv.invalid-signature"),
  refusal("system", "isv.invalid-app-id"),
  refusal("system", "ACQ.INVALID_PARAMETER"),
  refusal("system", "ACQ.INVALID_STORE_ID"),
  refusal("merchant", "ACQ.SELLER_BEEN_BLOCKED"),
  refusal("merchant", "ACQ.MERCHANT_AGREEMENT_NOT_EXIST"),
  refusal("merchant", "ACQ.MERCHANT_STATUS_NOT_NORMAL"),
  refusal("merchant", "ACQ.ACCESS_FORBIDDEN"),
  refusal("merchant", "ACQ.MERCHANT_PERM_RECEIPT_DAY_LIMIT"),
  refusal("merchant", "isv.insufficient-isv-permissions"),
  refusal("provider_api", "ACQ.PULL_MOBILE_CASHIER_FAIL"),
];
