/** What a run must keep, whichever level it is of: when late money may come, and how long anything may stay open. */
import type { Limits } from "../auditor/facts.ts";
import type { Plan } from "./plan.ts";

type Drawn = Pick<Plan, "weather" | "declinedLeavesTrade" | "timing">;

/**
 * Money can come after a proven end where the provider processes a request twice, refuses and books all the same or
 * keeps a refused trade open.
 */
export function lateMoneyOf({ weather, declinedLeavesTrade }: Drawn): Limits["lateMoney"] {
  return declinedLeavesTrade ||
    weather.gateway_message_doubled > 0 ||
    weather.gateway_refused_but_booked > 0 ||
    weather.gateway_sub_code > 0
    ? "possible"
    : "never";
}

const minuteMs = 60_000;

export const limitsOf = (plan: Drawn): Limits => ({
  lateMoney: lateMoneyOf(plan),
  // A hub whose clock was set leans towards it by a twentieth, so its three hours may be longer.
  timerLateMs: minuteMs + Math.max(0, ...plan.timing.afterChecksMs) / 15,
  openMs: { attempt: 0, refund: 0, job: 0 },
});

/** The last check after an unpaid end, and time for what it finds. */
export const tailMs = ({ timing }: Drawn): number =>
  Math.max(0, ...timing.afterChecksMs) + 20 * minuteMs;
