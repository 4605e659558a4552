/** A hub process: the real Hub on its machine, its disk (or connection to the shared ledger) and its way to the provider. */
import type { PaymentTiming } from "../../core/payment/timing.ts";
import { alipayRefundTiming } from "../../core/payment/refund-step.ts";
import { Hub } from "../../hub/hub.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { HubNews } from "../../ports/link.ts";
import { simulatedProvider } from "../gateway/provider.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { Path } from "../network/path.ts";
import { Device } from "../stores/device.ts";
import { type LedgerEar, ledgerOn } from "../stores/ledger.ts";
import type { Chance } from "../world/chance.ts";
import type { Life, Machine } from "../world/machine.ts";
import type { LogLine } from "./log.ts";

export interface HubParts {
  readonly machine: Machine;
  readonly chance: Chance;
  readonly engine: Ledger;
  readonly gateway: Gateway;
  readonly toGateway: Path;
  readonly timing: PaymentTiming;
  /** No other hub works on this ledger. */
  readonly sole: boolean;
  readonly shopId: string;
  readonly terminalIds: readonly string[];
  readonly onDurable: LedgerEar;
  readonly onNews: (terminalId: string, news: HubNews) => void;
  readonly log: LogLine;
}

export class HubNode {
  readonly machine: Machine;
  readonly device: Device;
  readonly #parts: HubParts;
  #hub: Hub | null = null;
  #life: Life | null = null;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.machine = parts.machine;
    this.device = new Device(parts.machine.time, parts.chance.fork("disk"));
  }

  /** The running hub; null while the process is down. */
  get hub(): Hub | null {
    return this.machine.isUp ? this.#hub : null;
  }

  get toGateway(): Path {
    return this.#parts.toGateway;
  }

  start(life: Life = this.machine.boot()): void {
    const { engine, gateway, toGateway, timing, sole, shopId, onDurable, log } = this.#parts;
    this.device.reopen();
    this.#life = life;
    const { time } = this.machine;
    const provider = simulatedProvider({
      gateway,
      path: toGateway,
      life,
      time,
      notifyUrl: shopId,
    });
    const hub = new Hub({
      world: life.world,
      ledger: ledgerOn(engine, this.device, life, onDurable),
      provider,
      timing,
      refundTiming: alipayRefundTiming,
      log: log(this.machine.name, life),
      sole,
    });
    this.#hub = hub;
    for (const terminalId of this.#parts.terminalIds) {
      hub.onNews(terminalId, (news) => {
        if (life.alive) this.#parts.onNews(terminalId, news);
      });
    }
    hub.start().catch((error: unknown) => {
      // A ledger that can't be read at the start ends the process; somebody starts it again.
      if (!life.alive) return;
      log(this.machine.name, life)("error", "hub_not_started", { error: String(error) });
      this.machine.kill();
    });
  }

  /** What the machine's death leaves: nothing in memory, and of what was on its way to the disk perhaps a part. */
  died(): void {
    this.#hub = null;
    this.#life = null;
    this.device.lose();
  }

  /** A clean stop, as the real process does once its disk takes data again. */
  get life(): Life | null {
    return this.#life;
  }
}
