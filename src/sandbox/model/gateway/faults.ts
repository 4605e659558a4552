/** Faults by control call: "the next N calls of method M do X". They go before what an amount provokes. */
import { behaviour, type BehaviourName } from "./behaviours.ts";
import type { Method } from "./request.ts";
import type { Provocation } from "./sentinels.ts";
import { NO_TWIST, type Twist } from "./trades.ts";

export interface Fault extends Provocation {
  readonly id: string;
  readonly method: Method | "*";
  /** How many calls it still meets. */
  readonly times: number;
  /** Top-level code for a sub-code that the table doesn't know. */
  readonly code: string | null;
}

/** The calls in which a behaviour means something; all where it isn't listed. */
function meets(name: BehaviourName, method: Method): boolean {
  if (name === "cancel_retry") return method === "alipay.trade.cancel";
  if (name === "buyer_pays_first" && method === "alipay.trade.cancel") return true;
  const { side } = behaviour(name);
  return side === "line" || side === "answer" || method === "alipay.trade.pay";
}

export class Faults {
  #list: readonly Fault[] = [];
  #count = 0;

  list(): readonly Fault[] {
    return this.#list;
  }

  add(fault: Omit<Fault, "id">): Fault {
    this.#count += 1;
    const added = { ...fault, id: `f${this.#count}` };
    this.#list = [...this.#list, added];
    return added;
  }

  /** Removes one fault, or all. Gives how many went. */
  clear(id: string | null): number {
    const before = this.#list.length;
    this.#list = id === null ? [] : this.#list.filter((fault) => fault.id !== id);
    return before - this.#list.length;
  }

  /** The first fault that meets this call; counted down unless the call is only a client's check of the line. */
  take(method: Method, isCheck = false): Fault | null {
    const found = this.#list.find(
      (fault) =>
        (fault.method === "*" || fault.method === method) && meets(fault.behaviour, method),
    );
    if (found === undefined || isCheck) return found ?? null;
    this.#list = this.#list
      .map((fault) => (fault === found ? { ...fault, times: fault.times - 1 } : fault))
      .filter((fault) => fault.times > 0);
    return found;
  }
}

/** How a payment under this behaviour departs from the ordinary; `ms` is the wait that belongs to it. */
export function twistOf(provoked: Provocation & Partial<Fault>, ms: number): Twist {
  switch (provoked.behaviour) {
    case "password_confirms":
      return { ...NO_TWIST, ask: { kind: "confirms", afterMs: ms } };
    case "password_refuses":
      return { ...NO_TWIST, ask: { kind: "refuses", afterMs: ms } };
    case "password_never":
      return { ...NO_TWIST, ask: { kind: "waits" } };
    case "cancel_retry_twice":
      return { ...NO_TWIST, ask: { kind: "waits" }, cancelRetries: 2 };
    case "buyer_pays_first":
      return { ...NO_TWIST, ask: { kind: "waits" }, buyerPaysFirst: true };
    case "rolled_back":
      return { ...NO_TWIST, rollBackAfterMs: ms };
    case "notify_twice":
      return { ...NO_TWIST, notify: "twice" };
    case "notify_never":
      return { ...NO_TWIST, notify: "never" };
    default:
      // Of an amount whose answer is lost, late or spoilt: a notification at once would settle it before anybody looks.
      return provoked.times === undefined ? { ...NO_TWIST, notify: "late" } : NO_TWIST;
  }
}
