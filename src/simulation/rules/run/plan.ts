/** What a seed of the rules level draws: one shop, the timing that it chose, and its weather. */
import { alipayTiming, type PaymentTiming } from "../../../core/payment/timing.ts";
import { alipayRefundTiming, type RefundTiming } from "../../../core/payment/refund-step.ts";
import { drawWeather, without } from "../../faults/draw.ts";
import { FAULT_KINDS, type FaultKind, type Weather } from "../../faults/kinds.ts";
import { Chance } from "../../world/chance.ts";
import { RULES_KINDS } from "./kinds.ts";

export interface RulesPlan {
  readonly seed: number;
  readonly sales: number;
  readonly timing: PaymentTiming;
  readonly refundTiming: RefundTiming;
  readonly weather: Weather;
  /** The only hub of its ledger: it asks at once after a start. */
  readonly isSole: boolean;
  readonly merchantCopy: boolean;
  readonly receiptBase: string | null;
  readonly newsSilenceMs: number;
  readonly declinedLeavesTrade: boolean;
  readonly cancelStopsLatePay: boolean;
}

/** Thinner than over a town: there are far more seeds, and what needs many kinds at once is found there too. */
const densities = [0.02, 0.05, 0.08, 0.15, 0.35];

export const salesOfRulesSeed = 250;

const notHere: readonly FaultKind[] = FAULT_KINDS.filter((kind) => !RULES_KINDS.has(kind));

export function drawRulesPlan(seed: number, sales: number): RulesPlan {
  const chance = new Chance(`rules ${seed}`);
  const isLong = chance.hits(0.1);
  const timing: PaymentTiming = {
    ...alipayTiming,
    confirmPaid: chance.pick(["background", "background", "before_receipt", "off"]),
    afterChecksMs: isLong ? alipayTiming.afterChecksMs : alipayTiming.afterChecksMs.slice(0, 2),
  };
  const weather = without(drawWeather(new Chance(`rules weather ${seed}`), densities), notHere);
  return {
    seed,
    sales,
    timing,
    refundTiming: alipayRefundTiming,
    // Whoever trusts the first answer has nothing against one that is taken back.
    weather: timing.confirmPaid === "off" ? without(weather, ["gateway_rolled_back"]) : weather,
    isSole: chance.hits(0.7),
    merchantCopy: chance.hits(0.1),
    receiptBase: chance.hits(0.7) ? "https://r.example.com" : null,
    newsSilenceMs: chance.pick([10_000, 10_000, 20_000]),
    declinedLeavesTrade: chance.hits(0.1),
    cancelStopsLatePay: chance.hits(0.2),
  };
}
