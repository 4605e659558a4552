/** What happens by itself while the weather lasts: crashes, full disks, wrong clocks, printers, windows of the provider. */
import { fen } from "../../core/money/money.ts";
import type { CallFaultShares } from "../gateway/call-faults.ts";
import type { HubNode } from "../parties/hub.ts";
import type { TillNode } from "../parties/till.ts";
import type { Printer } from "../printer/printer.ts";
import type { Scribe } from "../run/scribe.ts";
import type { Town } from "../run/town.ts";
import type { Chance } from "../world/chance.ts";
import type { Machine } from "../world/machine.ts";
import type { FaultKind, Weather } from "./kinds.ts";
import { pathWeather, type WayKind } from "./paths.ts";

const hourMs = 3_600_000;

const partitionKinds: Readonly<Record<WayKind, FaultKind | null>> = {
  link: "link_partition",
  gateway: "gateway_partition",
  cable: "cable_partition",
  notice: null,
};

export class Misfortunes {
  readonly #town: Town;
  readonly #scribe: Scribe;
  readonly #chance: Chance;
  readonly #revive: (machine: Machine) => void;
  #isOver = false;

  constructor(town: Town, scribe: Scribe, revive: (machine: Machine) => void) {
    this.#town = town;
    this.#scribe = scribe;
    this.#chance = town.chance.fork("misfortunes");
    this.#revive = revive;
  }

  /** Before anything starts: some clocks have never been right. */
  setClocks(): void {
    const { weather } = this.#town.plan;
    if (weather.till_clock_off > 0) this.#scribe.struck("till_clock_off", null);
    if (weather.hub_clock_off > 0) this.#scribe.struck("hub_clock_off", null);
    const hubOffMs = Math.min(weather.hub_clock_off, hubClockOffMsMax(this.#town.plan));
    for (const { hubs, tills } of this.#town.shops) {
      for (const { machine } of hubs) if (hubOffMs > 0) machine.clockOffMs = this.#either(hubOffMs);
      const tillOffMs = weather.till_clock_off;
      for (const { machine } of tills)
        if (tillOffMs > 0) machine.clockOffMs = this.#either(tillOffMs);
    }
  }

  begin(): void {
    const { weather } = this.#town.plan;
    this.#town.callFaults.setShares(callFaultShares(weather));
    this.#town.callFaults.setDoubled(weather.gateway_message_doubled > 0);
    this.#town.callFaults.setRefusedButBooked(weather.gateway_refused_but_booked);
    for (const { kind, path } of this.#town.ways) {
      path.weather = pathWeather(kind, weather);
      const partition = partitionKinds[kind];
      if (partition !== null)
        this.#often(partition, () => path.cut(this.#chance.skewed(200, 180_000)));
    }
    for (const shop of this.#town.shops) {
      for (const hub of shop.hubs) this.#hub(hub);
      for (const till of shop.tills) this.#till(till);
    }
    this.#provider();
  }

  /** Clear sky: everything that was broken is put right, as people do in the end. */
  end(): void {
    this.#isOver = true;
    const { callFaults, gateway, shops, ways } = this.#town;
    callFaults.setShares({});
    callFaults.setRefusedButBooked(0);
    gateway.model.mode = "up";
    gateway.model.book.merchant = { ...gateway.model.book.merchant, balanceFen: fen(100_000_000) };
    for (const { path } of ways) path.heal();
    for (const { hubs, tills } of shops) {
      for (const hub of hubs) this.#mend(hub);
      for (const till of tills) {
        this.#mend(till);
        repair(till.parts.printer);
      }
    }
  }

  #mend(node: HubNode | TillNode): void {
    const { machine, device } = node;
    machine.disarm();
    device.isFull = false;
    device.syncMs = [0, 0];
    if (device.hasFailed) machine.kill();
  }

  #hub(hub: HubNode): void {
    this.#process(hub, "hub_crash", "hub_disk_full", null);
    this.#clock(hub.machine, "hub_clock_jump", hubClockOffMsMax(this.#town.plan), null);
    this.#slows(hub, "hub_disk_slow");
  }

