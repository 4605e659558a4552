import type { Limits } from "../../auditor/facts.ts";
import type { RulesPlan } from "./plan.ts";

/**
 * Money can come after a proven end where the provider processes a request twice, refuses and books all the same or
 * keeps a refused trade open.
 */
export function lateMoneyOf({ weather, declinedLeavesTrade }: RulesPlan): Limits["lateMoney"] {
  return declinedLeavesTrade ||
    weather.gateway_message_doubled > 0 ||
    weather.gateway_refused_but_booked > 0 ||
    weather.gateway_sub_code > 0
    ? "possible"
    : "never";
}

const minuteMs = 60_000;

export const limitsOf = (plan: RulesPlan): Limits => ({
  lateMoney: lateMoneyOf(plan),
  // A hub whose clock was set leans towards it by a twentieth, so its three hours may be longer.
  timerLateMs: minuteMs + Math.max(0, ...plan.timing.afterChecksMs) / 15,
  openMs: { attempt: 0, refund: 0, job: 0 },
});
