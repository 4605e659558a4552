/** One seed of the rules level: weather, calm, the promised time, and then the books. */
import { isLive } from "../../../core/payment/states.ts";
import { audit } from "../../auditor/audit.ts";
import { FAULT_KINDS, type FaultKind } from "../../faults/kinds.ts";
import { type LiveOrder, outcomeMsMax, Promised } from "../../run/promised.ts";
import type { SeedResult } from "../../run/run.ts";
import { Chance } from "../../world/chance.ts";
import { startMs } from "../../world/machine.ts";
import { factsOf } from "../report/facts.ts";
import { Shop } from "../shop.ts";
import { limitsOf, tailMs } from "../../run/limits.ts";
import { Misfortunes } from "./misfortunes.ts";
import type { RulesPlan } from "./plan.ts";

const minuteMs = 60_000;
/** Sales that can't be made by then aren't made: some weather lets hardly anything happen. */
const weatherMsMaxOfSale = 4 * minuteMs;
const lookMs = 30_000;

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
  return resultOf(shop, inCalm(shop, isBroken));
}

/** See the town level: each outcome in its time, and then the rest of the day. */
function inCalm(shop: Shop, isBroken: () => boolean): Promised {
  const { queue, scribe } = shop;
  const promised = new Promised(scribe.trueMs);
  const look = (): void => promised.look(scribe.trueMs, () => liveOrders(shop));
  queue.run(queue.nowMs + outcomeMsMax, isBroken);
  look();
  const endMs = queue.nowMs + tailMs(shop.plan);
  while (queue.nowMs < endMs && queue.size > 0 && !isBroken()) {
    queue.run(Math.min(queue.nowMs + lookMs, promised.lookAtMs - startMs), isBroken);
    look();
  }
  return promised;
}

function liveOrders({ sales, scribe }: Shop): readonly LiveOrder[] {
  const live = sales.flatMap((sale) => sale.attempts.filter(isLive));
  return live.map(({ saleId, orderNo, state }) => {
    const begunAtMs = scribe.orders.find((one) => one.orderNo === orderNo)?.atMs ?? startMs;
    return { saleId, orderNo, state, begunAtMs };
  });
}

function resultOf(shop: Shop, { late }: Promised): SeedResult {
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
