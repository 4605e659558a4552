/** The provider: the sandbox's own pure model, woken when something of it is due, with faults drawn for each call. */
import { fen } from "../../core/money/money.ts";
import { GatewayModel, type Answer, type Call } from "../../sandbox/model/gateway/gateway.ts";
import type { Notification } from "../../sandbox/model/gateway/notifications.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../sandbox/model/gateway/settings.ts";
import type { Trade } from "../../sandbox/model/gateway/trades.ts";
import type { Chance } from "../world/chance.ts";
import { startMs } from "../world/machine.ts";
import type { Timeline } from "../world/timeline.ts";
import type { CallFaults } from "./call-faults.ts";

export interface GatewayEars {
  /** A trade changed in the provider's own book. */
  trade(trade: Trade): void;
  /** A notification is to be delivered. */
  notify(notification: Notification): void;
}

export class Gateway {
  readonly model: GatewayModel;
  readonly #time: Timeline;
  readonly #ears: GatewayEars;
  readonly #faults: CallFaults;
  #wakesAtMs = Number.POSITIVE_INFINITY;

  constructor(
    time: Timeline,
    chance: Chance,
    faults: CallFaults,
    ears: GatewayEars,
    settings: Partial<Settings>,
  ) {
    this.#time = time;
    this.#ears = ears;
    this.#faults = faults;
    const digits = chance.fork("digits");
    this.model = new GatewayModel(
      { ...DEFAULT_SETTINGS, ...settings, notifyOn: ["TRADE_SUCCESS", "TRADE_CLOSED"] },
      (count) => digits.digits(count),
    );
    this.model.book.merchant = { balanceFen: fen(100_000_000), withdrawnFen: 0 };
  }

  /** Wall clock of the provider, which is right. */
  get nowMs(): number {
    return startMs + this.#time.nowMs;
  }

  call(call: Call): Answer {
    const bookedAfterMs = this.#faults.refuseAndBook(this.model, call);
    if (bookedAfterMs === null) this.#faults.arm(this.model, call);
    else this.#bookLater(call, bookedAfterMs);
    const answer = this.model.call(call, this.nowMs);
    this.model.faults.clear(null);
    if (call.method === "alipay.trade.query") this.#stands(call.biz["out_trade_no"] as string);
    this.settle();
    return answer;
  }

  /** What a query has shown, the provider doesn't take back. */
  #stands(outTradeNo: string): void {
    const { book } = this.model;
    const trade = book.trades.get(outTradeNo);
    if (trade?.status !== "TRADE_SUCCESS" || trade.twist.rollBackAfterMs === null) return;
    book.putTrade({ ...trade, twist: { ...trade.twist, rollBackAfterMs: null } });
  }

  /** The refused request is worked on after all, with the code as it was. */
  #bookLater(call: Call, ms: number): void {
    const code = this.model.book.codes.get(call.biz["auth_code"] as string);
    this.#time.after(ms, () => {
      if (code !== undefined) this.model.book.putCode(code);
      this.model.call(call, this.nowMs);
      this.settle();
    });
  }

  /** To be called after everything that was done to the model. */
  settle(): void {
    for (const change of this.model.book.takeChanges()) {
      if (change.table === "trade" && change.value !== null)
        this.#ears.trade(change.value as Trade);
    }
    for (const one of this.model.takeOutbox()) if (!this.#isTakenBack(one)) this.#ears.notify(one);
    this.#wake();
  }

  /** What the provider takes back it hasn't announced. */
  #isTakenBack({ outTradeNo }: Notification): boolean {
    return (this.model.book.trades.get(outTradeNo)?.twist.rollBackAfterMs ?? null) !== null;
  }

  #wake(): void {
    const dueMs = this.model.nextDueMs();
    if (dueMs === null || dueMs >= this.#wakesAtMs) return;
    this.#wakesAtMs = dueMs;
    this.#time.after(dueMs - this.nowMs, () => {
      if (this.#wakesAtMs !== dueMs) return;
      this.#wakesAtMs = Number.POSITIVE_INFINITY;
      this.model.advance(this.nowMs);
      this.settle();
    });
  }
}
