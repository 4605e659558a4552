/** In which states of an attempt each kind of fault can strike at all. What a run never met is named by this. */
import type { AttemptState } from "../../core/payment/attempt.ts";
import { attemptStates } from "../../core/payment/states.ts";
import type { FaultKind } from "../faults/kinds.ts";

const live: readonly AttemptState[] = ["sending", "awaiting_buyer", "unknown", "reversing"];
const asked = attemptStates.filter((state) => state !== "created");
const ended: readonly AttemptState[] = ["paid", "declined", "reversed"];

/** Kinds that strike a pay call only, or a cancel only. */
const atPay: ReadonlySet<string> = new Set([
  "gateway_password_confirms",
  "gateway_password_refuses",
  "gateway_password_never",
  "gateway_cancel_retry_twice",
  "gateway_rolled_back",
  "gateway_notify_twice",
  "gateway_notify_never",
  "gateway_notify_first",
  "gateway_refused_but_booked",
]);
const atCancel: ReadonlySet<string> = new Set(["gateway_cancel_retry"]);
const whileOpen: ReadonlySet<string> = new Set([
  "second_scan",
  "stop",
  "give_up",
  "pay_otherwise",
  "goods_left",
  "leave_open",
  "ask_again",
]);
const oncePaid: ReadonlySet<string> = new Set(["waive_paper", "refund", "reprint"]);
/** Nobody is served at that moment, or it strikes the whole town. */
const ofNoSale: ReadonlySet<string> = new Set([
  "link_partition",
  "gateway_partition",
  "cable_partition",
  "cable_broken",
  "notice_forged",
  "gateway_maintenance",
  "gateway_down",
  "gateway_blackhole",
  "gateway_balance",
  "hub_crash",
  "hub_disk_full",
  "hub_clock_jump",
  "till_disk_slow",
  "hub_disk_slow",
  "till_clock_off",
  "hub_clock_off",
  "wrong_answer",
  "day_close",
]);

export function reachableStates(kind: FaultKind): readonly AttemptState[] {
  if (ofNoSale.has(kind)) return [];
  if (atPay.has(kind)) return ["sending"];
  if (atCancel.has(kind)) return ["reversing"];
  if (whileOpen.has(kind)) return live;
  if (oncePaid.has(kind)) return ["paid"];
  if (kind === "open_receipt") return ended.slice(0, 1);
  if (kind === "gateway_buyer_pays_first") return ["sending", "reversing"];
  if (kind.startsWith("gateway_") || kind.startsWith("notice_")) return asked;
  return attemptStates;
}

/** Every kind and state that a run could have met, for the table. */
export const reachableCells = (kinds: readonly FaultKind[]): number =>
  kinds.reduce((sum, kind) => sum + reachableStates(kind).length, 0);