  #till(till: TillNode): void {
    const { printer } = till.parts;
    this.#process(till, "till_crash", "till_disk_full", till.id);
    this.#clock(till.machine, "till_clock_jump", 90_000_000, till.id);
    this.#slows(till, "till_disk_slow");
    this.#printer(printer, till.id);
  }

  #slows({ device }: HubNode | TillNode, kind: "hub_disk_slow" | "till_disk_slow"): void {
    const mostMs = Math.ceil(this.#town.plan.weather[kind]);
    if (mostMs === 0) return;
    device.syncMs = [1, mostMs];
    this.#scribe.struck(kind, null);
  }

  #process(
    node: HubNode | TillNode,
    crash: FaultKind,
    full: FaultKind,
    terminalId: string | null,
  ): void {
    const { machine, device } = node;
    this.#often(
      crash,
      () => {
        // Half of them strike between two events, half at the very step that follows.
        if (this.#chance.hits(0.5)) machine.kill();
        else machine.setTrap(this.#chance.whole(1, 25), this.#chance.pick(["before", "after"]));
      },
      terminalId,
    );
    this.#often(
      full,
      () => {
        device.isFull = true;
        this.#town.time.after(this.#chance.whole(500, 60_000), () => {
          device.isFull = false;
          // Once the disk takes data again, the process starts anew by itself.
          if (device.hasFailed) this.#town.time.after(3_000, () => machine.kill());
        });
      },
      terminalId,
    );
  }

  #clock(machine: Machine, kind: FaultKind, mostMs: number, terminalId: string | null): void {
    this.#often(kind, () => (machine.clockOffMs += this.#either(mostMs)), terminalId);
  }

  #either(mostMs: number): number {
    const ms = this.#chance.skewed(1, mostMs);
    return this.#chance.hits(0.5) ? ms : -ms;
  }

  #printer(printer: Printer, terminalId: string): void {
    const happens = (kind: FaultKind, broken: Change, mended: Change): void =>
      this.#often(
        kind,
        () => {
          printer.happen((model, nowMs) => model.set(broken, nowMs));
          this.#later(() => mend(printer, mended));
        },
        terminalId,
      );
    happens("cover_open", { cover: "open" }, { cover: "closed" });
    happens("cutter_jam", { cutter: "jammed" }, { cutter: "ok" });
    happens("head_hot", { head: "hot" }, { head: "ok" });
    this.#often("paper_out", () => this.#paperEnds(printer), terminalId);
    this.#often("printer_power", () => this.#powerFails(printer), terminalId);
    printer.onDead = () => this.#later(() => mend(printer, { power: "on" }));
    const misbehaves = (kind: FaultKind, on: Trouble, off: Trouble): void =>
      this.#often(
        kind,
        () => {
          printer.happen((model, nowMs) => model.setFaults(on, nowMs));
          this.#later(() => printer.happen((model, nowMs) => model.setFaults(off, nowMs)));
        },
        terminalId,
      );
    misbehaves("printer_mute", { mute: true }, { mute: false });
    misbehaves("printer_garbage", { garbage: "Printer ready" }, { garbage: null });
    misbehaves("printer_wrong_ids", { wrongIds: true }, { wrongIds: false });
  }

  /** At once, or in the middle of one of the next papers. */
  #paperEnds(printer: Printer): void {
    const isMiddle = this.#chance.hits(0.6);
    const rollDots = this.#chance.whole(1, 2_500);
    printer.happen((model, nowMs) => model.set(isMiddle ? { rollDots } : { paper: "out" }, nowMs));
    this.#later(() => mend(printer, { paper: "ok" }));
  }

  #powerFails(printer: Printer): void {
    const how = this.#chance.pick(["now", "before_print", "after_lines", "before_answer"] as const);
    const lines = this.#chance.whole(1, 40);
    if (how === "now") printer.happen((model, nowMs) => model.set({ power: "off" }, nowMs));
    else {
      const powerLoss =
        how === "after_lines" ? ({ at: how, lines } as const) : ({ at: how } as const);
      printer.happen((model, nowMs) => model.setFaults({ powerLoss }, nowMs));
    }
  }

  #provider(): void {
    const { gateway, time } = this.#town;
    const windows = {
      gateway_maintenance: "maintenance",
      gateway_down: "down",
      gateway_blackhole: "blackhole",
    } as const;
    for (const [kind, mode] of Object.entries(windows) as [keyof typeof windows, "down"][]) {
      this.#often(kind, () => {
        gateway.model.mode = mode;
        time.after(this.#chance.skewed(1_000, 240_000), () => (gateway.model.mode = "up"));
      });
    }
    this.#often("gateway_balance", () => {
      gateway.model.book.merchant = { balanceFen: fen(0), withdrawnFen: 0 };
      this.#later(() => {
        gateway.model.book.merchant = { balanceFen: fen(100_000_000), withdrawnFen: 0 };
      });
    });
    this.#often("notice_forged", () => this.#forge());
  }

  /** Somebody who knows an order number says that it was paid; only the signature is missing. */
  #forge(): void {
    const orders = [...this.#scribe.orders.values()].slice(-20);
    if (orders.length === 0) return;
    const order = this.#chance.pick(orders);
    const { appId, sellerId } = this.#town.gateway.model.book.settings;
    const form = {
      app_id: appId,
      seller_id: sellerId,
      notify_type: "trade_status_sync",
      notify_id: this.#chance.digits(34),
      trade_status: "TRADE_SUCCESS",
      out_trade_no: order.orderNo,
      trade_no: this.#chance.digits(28),
      total_amount: (order.amountFen / 100).toFixed(2),
      sign: "wrong",
    };
    for (const { hubs } of this.#town.shops)
      for (const { hub } of hubs) hub?.notified(form).catch(() => {});
  }

  #later(act: () => void): void {
    this.#town.time.after(this.#chance.skewed(1_000, 90_000), act);
  }

  /** Again and again, at random, as often an hour as the weather says. */
  #often(kind: FaultKind, act: () => void, terminalId: string | null = null): void {
    const rate = this.#town.plan.weather[kind];
    if (rate <= 0) return;
    const waitMs = (-Math.log(1 - this.#chance.next()) * hourMs) / rate;
    this.#town.time.after(waitMs, () => {
      if (this.#isOver) return;
      this.#scribe.struck(kind, null, terminalId);
      act();
      this.#often(kind, act, terminalId);
    });
  }

  /** A process that died is started again by its keeper. */
  restartSoon(machine: Machine): void {
    const waitMs = this.#isOver ? 1_000 : this.#chance.skewed(200, 60_000);
    this.#town.time.after(waitMs, () => {
      if (!machine.isUp) this.#revive(machine);
    });
  }
}

