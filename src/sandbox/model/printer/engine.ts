/** The inside of the printer: what commands act on, what holds it up, and what it says about that. */
import type { TextCodec } from "./codec.ts";
import type { Machine } from "./command.ts";
import { NO_FAULTS, signalsOf, type Conditions, type Faults, type Latched } from "./conditions.ts";
import type { Counters, Totals } from "./counters.ts";
import { Layout } from "./layout.ts";
import { bands, Mechanism, type Work } from "./mechanism.ts";
import type { Paper, PaperElement, Print } from "./paper.ts";
import { Roll } from "./roll.ts";
import { isOfflineForCause, type Signals } from "./status.ts";
import type { Settings, Traits } from "./traits.ts";
import { Voice, type OfflineResponse } from "./voice.ts";

export type Effect =
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  | { readonly kind: "printed"; readonly element: PaperElement }
  | { readonly kind: "paper"; readonly paper: Paper }
  | { readonly kind: "drawer"; readonly pin: "pin2" | "pin5"; readonly atMs: number }
  | { readonly kind: "power"; readonly power: "on" | "off" };

interface EngineOptions {
  readonly traits: Traits;
  readonly settings: Settings;
  readonly codec: TextCodec;
  readonly conditions: Conditions;
  readonly counters: Counters;
  readonly nextPaper: number;
  /** Takes the next text or command from the buffer; false when nothing whole is there. */
  readonly step: (machine: Machine) => boolean;
  /** Empties buffer and parser. */
  readonly forget: () => void;
}

const CALM_LATCH: Latched = { cutterError: false, waitingForRecovery: false };

