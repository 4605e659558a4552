/** One sale as it stands at each of the parties. */
import type { Attempt } from "../../core/payment/attempt.ts";
import type { Refund } from "../../core/payment/refund.ts";
import type { SaleRecord } from "../../ports/journal.ts";

export class Sale {
  readonly n: number;
  readonly id: string;
  /** What the till has in mind, and what of it its journal has. */
  record: SaleRecord;
  durable: SaleRecord;
  /** The hub's ledger: one row an order number, oldest first. */
  readonly attempts: Attempt[] = [];
  readonly refunds: Refund[] = [];
  /** Numbers that the hub has refused for good: a late intent finds the tombstone. */
  readonly withdrawn: string[] = [];
  /** Waiting at the hub for earlier numbers to be closed out. */
  readonly closing: ((attempt: Attempt) => void)[] = [];
  /** By the till's own clock that never jumps: when the hub was last heard of this sale. */
  heardMs = 0;
  /** News of it got lost on the way to the till. */
  missed = false;
  /** Something of it is on its way, and is asked about when it is silent for long. */
  isWaiting = false;
  /** Not finished: the till looks after it. */
  isOpen = true;
  /** Times that the hub's timers were set for, so that a row has no more timers than it needs. */
  timerAtMs: number[] = [];
  /** Until then what the hub must hear is on its way. */
  tellsAgainAtMs = 0;
  /** What the cashier was told last. */
  #toldOrder: string | null = null;
  #toldName = "";
  #toldMayCharge = false;
  #toldLies = 0;
  /** The cashier has an errand with it that hasn't been run yet. */
  hasErrand = false;
  /** Its paper has been waited for, and is later than it should be. */
  isPaperAwaited = false;
  isPaperLate = false;
  /** How often somebody has worried about its open outcome. */
  worries = 0;
  /** The owner has been told that money can't go back, and will try again. */
  isOwnerAsked = false;

  constructor(n: number, id: string, record: SaleRecord) {
    this.n = n;
    this.id = id;
    this.record = record;
    this.durable = record;
  }

  /** Whether it was said before; it is said now. */
  isTold(orderNo: string | null, name: string, mayCharge: boolean, lies: number): boolean {
    const isSame =
      orderNo === this.#toldOrder &&
      name === this.#toldName &&
      mayCharge === this.#toldMayCharge &&
      lies === this.#toldLies;
    if (isSame) return true;
    this.#toldLies = lies;
    this.#toldOrder = orderNo;
    this.#toldName = name;
    this.#toldMayCharge = mayCharge;
    return false;
  }
}
