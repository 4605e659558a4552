/** Amounts that provoke something: 800.01 to 808.99 yuan, so that ordinary amounts never do. */
import { fen, yuanText, type Fen } from "../../../core/money/money.ts";
import { BEHAVIOURS, behaviour, type BehaviourName } from "./behaviours.ts";
import { answerable } from "./codes.ts";
import type { Method } from "./request.ts";
import {
  CANCEL_SUB_CODES,
  CLOSE_SUB_CODES,
  COMMON_SUB_CODES,
  PAY_SUB_CODES,
  PRECREATE_SUB_CODES,
  QUERY_SUB_CODES,
  REFUND_QUERY_SUB_CODES,
  REFUND_SUB_CODES,
} from "./sentinel-codes.ts";

export interface Provocation {
  readonly behaviour: BehaviourName;
  readonly subCode: string | null;
  /** Overrides the behaviour's own wait, in ms. */
  readonly ms: number | null;
}

export interface Sentinel extends Provocation {
  readonly amountFen: Fen;
  /** The calls that react to the amount: of the order itself, or of the trade that they name. */
  readonly methods: readonly Method[];
}

/** 800.01, 800.02, … in this order; add at the end only. */
const BEHAVIOUR_ORDER: readonly BehaviourName[] = [
  "password_confirms",
  "password_never",
  "password_refuses",
  "silence_after",
  "silence_before",
  "reset_before",
  "reset_after",
  "slow_answer",
  "very_slow_answer",
  "system_error_before",
  "system_error_after",
  "late_booking",
  "booked_after_cancel",
  "rolled_back",
  "wrong_signature",
  "missing_signature",
  "truncated_body",
  "slow_body",
  "http_502_before",
  "http_502_after",
  "portal_page",
  "notify_first",
  "notify_twice",
  "notify_never",
  "cancel_retry_twice",
  "buyer_pays_first",
];

const pay: Method = "alipay.trade.pay";
const precreate: Method = "alipay.trade.precreate";
const precreateCodes = new Set(
  answerable.filter((row) => row.api === precreate).map((row) => row.sub_code),
);

interface Group {
  readonly yuan: number;
  readonly subCodes: readonly string[];
  readonly methods: (subCode: string) => readonly Method[];
}

const GROUPS: readonly Group[] = [
  {
    yuan: 801,
    subCodes: PAY_SUB_CODES,
    methods: (subCode) => (precreateCodes.has(subCode) ? [pay, precreate] : [pay]),
  },
  { yuan: 802, subCodes: COMMON_SUB_CODES, methods: () => [pay, precreate] },
  { yuan: 803, subCodes: REFUND_SUB_CODES, methods: () => ["alipay.trade.refund"] },
  { yuan: 804, subCodes: CANCEL_SUB_CODES, methods: () => ["alipay.trade.cancel"] },
  { yuan: 805, subCodes: QUERY_SUB_CODES, methods: () => ["alipay.trade.query"] },
  { yuan: 806, subCodes: CLOSE_SUB_CODES, methods: () => ["alipay.trade.close"] },
  {
    yuan: 807,
    subCodes: REFUND_QUERY_SUB_CODES,
    methods: () => ["alipay.trade.fastpay.refund.query"],
  },
  { yuan: 808, subCodes: PRECREATE_SUB_CODES, methods: () => [precreate] },
];

/** A buyer's behaviour needs a buyer: with a QR code it shows when the code is scanned. */
const behaviourMethods = (name: BehaviourName): readonly Method[] =>
  behaviour(name).side === "buyer" || behaviour(name).side === "notify" ? [pay] : [pay, precreate];

export const SENTINELS: readonly Sentinel[] = [
  ...BEHAVIOUR_ORDER.map((name, index) => ({
    amountFen: fen(80_001 + index),
    behaviour: name,
    subCode: null,
    ms: null,
    methods: behaviourMethods(name),
  })),
  ...GROUPS.flatMap((group) =>
    group.subCodes.map((subCode, index) => ({
      amountFen: fen(group.yuan * 100 + 1 + index),
      behaviour: "sub_code" as const,
      subCode,
      ms: null,
      methods: group.methods(subCode),
    })),
  ),
];

const byAmount = new Map<number, Sentinel>(SENTINELS.map((one) => [one.amountFen, one]));

/** What the amount provokes in a call of this method, or null. */
export function sentinelFor(method: Method, amountFen: Fen): Sentinel | null {
  const found = byAmount.get(amountFen);
  return found !== undefined && found.methods.includes(method) ? found : null;
}

/** One row for people: amount, calls, what happens. */
export const sentinelRow = (one: Sentinel): { amount: string; methods: string; what: string } => ({
  amount: yuanText(one.amountFen),
  methods: one.methods.map((method) => method.replace("alipay.trade.", "")).join(", "),
  what: one.subCode ?? `${BEHAVIOURS[one.behaviour].text.zh} (${one.behaviour})`,
});
