/** A till computer: the real Terminal, Desk and Spooler on their machine, journal and printer. */
import type { PrinterProfile } from "../../core/printing/profile.ts";
import type { Journal } from "../../ports/journal.ts";
import type { HubNews, Link } from "../../ports/link.ts";
import type { TerminalSettings } from "../../terminal/config.ts";
import { Desk } from "../../terminal/desk.ts";
import {
  createSpooler,
  type Spooler,
  type SpoolerDeps,
  type SpoolerTiming,
} from "../../terminal/printing/spooler.ts";
import { Terminal } from "../../terminal/terminal.ts";
import { undiagnosed } from "./undiagnosed.ts";
import { simulatedLink, type SimulatedLink } from "../network/link.ts";
import type { Path } from "../network/path.ts";
import { printerCable, type PrinterCable } from "../printer/cable.ts";
import type { Printer } from "../printer/printer.ts";
import { Device } from "../stores/device.ts";
import { type JournalEars, journalOn } from "../stores/journal.ts";
import type { Chance } from "../world/chance.ts";
import type { Life, Machine } from "../world/machine.ts";
import type { HubNode } from "./hub.ts";
import type { LogLine } from "./log.ts";

export interface TillParts {
  readonly machine: Machine;
  readonly chance: Chance;
  readonly engine: Journal;
  readonly printer: Printer;
  readonly toPrinter: Path;
  readonly hubs: readonly HubNode[];
  /** Null where terminal and hub are one process: then a call is a call. */
  readonly toHubs: Path | null;
  readonly settings: TerminalSettings;
  readonly profile: PrinterProfile;
  readonly spoolerTiming: SpoolerTiming;
  readonly encode: SpoolerDeps["encode"];
  readonly ears: JournalEars;
  readonly log: LogLine;
}

/** What runs in one life of the till's process. */
export interface RunningTill {
  readonly life: Life;
  readonly terminal: Terminal;
  readonly desk: Desk;
}

export class TillNode {
  readonly machine: Machine;
  readonly device: Device;
  readonly parts: TillParts;
  /** Called once the till may be used. */
  onOpen: (till: RunningTill) => void = () => {};
  #running: RunningTill | null = null;
  #link: SimulatedLink | null = null;
  #cable: PrinterCable | null = null;

  constructor(parts: TillParts) {
    this.parts = parts;
    this.machine = parts.machine;
    this.device = new Device(parts.machine.time, parts.chance.fork("disk"));
  }

  get id(): string {
    return this.parts.settings.terminalId;
  }

  get running(): RunningTill | null {
    return this.machine.isUp ? this.#running : null;
  }

  start(life: Life = this.machine.boot()): void {
    const { engine, settings, ears, toHubs, hubs } = this.parts;
    this.device.reopen();
    const log = this.parts.log(this.machine.name, life);
    this.#link =
      toHubs === null ? null : simulatedLink({ hubs, path: toHubs, time: this.machine.time, life });
    const link: Link | null = this.#link ?? hubs[0]?.hub ?? null;
    if (link === null) throw new Error("a box starts its hub first");
    const terminal = new Terminal({
      world: life.world,
      journal: journalOn(engine, this.device, life, ears),
      link,
      settings,
      log,
      hashPin: (pin, salt) => Promise.resolve(life.world.sha256(`${pin} ${salt}`)),
    });
    let spooler: Spooler | null = null;
    const desk = new Desk({
      terminal,
      diagnostics: undiagnosed(terminal),
      profile: () => this.parts.profile,
      printer: () => newsOf(spooler),
      printerAddress: this.parts.printer.id,
      probePrinter: () => Promise.resolve(this.parts.profile),
    });
    const running = { life, terminal, desk };
    this.#running = running;
    terminal.onJobs = () => spooler?.wake();
    terminal.book.onChange(() => spooler?.wake());
    const begin = (): void => {
      if (!life.alive) return;
      spooler = this.#spooler(running);
      spooler.onStatus(() => desk.tell());
      this.onOpen(running);
    };
    terminal.start().then(begin, (error: unknown) => {
      if (!life.alive) return;
      log("error", "till_not_started", { error: String(error) });
      this.machine.kill();
    });
  }

  hear(from: HubNode, news: HubNews): void {
    if (this.machine.isUp) this.#link?.hear(from, news);
  }

  died(): void {
    this.#running = null;
    this.#cable?.drop();
    this.#cable = null;
    this.device.lose();
  }

  #spooler({ life, terminal }: RunningTill): Spooler {
    const { printer, toPrinter, profile, encode, spoolerTiming } = this.parts;
    const log = this.parts.log(this.machine.name, life);
    const cable = printerCable(printer, toPrinter, this.machine.time, life);
    this.#cable = cable;
    return createSpooler({
      world: life.world,
      port: cable,
      profile: () => profile,
      encode,
      jobs: () => terminal.standing.papers(),
      lastSent: () => terminal.deps.journal.lastSent(),
      change: (jobId, event) => terminal.changeJob(jobId, event),
      timing: spoolerTiming,
      log: (event, fields) => log("info", event, fields),
    });
  }
}

function newsOf(
  spooler: Spooler | null,
): ReturnType<ConstructorParameters<typeof Desk>[0]["printer"]> {
  const status = spooler?.status();
  if (status === undefined) {
    const nothing = { condition: null, paperLow: false, reachable: false, checkedAtMs: null };
    return { ...nothing, heard: "before" };
  }
  const { condition, warnings, reachable, told, checkedAtMs } = status;
  const heard = told ? "now" : "before";
  return { condition, paperLow: warnings.includes("paper_low"), reachable, heard, checkedAtMs };
}