export class Engine implements Machine {
  readonly traits: Traits;
  readonly layout: Layout;
  settings: Settings;
  conditions: Conditions;
  faults: Faults = NO_FAULTS;
  signals: Signals;
  stored: Machine["stored"] = null;
  readonly #options: EngineOptions;
  readonly #mechanism = new Mechanism();
  readonly #voice = new Voice();
  readonly #roll: Roll;
  readonly #counters: Counters;
  #latched: Latched = CALM_LATCH;
  #effects: Effect[] = [];
  #clockMs = 0;
  /** Answers that wait for the line which is being filled, or for the page. */
  #lineAnswers: (() => void)[] = [];
  #page: Print[] = [];
  #linesSinceArmed = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.traits = options.traits;
    this.settings = options.settings;
    this.conditions = options.conditions;
    this.signals = signalsOf(this.conditions, this.#latched);
    this.#counters = options.counters;
    this.#roll = new Roll(
      options.settings.dots,
      options.nextPaper,
      options.settings.headToCutterDots,
    );
    const { gb18030, chineseAtStart } = options.traits;
    const device = { dots: options.settings.dots, gb18030, chineseAtStart };
    this.layout = new Layout(device, options.codec, (print) => this.print(print));
  }

  get powered(): boolean {
    return this.conditions.power === "on";
  }

  get waiting(): number {
    return this.#mechanism.waiting;
  }

  get wakeAtMs(): number | null {
    return this.#mechanism.endsAtMs;
  }

  get totals(): Totals {
    return this.#counters.totals;
  }

  get inRecoverableError(): boolean {
    return this.#latched.cutterError || this.conditions.mechanism === "error";
  }

  // Time

  /** Does all that can be done until `nowMs`, each thing at its own moment. */
  settle(nowMs: number): void {
    while (this.powered && this.#one(nowMs));
    this.#clockMs = Math.max(this.#clockMs, nowMs);
    while (this.powered && this.#one(nowMs));
  }

  takeEffects(): Effect[] {
    this.#flush();
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  #flush(): void {
    const bytes = this.#voice.take();
    if (bytes) this.#effects.push({ kind: "send", bytes });
  }

  #one(nowMs: number): boolean {
    const mechanism = this.#mechanism;
    const { endsAtMs } = mechanism;
    if (endsAtMs !== null && endsAtMs <= nowMs) {
      this.#clockMs = Math.max(this.#clockMs, endsAtMs);
      this.#finish();
      return true;
    }
    if (this.signals.offline) return false;
    const work = mechanism.next;
    if (endsAtMs === null && work) {
      this.#begin(work);
      return true;
    }
    if (mechanism.waiting > this.settings.linesAhead) return false;
    return this.#options.step(this);
  }

  #begin(work: Work): void {
    if (work.kind === "print") {
      const inked = work.print.kind !== "feed";
      if (inked && this.faults.powerLoss?.at === "before_print") {
        this.#powerOff();
        return;
      }
      const { rollDots } = this.conditions;
      if (rollDots !== null && rollDots < work.print.height) {
        this.#change({ paper: "out", rollDots: 0 });
        return;
      }
    }
    this.#mechanism.start(this.#clockMs, this.#durationMs(work));
  }

  #durationMs(work: Work): number {
    const { dotsPerSecond, cutMs } = this.settings;
    if (dotsPerSecond <= 0) return 0;
    if (work.kind === "cut") return cutMs;
    return work.kind === "print" ? (work.print.height * 1000) / dotsPerSecond : 0;
  }

  #finish(): void {
    const work = this.#mechanism.next;
    if (work?.kind === "cut" && this.conditions.cutter === "jammed") {
      this.#mechanism.failed();
      this.#latch({ cutterError: true });
      return;
    }
    const task = this.#mechanism.finish();
    if (!task) return;
    this.#do(task.work);
    for (const answer of task.answers) if (this.powered) answer();
  }

  #do(work: Work): void {
    switch (work.kind) {
      case "print":
        this.#printed(work.print);
        break;
      case "cut":
        this.#paperEnds(work.mode);
        this.#counters.add("cuts", 1);
        if (this.faults.garbage !== null) this.#voice.garbage(this.faults.garbage);
        break;
      case "tear":
        if (this.#roll.inked) this.#paperEnds("torn");
        break;
      case "pulse":
        this.#effects.push({ kind: "drawer", pin: work.pin, atMs: this.#clockMs });
        this.#change({ drawer: "open" });
        break;
    }
  }

  #printed(print: Print): void {
    const element = this.#roll.append(print, this.#clockMs);
    this.#effects.push({ kind: "printed", element });
    const { rollDots } = this.conditions;
    if (rollDots !== null) {
      const left = rollDots - print.height;
      const near = left <= this.settings.nearEndDots && this.conditions.paper === "ok";
      this.#change(near ? { rollDots: left, paper: "near_end" } : { rollDots: left });
    }
    if (print.kind === "feed") return;
    this.#counters.add("lines", 1);
    this.#counters.add("head", 1);
    this.#linesSinceArmed += 1;
    const trap = this.faults.powerLoss;
    if (trap?.at === "after_lines" && this.#linesSinceArmed >= trap.lines) this.#powerOff();
  }

  #paperEnds(end: Paper["end"]): void {
    const behindHead = end === "torn" ? 0 : this.settings.headToCutterDots;
    this.#effects.push({ kind: "paper", paper: this.#roll.cut(end, behindHead, this.#clockMs) });
  }

  // What commands ask for

  print(print: Print): void {
    if (this.layout.modes.pageMode) this.#page.push(print);
    else this.#enqueue(print);
  }

  #enqueue(print: Print): void {
    for (const band of bands(print)) this.#mechanism.add({ kind: "print", print: band });
    const answers = this.#lineAnswers;
    if (answers.length === 0) return;
    this.#lineAnswers = [];
    for (const answer of answers) this.#mechanism.whenDone(answer, false);
  }

  cut(mode: "full" | "partial", feedDots: number | null): void {
    if (!this.traits.cutter || !this.layout.atLineStart || this.layout.modes.pageMode) return;
    if (feedDots !== null)
      this.print({ kind: "feed", height: this.settings.headToCutterDots + feedDots });
    this.#mechanism.add({ kind: "cut", mode });
  }

  pulse(pin: "pin2" | "pin5"): void {
    this.#mechanism.add({ kind: "pulse", pin });
  }

  realtimePulse(pin: "pin2" | "pin5"): void {
    if (this.layout.modes.drawerPulseAllowed) this.#do({ kind: "pulse", pin });
  }

  initialise(): void {
    this.layout.reset();
    this.#page = [];
    this.#lineAnswers = [];
    this.stored = null;
    if (this.settings.initEndsAutomaticStatus) this.automaticStatus(0);
    if (!this.traits.cutter) this.#mechanism.add({ kind: "tear" });
  }

  page(step: "enter" | "print" | "print_and_leave" | "cancel" | "leave"): void {
    const { layout } = this;
    if (step === "enter") layout.set({ pageMode: true });
    if (!layout.modes.pageMode) return;
    if (step === "print" || step === "print_and_leave") {
      layout.endLine();
      const page = this.#page;
      this.#page = [];
      for (const print of page) this.#enqueue(print);
    }
    if (step === "cancel" || step === "leave") {
      layout.discard();
      this.#page = [];
      this.#lineAnswers = [];
    }
    if (step === "print_and_leave" || step === "leave") layout.set({ pageMode: false });
  }

  counter(number: number): number | null {
    return this.#counters.value(number);
  }

  resetCounter(number: number): void {
    this.#counters.reset(number);
  }

  // What the printer says

  /** An answer in real time. */
  say(bytes: readonly number[]): void {
    this.#voice.answer(bytes);
  }

  sayCleared(): void {
    this.#voice.cleared();
  }

  answer(bytes: readonly number[]): void {
    if (!this.#losesPowerInstead()) this.#voice.answer(bytes);
  }

  whenPrinted(call: () => void): void {
    this.#afterPrint(call, false);
  }

  processId(id: readonly number[]): void {
    this.#afterPrint(() => {
      if (this.#losesPowerInstead()) return;
      const shown = this.faults.wrongIds ? id.map(nextIdByte) : id;
      this.#voice.processId(shown, this.settings.idSurvivesDisconnect);
    }, !this.settings.idWaitsForCutter);
  }

  #afterPrint(call: () => void, unlessCut: boolean): void {
    if (this.layout.atLineStart && this.#page.length === 0)
      this.#mechanism.whenDone(call, unlessCut);
    else this.#lineAnswers.push(call);
  }

  #losesPowerInstead(): boolean {
    if (this.faults.powerLoss?.at !== "before_answer" || this.#linesSinceArmed === 0) return false;
    this.#powerOff();
    return true;
  }

  offlineResponse(kind: OfflineResponse): void {
    this.#voice.offlineResponse(kind);
  }

  automaticStatus(items: number): void {
    const watched = this.traits.automaticStatus === "yes" ? items : 0;
    this.#voice.watch(watched, this.signals, this.settings.automaticStatusByte4);
  }

  // What happens to the printer

  set(changes: Partial<Conditions>, nowMs: number): Effect[] {
    this.settle(nowMs);
    if (changes.power === "off" && this.powered) this.#powerOff();
    const before = this.conditions;
    if (changes.power === "on" && !this.powered) {
      this.#change({ power: "on" });
      this.#effects.push({ kind: "power", power: "on" });
    }
    this.#change(withRoll(changes, this.settings.nearEndDots));
    this.#afterRepair(before);
    if (changes.feedButton === "down") this.#feedPressed();
    this.settle(nowMs);
    return this.takeEffects();
  }

  /** Clears what a person has put right; some models then still wait for a command or for FEED. */
  #afterRepair(before: Conditions): void {
    const { conditions, settings } = this;
    const coverClosed = before.cover === "open" && conditions.cover === "closed";
    const paperLoaded = before.paper === "out" && conditions.paper !== "out";
    const jamCleared = before.cutter === "jammed" && conditions.cutter === "ok";
    const bladeFree = (jamCleared && !settings.cutterNeedsCommand) || coverClosed;
    if (bladeFree && conditions.cutter === "ok") this.#latch({ cutterError: false });
    if (this.powered && settings.resumeNeedsFeed && (coverClosed || paperLoaded))
      this.#latch({ waitingForRecovery: true });
  }

  #feedPressed(): void {
    if (!this.powered) return;
    this.#latch({ waitingForRecovery: false });
    if (isOfflineForCause(this.signals)) return;
    this.#printed({ kind: "feed", height: this.layout.modes.lineSpacing });
  }

  setFaults(changes: Partial<Faults>, nowMs: number): Effect[] {
    this.settle(nowMs);
    this.faults = { ...this.faults, ...changes };
    this.#voice.mute(this.faults.mute);
    if (changes.powerLoss !== undefined) this.#linesSinceArmed = 0;
    return this.takeEffects();
  }

  configure(changes: Partial<Settings>, nowMs: number): Effect[] {
    this.settle(nowMs);
    this.settings = { ...this.settings, ...changes };
    this.settle(nowMs);
    return this.takeEffects();
  }

  connected(connected: boolean, nowMs: number): Effect[] {
    this.settle(nowMs);
    this.#voice.connect(connected);
    if (!connected && !this.settings.idSurvivesDisconnect) this.#voice.forget();
    return this.takeEffects();
  }

  hostReady(ready: boolean, nowMs: number): Effect[] {
    this.settle(nowMs);
    this.#voice.hostReady(ready);
    return this.takeEffects();
  }

  /** Nobody is going to send more: where there is no blade, a person takes the paper. */
  hostLeft(nowMs: number): Effect[] {
    if (!this.traits.cutter && this.powered) this.#mechanism.add({ kind: "tear" });
    this.settle(nowMs);
    return this.takeEffects();
  }

  tear(nowMs: number): Effect[] {
    this.settle(nowMs);
    if (this.#roll.inked) this.#paperEnds("torn");
    return this.takeEffects();
  }

  hanging(nowMs: number): Paper {
    return this.#roll.hanging(nowMs);
  }

  /** DLE ENQ 1: goes on with what failed, which is done again. */
  recover(): void {
    if (!this.inRecoverableError) return;
    this.#latch({ cutterError: false });
    this.#change({ mechanism: "ok" });
  }

  /** Throws away all that isn't printed yet, and the answers to it; modes stay. */
  clear(): void {
    this.#options.forget();
    this.#mechanism.clear();
    this.layout.discard();
    this.layout.set({ pageMode: false });
    this.#page = [];
    this.#lineAnswers = [];
    this.stored = null;
    this.#voice.forget();
    this.recover();
  }

  #powerOff(): void {
    this.#flush();
    this.#voice.powerOff();
    this.clear();
    this.layout.reset();
    this.#latched = CALM_LATCH;
    this.faults = { ...this.faults, powerLoss: null };
    this.#change({ power: "off" });
    this.#effects.push({ kind: "power", power: "off" });
  }

  #change(changes: Partial<Conditions>): void {
    this.conditions = { ...this.conditions, ...changes };
    this.#refresh();
  }

  #latch(changes: Partial<Latched>): void {
    this.#latched = { ...this.#latched, ...changes };
    this.#refresh();
  }

  /** Every change of a sensor comes through here, so that none goes unreported. */
  #refresh(): void {
    const before = this.signals;
    this.signals = signalsOf(this.conditions, this.#latched);
    if (!this.powered) return;
    if (this.signals.offline) this.#mechanism.hold(this.#clockMs);
    this.#voice.changed(before, this.signals, this.settings.automaticStatusByte4);
  }
}

const nextIdByte = (byte: number): number => (byte >= 0x7e ? 0x20 : byte + 1);

/** A length of roll says by itself whether paper is there; new paper without a length has no known end. */
function withRoll(changes: Partial<Conditions>, nearEndDots: number): Partial<Conditions> {
  const { paper, rollDots } = changes;
  if (rollDots === undefined) return paper === "ok" ? { ...changes, rollDots: null } : changes;
  if (paper !== undefined) return changes;
  if (rollDots === null) return { ...changes, paper: "ok" };
  const near = rollDots <= nearEndDots ? "near_end" : "ok";
  return { ...changes, paper: rollDots === 0 ? "out" : near };
}
