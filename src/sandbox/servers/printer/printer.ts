/** The sandbox's receipt printer: a TCP server that speaks ESC/POS, round the pure model. */
import type { Paper, PaperElement } from "../../model/printer/paper.ts";
import type { Effect } from "../../model/printer/printer.ts";
import { pngOf, svgOf, svgOfElement } from "./drawing.ts";
import { Line } from "./line.ts";
import { newModel, type NewModel } from "./new-model.ts";
import { PaperStore } from "./paper-store.ts";
import {
  conditionsOf,
  faultsOf,
  settingsOf,
  stateOf,
  type PrinterAction,
  type PrinterState,
  type SecondConnection,
  type StateChange,
} from "./state.ts";

export interface StartPrinter extends NewModel {
  /** 0, the default: a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Where finished papers are kept over a restart; absent: only in memory. */
  readonly dataDir?: string;
  /** What a second host meets while one is connected. */
  readonly secondConnection?: SecondConnection;
  /** A connection without traffic is closed after this many ms; Epson's interface boards take 5 minutes. */
  readonly idleMs?: number;
}

export interface PrinterListener {
  /** A line, picture or feed came out. */
  printed?(element: PaperElement): void;
  paper?(paper: Paper): void;
  state?(state: PrinterState): void;
  /** The tray was emptied. */
  cleared?(): void;
}

export interface SandboxPrinter {
  readonly host: string;
  readonly port: number;
  /** Finished papers, oldest first, 500 at most. */
  papers(): readonly Paper[];
  paper(n: number): Paper | null;
  /** What hangs out of the printer, not cut yet. */
  hanging(): Paper;
  state(): PrinterState;
  /** Causes any fault and puts it right again. Resolves when the port is open or shut as it then has to be. */
  set(change: StateChange): Promise<PrinterState>;
  act(action: PrinterAction): Promise<PrinterState>;
  onPaper(call: (paper: Paper) => void): () => void;
  /** Gives back the way to stop listening. */
  listen(listener: PrinterListener): () => void;
  svg(paper: Paper): string;
  svgOfElement(element: PaperElement): string;
  png(paper: Paper): Promise<Buffer>;
  close(): Promise<void>;
}

const idleMsDefault = 5 * 60_000;
const pngsMax = 50;
/** Epoch ms that never jump back, so that printing times stay right. */
const nowMs = (): number => performance.timeOrigin + performance.now();

/** Starts a printer on loopback; rejects when the port is taken. */
export async function startPrinter(options: StartPrinter = {}): Promise<SandboxPrinter> {
  const printer = new TcpPrinter(options);
  await printer.open();
  return printer;
}

class TcpPrinter implements SandboxPrinter {
  readonly host: string;
  readonly #profile: string;
  readonly #store: PaperStore;
  readonly #model: ReturnType<typeof newModel>;
  readonly #line: Line;
  readonly #listeners = new Set<PrinterListener>();
  readonly #pngs = new Map<number, Promise<Buffer>>();
  #refuse = false;
  #closed = false;
  #timer: NodeJS.Timeout | null = null;
  #stateTimer: NodeJS.Immediate | null = null;

