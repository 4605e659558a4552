/** What goes wrong at the provider, drawn anew for each call: the sandbox's own list of misbehaviour. */
import type { BehaviourName } from "../../sandbox/model/gateway/behaviours.ts";
import type { Call, GatewayModel } from "../../sandbox/model/gateway/gateway.ts";
import type { Chance } from "../world/chance.ts";

/** Share of calls that meet each behaviour; what isn't named never happens. */
export type CallFaultShares = Readonly<Partial<Record<BehaviourName, number>>>;

/** Codes that a business answers now and then; each call draws from those of its own. */
const subCodes: Readonly<Record<string, readonly string[]>> = {
  "alipay.trade.pay": [
    "ACQ.BUYER_BALANCE_NOT_ENOUGH",
    "ACQ.PAYMENT_AUTH_CODE_INVALID",
    "ACQ.USER_FACE_PAYMENT_SWITCH_OFF",
    "ACQ.TRADE_HAS_CLOSE",
    "ACQ.PAYMENT_FAIL",
    "ACQ.INVALID_PARAMETER",
  ],
  "alipay.trade.cancel": ["ACQ.SELLER_BALANCE_NOT_ENOUGH", "ACQ.REASON_TRADE_BEEN_FREEZEN"],
  "alipay.trade.refund": ["ACQ.SELLER_BALANCE_NOT_ENOUGH", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"],
  "alipay.trade.query": ["ACQ.INVALID_PARAMETER"],
  "alipay.trade.fastpay.refund.query": ["ACQ.INVALID_PARAMETER"],
};

/** Refusals that prove, by the provider's own list, that no money was taken. */
const finalRefusals: readonly string[] = [
  "ACQ.BUYER_BALANCE_NOT_ENOUGH",
  "ACQ.USER_FACE_PAYMENT_SWITCH_OFF",
];

export class CallFaults {
  readonly #chance: Chance;
  readonly #struck: (kind: string, orderNo: string | null) => void;
  #refusedButBooked = 0;
  #isDoubled = false;
  #shares: readonly (readonly [BehaviourName, number])[] = [];

  constructor(chance: Chance, struck: (kind: string, orderNo: string | null) => void) {
    this.#chance = chance;
    this.#struck = struck;
  }

  setShares(shares: CallFaultShares): void {
    const all = Object.entries(shares) as [BehaviourName, number][];
    this.#shares = all.filter(([, share]) => share > 0);
  }

  /** A copy of a refused refund would be worked on: then refunds aren't refused. */
  setDoubled(isDoubled: boolean): void {
    this.#isDoubled = isDoubled;
  }

  setRefusedButBooked(share: number): void {
    this.#refusedButBooked = share;
  }

  /** Refuses this pay; gives after how many ms it is booked all the same. */
  refuseAndBook(model: GatewayModel, call: Call): number | null {
    if (call.method !== "alipay.trade.pay" || !this.#chance.hits(this.#refusedButBooked))
      return null;
    if (isDone(model, call)) return null;
    const subCode = this.#chance.pick(finalRefusals);
    model.faults.add({
      behaviour: "sub_code",
      method: call.method,
      times: 1,
      code: null,
      subCode,
      ms: null,
    });
    this.#struck("gateway_refused_but_booked", call.biz["out_trade_no"] as string);
    return this.#chance.whole(500, 50_000);
  }

  /** At most one behaviour meets this call. */
  arm(model: GatewayModel, call: Call): void {
    if (this.#shares.length === 0) return;
    let draw = this.#chance.next();
    for (const [behaviour, share] of this.#shares) {
      draw -= share;
      if (draw >= 0) continue;
      const copied = this.#isDoubled && call.method === "alipay.trade.refund";
      if (behaviour === "sub_code" && (copied || isDone(model, call))) return;
      const subCode =
        behaviour === "sub_code"
          ? this.#chance.pick(subCodes[call.method] ?? ["ACQ.SYSTEM_ERROR"])
          : null;
      const before = model.faults.list().length;
      model.faults.add({
        behaviour,
        method: call.method,
        times: 1,
        code: null,
        subCode,
        ms: this.#msOf(behaviour),
      });
      if (model.faults.list().length > before) {
        const orderNo = call.biz["out_trade_no"];
        this.#struck(`gateway_${behaviour}`, typeof orderNo === "string" ? orderNo : null);
      }
      return;
    }
  }

  /** Waits that the table fixes are drawn here, up to and beyond every limit of ours. */
  #msOf(behaviour: BehaviourName): number | null {
    switch (behaviour) {
      case "password_confirms":
        return this.#chance.hits(0.3)
          ? this.#chance.whole(55_000, 80_000)
          : this.#chance.whole(1_000, 40_000);
      case "password_refuses":
        return this.#chance.whole(1_000, 70_000);
      case "slow_answer":
      case "very_slow_answer":
        return this.#chance.whole(500, 12_000);
      case "late_booking":
        return this.#chance.whole(1_000, 55_000);
      case "booked_after_cancel":
        return this.#chance.whole(1, 20_000);
      case "rolled_back":
        // Before anybody has asked, as a rule: what a query has shown, the provider doesn't take back.
        return this.#chance.whole(1, 30);
      default:
        return null;
    }
  }
}

/** What has been booked already isn't refused: a copy of the request is answered by what stands in the book. */
function isDone(model: GatewayModel, { method, biz }: Call): boolean {
  const trade = model.book.trades.get(biz["out_trade_no"] as string);
  if (trade === undefined) return false;
  if (method === "alipay.trade.refund")
    return trade.refunds.some(({ requestNo }) => requestNo === biz["out_request_no"]);
  return method === "alipay.trade.pay";
}
