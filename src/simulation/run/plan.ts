/** What one seed draws before anything happens: the town, its machines, and its weather. Printed first when it fails. */
import { alipayTiming, type PaymentTiming } from "../../core/payment/timing.ts";
import type { ProfileName } from "../../sandbox/model/printer/traits.ts";
import { drawWeather, without } from "../faults/draw.ts";
import type { Weather } from "../faults/kinds.ts";
import { Chance } from "../world/chance.ts";

export interface TillPlan {
  readonly merchant: number;
  readonly printer: ProfileName;
  readonly paperMm: 58 | 80;
  /** 0: printing takes no time; else lines come out one by one. */
  readonly dotsPerSecond: number;
  readonly resumeNeedsFeed: boolean;
  readonly idSurvivesDisconnect: boolean;
  readonly merchantCopy: boolean;
  readonly sales: number;
}

export interface Plan {
  readonly seed: number;
  /** `box`: each till has its own hub in its own process. `chain`: all share the hubs. */
  readonly topology: "box" | "chain";
  readonly hubs: number;
  readonly merchants: number;
  readonly tills: readonly TillPlan[];
  readonly receiptBase: string | null;
  readonly timing: PaymentTiming;
  readonly idlePollMs: number;
  readonly newsSilenceMs: number;
  readonly declinedLeavesTrade: boolean;
  readonly cancelStopsLatePay: boolean;
  readonly weather: Weather;
}

export interface PlanOptions {
  /** Of the whole seed. */
  readonly sales: number;
}

export const salesOfSeed = 400;

export function drawPlan(seed: number, { sales }: PlanOptions): Plan {
  const chance = new Chance(`plan ${seed}`);
  const topology = chance.hits(0.25) ? "box" : "chain";
  const tillCount = Math.min(sales, chance.hits(0.1) ? chance.whole(7, 20) : chance.whole(1, 6));
  const merchants = chance.whole(1, 3);
  const hubs = topology === "box" ? 1 : chance.pick([1, 1, 2, 3]);
  const timing = drawTiming(chance.fork("timing"));
  const weather = drawWeather(new Chance(`weather ${seed}`));
  return {
    seed,
    topology,
    hubs,
    merchants,
    tills: Array.from({ length: tillCount }, (_, index) =>
      drawTill(chance.fork(`till ${index}`), merchants, Math.ceil(sales / tillCount)),
    ),
    receiptBase: chance.hits(0.7) ? "https://r.example.com" : null,
    timing,
    idlePollMs: chance.pick([10_000, 60_000, 60_000, 60_000]),
    newsSilenceMs: chance.pick([10_000, 10_000, 20_000]),
    declinedLeavesTrade: chance.hits(0.1),
    cancelStopsLatePay: chance.hits(0.2),
    // Whoever trusts the first answer has nothing against one that is taken back.
    weather: timing.confirmPaid === "off" ? without(weather, ["gateway_rolled_back"]) : weather,
  };
}

function drawTill(chance: Chance, merchants: number, sales: number): TillPlan {
  const printer = chance.pick<ProfileName>(["epson", "epson", "clone", "mute"]);
  return {
    merchant: chance.whole(1, merchants),
    printer,
    paperMm: chance.hits(0.3) ? 58 : 80,
    dotsPerSecond: chance.hits(0.25) ? chance.pick([800, 1200, 2000]) : 0,
    resumeNeedsFeed: chance.hits(0.1),
    idSurvivesDisconnect: chance.hits(0.3),
    merchantCopy: chance.hits(0.1),
    sales,
  };
}

/** The provider's figures as they are, with the choices that a shop may make. */
function drawTiming(chance: Chance): PaymentTiming {
  const isLong = chance.hits(0.1);
  return {
    ...alipayTiming,
    confirmPaid: chance.pick(["background", "background", "before_receipt", "off"]),
    afterChecksMs: isLong ? alipayTiming.afterChecksMs : alipayTiming.afterChecksMs.slice(0, 2),
  };
}
