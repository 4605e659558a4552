/**
 * One seed: first weather, then calm, then everything must end in the promised time, and then the books are compared.
 */
import { isLive } from "../../core/payment/states.ts";
import { audit } from "../auditor/audit.ts";
import type { Violation } from "../auditor/facts.ts";
import { Misfortunes } from "../faults/misfortunes.ts";
import type { Weather } from "../faults/kinds.ts";
import { Cashier } from "../people/cashier.ts";
import type { Cells } from "../report/coverage.ts";
import type { StoryLine } from "../report/story.ts";
import { quickHash } from "../world/hash.ts";
import { type Machine, startMs } from "../world/machine.ts";
import { gatherFacts } from "./evidence.ts";
import { Notices } from "./notices.ts";
import { lateMoneyOf, limitsOf, tailMs } from "./limits.ts";
import type { Plan } from "./plan.ts";
import { type LiveOrder, outcomeMsMax, Promised } from "./promised.ts";
import { Scribe } from "./scribe.ts";
import { buildTown, type Shop, type Tools, type Town } from "./town.ts";

export interface SeedResult {
  readonly seed: number;
  readonly sales: number;
  readonly events: number;
  readonly virtualMs: number;
  readonly violations: readonly Violation[];
  /** Over everything that happened; the same for every run of the seed. */
  readonly digest: string;
  readonly coverage: Cells;
  readonly story: readonly StoryLine[];
}

export interface RunOptions {
  readonly keepsStory: boolean;
}

const minuteMs = 60_000;
/** Sales that can't be made by then aren't made: some weather lets hardly anything happen. */
const weatherMsMax = 8 * 60 * minuteMs;
const lookMs = 30_000;

export function runSeed(plan: Plan, tools: Tools, options: RunOptions): SeedResult {
  try {
    return new Run(plan, tools, options).run();
  } finally {
    tools.engines.close();
  }
}

class Run {
  readonly #plan: Plan;
  readonly #scribe: Scribe;
  readonly #town: Town;
  readonly #cashiers: Cashier[] = [];
  readonly #misfortunes: Misfortunes;
  #weather: Weather;
  #sales = 0;

  constructor(plan: Plan, tools: Tools, options: RunOptions) {
    this.#plan = plan;
    this.#weather = plan.weather;
    this.#scribe = new Scribe(lateMoneyOf(plan), options.keepsStory);
    this.#town = buildTown(plan, tools, this.#scribe);
    this.#misfortunes = new Misfortunes(this.#town, this.#scribe, (machine) => this.#boot(machine));
    this.#scribe.onNotify = new Notices(this.#town).deliver;
  }

  run(): SeedResult {
    const { time } = this.#town;
    this.#misfortunes.setClocks();
    this.#open();
    this.#misfortunes.begin();
    const isBroken = (): boolean => this.#scribe.violation !== null;
    const isDone = (): boolean => this.#cashiers.every((one) => one.parts.salesLeft === 0);
    while (!isDone() && time.nowMs < weatherMsMax && !isBroken())
      time.run(time.nowMs + lookMs, isBroken);
    for (const one of this.#cashiers) one.parts.salesLeft = 0;
    this.#clear();
    return this.#result(this.#inCalm(isBroken));
  }

  #open(): void {
    for (const shop of this.#town.shops) {
      for (const till of shop.tills) this.#employ(till, shop);
      for (const node of [...shop.hubs, ...shop.tills])
        node.machine.onDeath = () => this.#died(shop, node.machine);
    }
    for (const shop of this.#town.shops)
      for (const node of [...shop.hubs, ...shop.tills])
        if (!node.machine.isUp) this.#boot(node.machine);
  }

  #employ(till: Shop["tills"][number], shop: Shop): void {
    const { plan, buyers, chance, time } = this.#town;
    const notices = new Notices(this.#town);
    const index = this.#cashiers.length;
    const cashier = new Cashier({
      terminalId: till.id,
      time,
      chance: chance.fork(`cashier ${till.id}`),
      weather: () => this.#weather,
      buyers,
      printer: till.parts.printer,
      shown: this.#scribe.shown,
      salesLeft: plan.tills[index]?.sales ?? 0,
      onSale: () => (this.#sales += 1),
      struck: (kind, orderNo) => this.#scribe.struck(kind, orderNo, till.id),
      openReceipt: (token) => notices.openReceipt(shop, token),
    });
    this.#cashiers.push(cashier);
    till.onOpen = (running) => cashier.begin(running);
  }

  /** Starts every process of this machine: in a box hub and till are one. */
  #boot(machine: Machine): void {
    const life = machine.boot();
    this.#scribe.tell(machine.name, "starts");
    for (const shop of this.#town.shops) {
      for (const hub of shop.hubs) if (hub.machine === machine) hub.start(life);
      for (const till of shop.tills) if (till.machine === machine) till.start(life);
    }
  }

  #died(shop: Shop, machine: Machine): void {
    this.#scribe.tell(machine.name, "dies");
    for (const hub of shop.hubs) if (hub.machine === machine) hub.died();
    for (const till of shop.tills) if (till.machine === machine) till.died();
    this.#misfortunes.restartSoon(machine);
  }

