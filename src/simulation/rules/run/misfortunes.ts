/** What happens to the shop itself: crashes, clocks, lines, the provider's windows, and the printer. */
import type { HoldCause } from "../../../core/printing/job.ts";
import type { FaultKind } from "../../faults/kinds.ts";
import type { Chance } from "../../world/chance.ts";
import { forge } from "../gateway/notices.ts";
import type { Shop } from "../shop.ts";
import type { Process } from "../world/process.ts";

const hourMs = 3_600_000;
const restartMsMax = 60_000;
const hubLooksMs = 60_000;
const tillClockOffMsMax = 7_200_000;
/** Hubs on one ledger take turns with its rows, so their clocks must agree: NTP, and what it leaves. */
const hubClockOffMsMax = { sole: 7_200_000, several: 500 };

const troubles = {
  paper_out: "paper_out",
  cover_open: "cover_open",
  cutter_jam: "cutter_error",
  head_hot: "head_hot",
} as const satisfies Partial<Record<FaultKind, HoldCause>>;

export class Misfortunes {
  readonly #shop: Shop;
  readonly #chance: Chance;
  #isOver = false;

  constructor(shop: Shop, chance: Chance) {
    this.#shop = shop;
    this.#chance = chance;
    const { hub, till, link } = shop;
    hub.process.whenDead(() =>
      this.#restart(hub.process, () => {
        hub.start();
        link.lookAtRecent();
      }),
    );
    till.process.whenDead(() => {
      till.died();
      this.#restart(till.process, () => till.start());
    });
  }

  begin(): void {
    const { hub, till, gateway, link } = this.#shop;
    hub.process.clockOffMs = this.#off("hub_clock_off");
    till.process.clockOffMs = this.#off("till_clock_off");
    const hubOffMsMax = hubClockOffMsMax[this.#shop.plan.isSole ? "sole" : "several"];
    this.#often("hub_crash", () => hub.process.setTrap());
    this.#often("till_crash", () => till.process.setTrap());
    this.#often("hub_clock_jump", () => {
      this.#set(hub.process, hubOffMsMax);
      // A hub with nothing to do looks once a minute.
      this.#shop.queue.after(hubLooksMs, () => hub.follower.look());
    });
    this.#often("till_clock_jump", () => this.#set(till.process, tillClockOffMsMax));
    this.#often("link_partition", () => {
      link.isCutOff = true;
      this.#later(() => (link.isCutOff = false));
    });
    this.#often("gateway_partition", () => {
      gateway.isCutOff = true;
      this.#later(() => (gateway.isCutOff = false));
    });
    this.#often("notice_forged", () => {
      const sale = this.#shop.sales.at(-1);
      if (sale !== undefined) forge(this.#shop, sale);
    });
    this.#windows();
    this.#printer();
  }

  #off(kind: "hub_clock_off" | "till_clock_off"): number {
    const mostMs = Math.floor(this.#shop.weather[kind]);
    if (mostMs === 0) return 0;
    this.#shop.scribe.struck(kind, null);
    return this.#chance.whole(-mostMs, mostMs);
  }

  #set(process: Process, mostMs: number): void {
    process.clockOffMs = this.#chance.whole(-mostMs, mostMs);
  }

  #windows(): void {
    const { gateway } = this.#shop;
    const windows = [
      ["gateway_maintenance", "maintenance"],
      ["gateway_down", "down"],
      ["gateway_blackhole", "blackhole"],
    ] as const;
    for (const [kind, mode] of windows)
      this.#often(kind, () => {
        gateway.mode = mode;
        this.#later(() => (gateway.mode = "up"));
      });
    this.#often("gateway_balance", () => {
      const { balanceFen } = gateway.book;
      gateway.book.balanceFen -= balanceFen;
      this.#later(() => (gateway.book.balanceFen += balanceFen));
    });
  }

  #printer(): void {
    const { printer } = this.#shop;
    for (const [kind, cause] of Object.entries(troubles) as [FaultKind, HoldCause][])
      this.#often(kind, () => {
        printer.trouble = cause;
        this.#later(() => printer.mended());
      });
    this.#often("printer_power", () => {
      printer.powerLost();
      this.#later(() => printer.mended());
    });
    this.#often("printer_mute", () => {
      printer.isMute = true;
      this.#later(() => (printer.isMute = false));
    });
    this.#often("printer_wrong_ids", () => {
      printer.hasWrongIds = true;
      this.#later(() => (printer.hasWrongIds = false));
    });
  }

  /** The weather clears: everything is mended, and whoever is down comes back. */
  end(): void {
    this.#isOver = true;
    const { hub, till, gateway, link, printer } = this.#shop;
    hub.process.disarm();
    till.process.disarm();
    gateway.clear();
    gateway.book.balanceFen = Math.max(gateway.book.balanceFen, 100_000_000_000);
    link.isCutOff = false;
    printer.isMute = false;
    printer.hasWrongIds = false;
    printer.mended();
  }

  #later(act: () => void): void {
    this.#shop.queue.after(this.#chance.skewed(1_000, 90_000), () => {
      if (!this.#isOver) act();
    });
  }

  /** Its keeper starts it again. */
  #restart(process: Process, start: () => void): void {
    const waitMs = this.#isOver ? 1_000 : this.#chance.skewed(200, restartMsMax);
    this.#shop.queue.after(waitMs, () => {
      if (!process.isUp) start();
    });
  }

  /** Again and again, at random, as often an hour as the weather says. */
  #often(kind: FaultKind, act: () => void): void {
    const rate = this.#shop.weather[kind];
    if (rate <= 0) return;
    const waitMs = (-Math.log(1 - this.#chance.next()) * hourMs) / rate;
    this.#shop.queue.after(waitMs, () => {
      if (this.#isOver) return;
      this.#shop.scribe.struck(kind, this.#shop.sales.at(-1) ?? null);
      act();
      this.#often(kind, act);
    });
  }
}
