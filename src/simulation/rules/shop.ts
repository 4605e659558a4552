/** One shop of the rules level: who is in it, and what everybody there shares. */
import type { PaymentTiming } from "../../core/payment/timing.ts";
import type { FaultKind, Weather } from "../faults/kinds.ts";
import type { Chance } from "../world/chance.ts";
import { Gateway } from "./gateway/gateway.ts";
import { Hub } from "./hub/hub.ts";
import { Cashier } from "./people/cashier.ts";
import { Printer } from "./printer/printer.ts";
import { Scribe } from "./report/scribe.ts";
import type { RulesPlan } from "./run/plan.ts";
import type { Sale } from "./sale.ts";
import { Link } from "./till/link.ts";
import { Till } from "./till/till.ts";
import { Queue } from "./world/queue.ts";

export class Shop {
  readonly plan: RulesPlan;
  readonly timing: PaymentTiming;
  readonly queue = new Queue();
  readonly sales: Sale[] = [];
  readonly scribe: Scribe;
  readonly gateway: Gateway;
  readonly link: Link;
  readonly hub: Hub;
  readonly till: Till;
  readonly printer: Printer;
  readonly cashier: Cashier;
  /** Zero of everything once the weather has cleared. */
  weather: Weather;

  constructor(plan: RulesPlan, chance: Chance, keepsStory: boolean) {
    this.plan = plan;
    this.timing = plan.timing;
    this.weather = plan.weather;
    this.scribe = new Scribe(this, keepsStory);
    this.gateway = new Gateway(this, chance.fork("gateway"));
    this.link = new Link(this, chance.fork("link"));
    this.hub = new Hub(this, chance.fork("hub"));
    this.till = new Till(this, chance.fork("till"));
    this.printer = new Printer(this, chance.fork("printer"));
    this.cashier = new Cashier(this, chance.fork("cashier"));
  }

  /** Whether this fault strikes now; it is counted by what it meets. */
  hits(kind: FaultKind, chance: Chance, sale: Sale | null): boolean {
    if (!chance.hits(this.weather[kind])) return false;
    this.scribe.struck(kind, sale);
    return true;
  }
}
