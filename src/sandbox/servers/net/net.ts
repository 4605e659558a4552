/**
 * The shop's network and computer: cards, router, name server, internet. What breaks the line here breaks it for the
 * payments too: the wire in front of the gateway goes silent with it.
 */
import { z } from "zod";
import type { Wire } from "../wire/wire.ts";
import {
  cardStates,
  type NameServerMode,
  nameServerModes,
  type SpotMode,
  spotModes,
} from "./modes.ts";
import { type NameServer, type NameServerRules, startNameServer } from "./name-server.ts";
import { type NetSpot, startSpot } from "./spot.ts";
import { CALM_SYSTEM, openSystemTree, type SystemState, type SystemTree } from "./system-tree.ts";

const megabytes = z.int().min(0).max(10_000_000);

/** What is given is changed; the rest stays. */
export const netChange = z
  .strictObject({
    cable: z.enum(cardStates),
    wifi: z.enum(cardStates),
    wifi_signal_dbm: z.int().min(-120).max(0),
    router: z.enum(spotModes),
    internet: z.enum(spotModes),
    dns: z.enum(nameServerModes),
    dns_delay_ms: z.int().min(0).max(60_000),
    dns_loss_percent: z.int().min(0).max(100),
    memory_free_mb: megabytes,
    disk_free_mb: megabytes.nullable(),
    undervoltage: z.boolean(),
  })
  .partial();
export type NetChange = z.output<typeof netChange>;
export type NetState = Required<NetChange> & {
  /** Whether payments get through: a card is up, and router and internet answer. */
  readonly line_open: boolean;
};

const { started_at_s: _started, ...calmSystem } = CALM_SYSTEM;
const CALM: Required<NetChange> = {
  ...calmSystem,
  router: "up",
  internet: "up",
  dns: "up",
  dns_delay_ms: 0,
  dns_loss_percent: 0,
};

export interface Net {
  readonly router: string;
  readonly dns: string;
  readonly internet: string;
  readonly systemRoot: string;
  state(): NetState;
  set(change: NetChange): Promise<NetState>;
  calm(): Promise<NetState>;
  /** The till computer starts anew, as after a power cut; the box itself is for the caller to kill. */
  restartComputer(): NetState;
  close(): Promise<void>;
}

/** `line`: what payments go through; null: only the probes notice. */
export async function startNet(systemRoot: string, line: Wire | null): Promise<Net> {
  const router = await startSpot();
  const internet = await startSpot();
  const dns = await startNameServer();
  return new ShopNet(openSystemTree(systemRoot), { router, internet, dns, line });
}

interface Parts {
  readonly router: NetSpot;
  readonly internet: NetSpot;
  readonly dns: NameServer;
  readonly line: Wire | null;
}

class ShopNet implements Net {
  readonly #system: SystemTree;
  readonly #parts: Parts;
  /** As it is wanted; what lies behind a router that says nothing says nothing either. */
  #internet: SpotMode = "up";
  #dns: NameServerMode = "up";
  #closedByUs = false;

  constructor(system: SystemTree, parts: Parts) {
    this.#system = system;
    this.#parts = parts;
  }

  get router(): string {
    return this.#parts.router.address;
  }

  get internet(): string {
    return this.#parts.internet.address;
  }

  get dns(): string {
    return this.#parts.dns.address;
  }

  get systemRoot(): string {
    return this.#system.root;
  }

  state(): NetState {
    const { router, dns } = this.#parts;
    const { delayMs, lossPercent } = dns.rules();
    return {
      ...this.#system.state(),
      router: router.mode(),
      internet: this.#internet,
      dns: this.#dns,
      dns_delay_ms: delayMs,
      dns_loss_percent: lossPercent,
      line_open: this.#lineIsOpen(),
    };
  }

  async set(change: NetChange): Promise<NetState> {
    const { router, internet, dns, dns_delay_ms, dns_loss_percent, ...system } = change;
    this.#system.set(given<SystemState>(system));
    this.#internet = internet ?? this.#internet;
    this.#dns = dns ?? this.#dns;
    if (router !== undefined) await this.#parts.router.set(router);
    const mode = this.#wayOut() ? this.#dns : "silent";
    this.#parts.dns.set(
      given<NameServerRules>({ mode, delayMs: dns_delay_ms, lossPercent: dns_loss_percent }),
    );
    await this.#parts.internet.set(this.#wayOut() ? this.#internet : "silent");
    await this.#settleLine();
    return this.state();
  }

  calm(): Promise<NetState> {
    return this.set(CALM);
  }

  restartComputer(): NetState {
    // Whole seconds: rounded up, so that it is never before the moment at which the box was last alive.
    this.#system.set({ started_at_s: Math.ceil(Date.now() / 1_000) });
    return this.state();
  }

  async close(): Promise<void> {
    const { router, internet, dns } = this.#parts;
    await Promise.all([router.close(), internet.close(), dns.close()]);
  }

  /** A router that refuses a connect to itself still passes on what isn't for it. */
  #wayOut(): boolean {
    const { cable, wifi } = this.#system.state();
    return (cable === "up" || wifi === "up") && this.#parts.router.mode() !== "silent";
  }

  #lineIsOpen(): boolean {
    return this.#wayOut() && this.#internet === "up";
  }

  /** Only what was shut here is opened here: a person may have rules of their own on the wire. */
  async #settleLine(): Promise<void> {
    const { line } = this.#parts;
    const shut = !this.#lineIsOpen();
    if (line === null || shut === this.#closedByUs) return;
    this.#closedByUs = shut;
    await line.set({ lose: shut ? "both" : null });
  }
}

/** Without what isn't given. */
const given = <T>(change: { [K in keyof T]?: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
