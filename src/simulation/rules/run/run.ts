/** One seed of the rules level: weather, calm, the promised time, and then the books. */
import { isLive } from "../../../core/payment/states.ts";
import { audit } from "../../auditor/audit.ts";
import type { OpenFact } from "../../auditor/facts.ts";
import { FAULT_KINDS, type FaultKind } from "../../faults/kinds.ts";
import type { SeedResult } from "../../run/run.ts";
import { Chance } from "../../world/chance.ts";
import { factsOf } from "../report/facts.ts";
import { Shop } from "../shop.ts";
import { limitsOf, tailMs } from "../../run/limits.ts";
import { Misfortunes } from "./misfortunes.ts";
import type { RulesPlan } from "./plan.ts";

const minuteMs = 60_000;
/** Sales that can't be made by then aren't made: some weather lets hardly anything happen. */
const weatherMsMaxOfSale = 4 * minuteMs;
const lookMs = 30_000;
/** See the town level: by then every outcome is known, whatever the weather left. */
const outcomeMsMax = 240_000;

const calm = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as Record<FaultKind, number>;

export function runRulesSeed(plan: RulesPlan, keepsStory: boolean): SeedResult {
  const chance = new Chance(`rules run ${plan.seed}`);
  const shop = new Shop(plan, chance, keepsStory);
  const misfortunes = new Misfortunes(shop, chance.fork("misfortunes"));
  const { queue, scribe, cashier } = shop;
  const isBroken = (): boolean => scribe.violation !== null;
  misfortunes.begin();
  shop.hub.start();
  shop.till.start();
  const weatherMsMax = weatherMsMaxOfSale * plan.sales;
  while (cashier.salesLeft > 0 && queue.nowMs < weatherMsMax && !isBroken())
    queue.run(queue.nowMs + lookMs, isBroken);
  cashier.salesLeft = 0;
  shop.weather = calm;
  misfortunes.end();
  const late = promised(shop, isBroken);
  // The last check after an unpaid end, and time for what it finds.
  const endMs = queue.nowMs + tailMs(plan);
  while (queue.nowMs < endMs && queue.size > 0 && !isBroken())
    queue.run(queue.nowMs + lookMs, isBroken);
  return resultOf(shop, late);
}

function promised({ queue, sales, scribe }: Shop, isBroken: () => boolean): readonly OpenFact[] {
  const sinceMs = scribe.trueMs;
  queue.run(queue.nowMs + outcomeMsMax, isBroken);
  const late: OpenFact[] = [];
  for (const sale of sales)
    for (const attempt of sale.attempts)
      if (isLive(attempt)) {
        const { orderNo: number, state } = attempt;
        late.push({ saleId: sale.id, what: "attempt", number, state, sinceMs });
      }
  return late;
}

function resultOf(shop: Shop, late: readonly OpenFact[]): SeedResult {
  const { plan, queue, scribe } = shop;
  const early = scribe.violation;
  const violations =
    early === null ? audit(factsOf(shop, late), limitsOf(plan), null, scribe.slips) : [early];
  scribe.digest.add(queue.happened);
  return {
    seed: plan.seed,
    sales: shop.sales.length,
    events: queue.happened,
    virtualMs: queue.nowMs,
    violations,
    digest: scribe.digest.text(),
    coverage: scribe.strikes.cells(),
    story: scribe.story ?? [],
  };
}
