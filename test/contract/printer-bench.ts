/** A spooler with its journal, its printer and its clock, all in memory. */
import type { PrinterLineEvent, PrintTime } from "../../src/core/diagnosis/evidence.ts";
import type { PrintJob } from "../../src/core/printing/job.ts";
import type { ProbeAnswers } from "../../src/core/printing/escpos/probe.ts";
import { type PrinterProfile, profile80 } from "../../src/core/printing/profile.ts";
import type { PrinterPort } from "../../src/ports/printer.ts";
import type { Pairing } from "../../src/terminal/printing/deps.ts";
import { createSpooler, defaultTiming } from "../../src/terminal/printing/spooler.ts";
import type { Spooler, SpoolerTiming } from "../../src/terminal/printing/spooler.ts";
import { ModelPort } from "./printer-memory.ts";
import { PrinterModel } from "./printer-model.ts";
import type { ModelSettings } from "./printer-model.ts";
import { Journal, VirtualWorld, encode } from "./printer-support.ts";

export class Bench {
  readonly world = new VirtualWorld();
  readonly journal = new Journal(this.world);
  readonly model: PrinterModel;
  port: ModelPort;
  readonly logs: string[] = [];
  readonly saw: (PrinterLineEvent | PrintTime)[] = [];
  profile: PrinterProfile;
  spooler: Spooler;
  readonly #timing: SpoolerTiming;
  /** Not paired yet; `isMuteByWord`: a person said that it can't answer. */
  readonly #unpaired: { readonly isMuteByWord: boolean } | null;
  /** What the printer answered when it was asked what it can do. */
  answers: ProbeAnswers | null = null;

  constructor(
    settings: ModelSettings,
    profile: PrinterProfile,
    timing: Partial<SpoolerTiming> = {},
    jobs: readonly string[] = [],
    unpaired: { readonly isMuteByWord: boolean } | null = null,
  ) {
    this.#unpaired = unpaired;
    this.model = new PrinterModel(this.world, settings);
    this.port = new ModelPort(this.model);
    this.profile = profile;
    this.#timing = { ...defaultTiming, ...timing };
    for (const job of jobs) this.journal.order(job);
    this.spooler = this.start();
  }

  start(port: PrinterPort = this.port, encoder: typeof encode = encode): Spooler {
    const { epoch } = this.journal;
    return createSpooler({
      world: this.world,
      port,
      profile: () => this.profile,
      encode: encoder,
      jobs: () => (epoch === this.journal.epoch ? this.journal.unfinished() : []),
      lastSent: () => this.journal.lastSent(),
      change: (id, event) => this.journal.change(epoch, id, event),
      timing: this.#timing,
      ...this.#pairing(),
      log: (event) => this.logs.push(event),
      saw: (fact) => this.saw.push(fact),
    });
  }

  #pairing(): { readonly pairing?: Pairing } {
    if (this.#unpaired === null) return {};
    const { isMuteByWord } = this.#unpaired;
    const keep: Pairing["keep"] = async ({ profile, answers }) => {
      this.profile = profile;
      this.answers = answers;
    };
    const forget = async (): Promise<void> => {
      this.profile = profile80;
      this.answers = null;
    };
    const isDue = (): boolean => this.answers === null;
    return { pairing: { isDue, base: () => profile80, isMuteByWord, keep, forget } };
  }

  /** `kill -9`: the old spooler does nothing durable any more, and its connection is torn. */
  restart(): void {
    this.journal.epoch += 1;
    this.port.tear("ended");
    this.port.refuses = "no_device";
    this.port = new ModelPort(this.model);
    this.spooler = this.start();
  }

  print(id: string): void {
    this.journal.order(id);
    this.spooler.wake();
  }
  job(id: string): PrintJob {
    return this.journal.get(id);
  }
  until(id: string, state: PrintJob["state"], maxMs?: number): Promise<number> {
    return this.world.until(`${id} ${state}`, () => this.job(id).state === state, maxMs);
  }
  /** Lines of the job that stand on paper. */
  printed(id: string): number {
    return this.model.allLines.filter((line) => line.startsWith(`${id} `)).length;
  }
}