/** Hubs on one ledger take turns with its rows, so their clocks must agree: NTP, and what it leaves. */
const hubClockOffMsMax = ({ hubs }: Town["plan"]): number => (hubs === 1 ? 300_000 : 500);

type Change = Parameters<Printer["model"]["set"]>[0];
type Trouble = Parameters<Printer["model"]["setFaults"]>[0];

/** Whoever mends it also presses FEED where the model wants that. */
function mend(printer: Printer, mended: Change): void {
  printer.happen((model, nowMs) => model.set(mended, nowMs));
  if (!printer.make.settings.resumeNeedsFeed) return;
  printer.happen((model, nowMs) => model.set({ feedButton: "down" }, nowMs));
  printer.happen((model, nowMs) => model.set({ feedButton: "up" }, nowMs));
}

function repair(printer: Printer): void {
  printer.happen((model, nowMs) =>
    model.setFaults({ mute: false, garbage: null, wrongIds: false, powerLoss: null }, nowMs),
  );
  mend(printer, { power: "on", paper: "ok", cover: "closed", cutter: "ok", head: "ok" });
}

function callFaultShares(weather: Weather): CallFaultShares {
  return {
    silence_after: weather.gateway_silence_after,
    silence_before: weather.gateway_silence_before,
    reset_before: weather.gateway_reset_before,
    reset_after: weather.gateway_reset_after,
    slow_answer: weather.gateway_slow_answer,
    http_502_before: weather.gateway_http_502_before,
    http_502_after: weather.gateway_http_502_after,
    portal_page: weather.gateway_portal_page,
    late_booking: weather.gateway_late_booking,
    booked_after_cancel: weather.gateway_booked_after_cancel,
    system_error_before: weather.gateway_system_error_before,
    system_error_after: weather.gateway_system_error_after,
    wrong_signature: weather.gateway_wrong_signature,
    sub_code: weather.gateway_sub_code,
    cancel_retry: weather.gateway_cancel_retry,
    password_confirms: weather.gateway_password_confirms,
    password_refuses: weather.gateway_password_refuses,
    password_never: weather.gateway_password_never,
    cancel_retry_twice: weather.gateway_cancel_retry_twice,
    buyer_pays_first: weather.gateway_buyer_pays_first,
    rolled_back: weather.gateway_rolled_back,
    notify_first: weather.gateway_notify_first,
    notify_twice: weather.gateway_notify_twice,
    notify_never: weather.gateway_notify_never,
  };
}