  constructor(options: StartPrinter) {
    this.host = options.host ?? "127.0.0.1";
    this.#profile = options.profile ?? "epson";
    this.#store = new PaperStore(options.dataDir ?? null);
    const { totals, nextNumber: nextPaper } = this.#store;
    this.#model = newModel({ totals, nextPaper, ...options });
    const { port = 0, idleMs = idleMsDefault } = options;
    this.#line = new Line(
      { host: this.host, port, idleMs },
      {
        connected: () => this.#apply(this.#model.connect(nowMs())),
        bytes: (part) => this.#receive(part),
        ready: (ready) => this.#apply(this.#model.hostReady(ready, nowMs())),
        disconnected: () => this.#apply(this.#model.disconnect(nowMs())),
        changed: () => this.#stateChanged(),
      },
    );
    this.#line.secondConnection = options.secondConnection ?? "queue";
  }

  get port(): number {
    return this.#line.port;
  }

  open(): Promise<void> {
    return this.#settleLine();
  }

  papers(): readonly Paper[] {
    return this.#store.papers;
  }

  paper(n: number): Paper | null {
    return this.#store.papers.find((paper) => paper.n === n) ?? null;
  }

  hanging(): Paper {
    return this.#model.hanging(nowMs());
  }

  state(): PrinterState {
    const line = {
      refuse: this.#refuse,
      secondConnection: this.#line.secondConnection,
      connections: this.#line.connections,
    };
    return stateOf(this.#model.snapshot(), line, {
      profile: this.#profile,
      address: `${this.host}:${this.port}`,
      papers: this.#store.papers.length,
    });
  }

  async set(change: StateChange): Promise<PrinterState> {
    const now = nowMs();
    if (change.second_connection !== undefined)
      this.#line.secondConnection = change.second_connection;
    if (change.refuse !== undefined) this.#refuse = change.refuse;
    this.#apply(this.#model.configure(settingsOf(change), now));
    this.#apply(this.#model.setFaults(faultsOf(change), now));
    this.#apply(this.#model.set(conditionsOf(change), now));
    await this.#settleLine();
    return this.state();
  }

  async act(action: PrinterAction): Promise<PrinterState> {
    switch (action) {
      case "feed":
        await this.set({ feed_button: "down" });
        return this.set({ feed_button: "up" });
      case "tear":
        this.#apply(this.#model.tear(nowMs()));
        break;
      case "reset_connection":
        this.#line.reset();
        break;
      case "clear_papers":
        this.#store.clear();
        this.#pngs.clear();
        for (const listener of this.#listeners) listener.cleared?.();
        this.#stateChanged();
        break;
    }
    return this.state();
  }

  onPaper(call: (paper: Paper) => void): () => void {
    return this.listen({ paper: call });
  }

  listen(listener: PrinterListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  svg(paper: Paper): string {
    return svgOf(paper);
  }

  svgOfElement(element: PaperElement): string {
    return svgOfElement(element, this.#model.snapshot().settings.dots);
  }

  /** Finished papers don't change, so their pictures are kept; the hanging one is drawn anew. */
  png(paper: Paper): Promise<Buffer> {
    if (!this.#store.papers.includes(paper)) return pngOf(paper);
    const known = this.#pngs.get(paper.n) ?? pngOf(paper);
    this.#pngs.set(paper.n, known);
    const [oldest] = this.#pngs.keys();
    if (this.#pngs.size > pngsMax && oldest !== undefined) this.#pngs.delete(oldest);
    return known;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#stateTimer) clearImmediate(this.#stateTimer);
    this.#listeners.clear();
    await this.#line.close();
    this.#store.close();
  }

  #settleLine(): Promise<void> {
    const powered = this.#model.snapshot().conditions.power === "on";
    return this.#line.listen(powered && !this.#refuse);
  }

  #receive(part: Uint8Array): number {
    const { taken, effects } = this.#model.receive(part, nowMs());
    this.#carryOut(effects);
    this.#wakeLater();
    return taken;
  }

  /** After anything that may have made room: carries out what it led to and offers the waiting bytes again. */
  #apply(effects: readonly Effect[]): void {
    this.#carryOut(effects);
    this.#line.pump();
    this.#wakeLater();
    this.#stateChanged();
  }

  #carryOut(effects: readonly Effect[]): void {
    if (this.#closed) return;
    const hanging: PaperElement[] = [];
    for (const effect of effects) {
      switch (effect.kind) {
        case "send":
          this.#line.send(effect.bytes);
          break;
        case "printed":
          hanging.push(effect.element);
          for (const listener of this.#listeners) listener.printed?.(effect.element);
          break;
        case "paper":
          hanging.length = 0;
          this.#store.add(effect.paper, this.#model.snapshot().totals);
          for (const listener of this.#listeners) listener.paper?.(effect.paper);
          break;
        case "power":
          this.#power(effect.power);
          break;
        case "drawer":
          break;
      }
    }
    if (hanging.length > 0) this.#store.printed(hanging, nowMs());
    if (effects.length > 0) this.#stateChanged();
  }

  /** Dark, the printer hears nothing and says nothing. Woken up, it knows no connection and resets them. */
  #power(power: "on" | "off"): void {
    if (power === "off") this.#line.fallSilent();
    else this.#line.reset();
    void this.#settleLine();
  }

  #wakeLater(): void {
    const wakeAtMs = this.#model.wakeAtMs();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (wakeAtMs === null || this.#closed) return;
    const waitMs = Math.max(1, Math.ceil(wakeAtMs - nowMs()));
    this.#timer = setTimeout(() => this.#apply(this.#model.advance(nowMs())), waitMs);
  }

  /** Told once a turn of the event loop, and only to those who ask. */
  #stateChanged(): void {
    if (this.#stateTimer || this.#closed || this.#listeners.size === 0) return;
    this.#stateTimer = setImmediate(() => {
      this.#stateTimer = null;
      const asking = Array.from(this.#listeners).filter((listener) => listener.state);
      const state = asking.length > 0 ? this.state() : null;
      if (state) for (const listener of asking) listener.state?.(state);
    });
  }
}
