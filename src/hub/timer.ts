/** Timers are rows: this only wakes up when the next one falls due, claims what is due, and hands it on. */
import type { HubDeps } from "./deps.ts";
import type { Driver } from "./driver.ts";
import type { Refunds } from "./refunds.ts";

const claimMax = 100;
/** Other hubs write rows too: look at least this often where several work on one ledger. */
const lookMsMax = 1_000;
const lookMsMaxSole = 60_000;

export class Timer {
  readonly #deps: HubDeps;
  readonly #driver: Driver;
  readonly #refunds: Refunds;
  #stopped = true;
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #callOff: () => void = () => {};
  #running: Promise<void> | null = null;
  /** Waited for before each look. */
  beforeLook: () => Promise<void> = () => Promise.resolve();
  /** It rang while a look was running, which may have passed the new row already. */
  #again = false;

  constructor(deps: HubDeps, driver: Driver, refunds: Refunds) {
    this.#deps = deps;
    this.#driver = driver;
    this.#refunds = refunds;
    driver.onDue = (dueAtMs) => this.wakeAt(dueAtMs);
    refunds.onDue = (dueAtMs) => this.wakeAt(dueAtMs);
  }

  start(): void {
    this.#stopped = false;
    this.wakeAt(this.#deps.world.nowMs());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#callOff();
    await this.#running;
  }

  /** The clock was set: what the timer waits for was reckoned by the old one. */
  lookAnew(): void {
    this.#wakeAtMs = Number.POSITIVE_INFINITY;
    this.wakeAt(this.#deps.world.nowMs());
  }

  wakeAt(dueAtMs: number): void {
    if (this.#stopped || dueAtMs >= this.#wakeAtMs) return;
    this.#callOff();
    this.#wakeAtMs = dueAtMs;
    const waitMs = Math.max(0, dueAtMs - this.#deps.world.nowMs());
    this.#callOff = this.#deps.world.after(waitMs, () => {
      this.#wakeAtMs = Number.POSITIVE_INFINITY;
      this.#again = true;
      this.#running ??= this.#lookUntilQuiet().finally(() => (this.#running = null));
    });
  }

  async #lookUntilQuiet(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#look();
    }
  }

  async #look(): Promise<void> {
    const { world, ledger, log, sole } = this.#deps;
    let again = false;
    try {
      await this.beforeLook();
      again = await this.#claim();
      const nextAtMs = again ? world.nowMs() : await ledger.nextDueAtMs();
      const latestMs = world.nowMs() + (sole ? lookMsMaxSole : lookMsMax);
      this.wakeAt(Math.min(nextAtMs ?? latestMs, latestMs));
    } catch (error) {
      log("error", "timer_failed", { error: String(error) });
      this.wakeAt(world.nowMs() + lookMsMax);
    }
  }

  /** True when there may be more than one look could take. */
  async #claim(): Promise<boolean> {
    const { world, ledger, timing } = this.#deps;
    const leaseMs = timing.callTimeoutMs + timing.leaseMarginMs;
    const nowMs = world.nowMs();
    const attempts = await ledger.claimAttempts(nowMs, nowMs + leaseMs, claimMax);
    // The clock may have been set while that was waited for: back, and a lease by the old one would last as long as that;
    // ahead, and a row that isn't known to be moved yet would seem due.
    const earlierMs = Math.min(nowMs, world.nowMs());
    const refunds = await ledger.claimRefunds(earlierMs, earlierMs + leaseMs, claimMax);
    await Promise.all([
      ...attempts.map((one) => this.#driver.apply(one, { kind: "due" }, "hub")),
      ...refunds.map((one) => this.#refunds.due(one)),
    ]);
    return attempts.length === claimMax || refunds.length === claimMax;
  }
}