  #clear(): void {
    this.#scribe.tell("weather", "clears");
    this.#weather = Object.fromEntries(
      Object.keys(this.#weather).map((kind) => [kind, 0]),
    ) as Weather;
    this.#misfortunes.end();
  }

  /** Every outcome is known in its time, whatever the weather left. Then the rest of the day, until nothing is due. */
  #inCalm(isBroken: () => boolean): Promised {
    const { time } = this.#town;
    const promised = new Promised(this.#scribe.trueMs);
    const look = (): void => promised.look(this.#scribe.trueMs, () => this.#live());
    time.run(time.nowMs + outcomeMsMax, isBroken);
    look();
    const endMs = time.nowMs + tailMs(this.#plan);
    while (time.nowMs < endMs && !isBroken() && !this.#isQuiet()) {
      time.run(Math.min(time.nowMs + lookMs, promised.lookAtMs - startMs), isBroken);
      look();
    }
    return promised;
  }

  #live(): readonly LiveOrder[] {
    const { attempts, orders } = this.#scribe;
    return [...attempts.values()].filter(isLive).map(({ saleId, orderNo, state }) => ({
      saleId,
      orderNo,
      state,
      begunAtMs: orders.get(orderNo)?.atMs ?? startMs,
    }));
  }

  /** Nothing is due any more and nothing is open: the rest of the day would be empty. */
  #isQuiet(): boolean {
    const { attempts, refunds } = this.#scribe;
    for (const one of attempts.values()) if (one.dueAtMs !== null) return false;
    for (const one of refunds.values()) if (one.endedAtMs === null) return false;
    return this.#town.shops.every((shop) =>
      shop.tills.every(
        ({ running }) => running !== null && running.terminal.book.jobs().length === 0,
      ),
    );
  }

  #result({ late }: Promised): SeedResult {
    const { time } = this.#town;
    const seen = gatherFacts(this.#town, this.#scribe);
    const facts = { ...seen, open: [...seen.open, ...late] };
    const early = this.#scribe.violation;
    const violations = early === null ? audit(facts, limitsOf(this.#plan), quickHash) : [early];
    const heads = facts.heads.map(
      (head) => `${head.owner} ${head.stream} ${head.seq} ${head.hash}`,
    );
    const papers = facts.papers.map(
      (one) => `${one.printerId} ${one.n} ${one.atMs} ${one.lines.join()}`,
    );
    const shown = facts.shown.map((one) => `${one.saleId} ${one.where} ${one.name} ${one.atMs}`);
    return {
      seed: this.#plan.seed,
      sales: this.#sales,
      events: time.happened,
      virtualMs: time.nowMs,
      violations,
      digest: quickHash([time.happened, ...heads, ...papers, ...shown].join("\n")),
      coverage: this.#scribe.coverage.cells(),
      story: this.#scribe.story ?? [],
    };
  }
}
