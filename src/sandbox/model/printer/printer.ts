/**
 * A receipt printer as a machine without clock and chance: bytes, events and the time go in; bytes to send back,
 * printed lines and finished papers come out. The server and the simulator run the same one.
 */
import { ByteQueue } from "./byte-queue.ts";
import type { TextCodec } from "./codec.ts";
import { commandFinder } from "./commands.ts";
import { CALM, type Conditions, type Faults } from "./conditions.ts";
import { Counters, type Totals } from "./counters.ts";
import { Engine, type Effect } from "./engine.ts";
import type { Paper } from "./paper.ts";
import { Parser } from "./parser.ts";
import { RealtimeScanner, realtimeAt, type RealtimeCommand } from "./realtime.ts";
import type { Signals } from "./status.ts";
import { realtimeStatus } from "./status.ts";
import type { Settings, Traits } from "./traits.ts";

export interface PrinterOptions {
  readonly traits: Traits;
  readonly settings: Settings;
  readonly codec: TextCodec;
  readonly conditions?: Partial<Conditions>;
  /** What the printer had printed and cut before, so that counters and paper numbers go on. */
  readonly totals?: Totals;
  readonly nextPaper?: number;
}

export interface Snapshot {
  readonly conditions: Conditions;
  readonly faults: Faults;
  readonly settings: Settings;
  readonly signals: Signals;
  readonly bufferedBytes: number;
  readonly insideCommand: boolean;
  readonly waitingForMechanism: number;
  readonly totals: Totals;
}

/** Real-time commands are still taken while the buffer is full, up to this much over its size. */
const reserveBytes = 256;

export class PrinterModel {
  readonly #engine: Engine;
  readonly #queue: ByteQueue;
  readonly #parser: Parser;
  readonly #scanner = new RealtimeScanner();

  constructor(options: PrinterOptions) {
    this.#queue = new ByteQueue(options.settings.bufferBytes + reserveBytes);
    this.#parser = new Parser(commandFinder(options.traits));
    this.#engine = new Engine({
      ...options,
      conditions: { ...CALM, ...options.conditions },
      counters: new Counters(options.totals ?? { lines: 0, cuts: 0 }),
      nextPaper: options.nextPaper ?? 1,
      step: (machine) => this.#parser.step(this.#queue, machine),
      forget: () => {
        this.#queue.clear();
        this.#parser.reset();
        this.#scanner.reset();
      },
    });
  }

  /** How many bytes can be taken now; at 0 the host has to wait. */
  room(): number {
    const { settings, signals, powered } = this.#engine;
    if (!powered || (settings.busyWhenOffline && signals.offline)) return 0;
    return Math.max(0, settings.bufferBytes - this.#queue.length);
  }

  /** Takes what there is room for; the rest has to be offered again. Without power the bytes are gone. */
  receive(
    bytes: Uint8Array,
    nowMs: number,
  ): { readonly taken: number; readonly effects: Effect[] } {
    this.#engine.settle(nowMs);
    let at = 0;
    while (at < bytes.length && this.#engine.powered) {
      const next = this.room() > 0 || this.#scanner.midway ? this.#take(bytes, at, nowMs) : null;
      const end = next ?? this.#takeRealtime(bytes, at, nowMs);
      if (end === null) return { taken: at, effects: this.#engine.takeEffects() };
      at = end;
    }
    return { taken: bytes.length, effects: this.#engine.takeEffects() };
  }

  /** Stores up to the next real-time command, lets the printer work on it, then carries that command out. */
  #take(bytes: Uint8Array, at: number, nowMs: number): number {
    const room = Math.max(this.room(), this.#scanner.midway ? reserveBytes : 0);
    const { command, end } = this.#scanner.next(bytes, at, Math.min(bytes.length, at + room));
    this.#queue.push(bytes.subarray(at, end));
    this.#engine.settle(nowMs);
    if (command && this.#engine.powered) this.#realtime(command, nowMs);
    return end;
  }

  #takeRealtime(bytes: Uint8Array, at: number, nowMs: number): number | null {
    const found = realtimeAt(bytes, at);
    if (!found) return null;
    if (this.#queue.length < this.#engine.settings.bufferBytes + reserveBytes)
      this.#queue.push(bytes.subarray(at, found.end));
    this.#realtime(found.command, nowMs);
    return found.end;
  }

  #realtime(command: RealtimeCommand, nowMs: number): void {
    const engine = this.#engine;
    switch (command.kind) {
      case "status":
        if (engine.traits.realtimeStatus === "yes")
          engine.say([realtimeStatus(command.n, engine.signals)]);
        break;
      case "recover":
        if (engine.traits.realtimeRecovery) engine.recover();
        break;
      case "clear_and_recover":
        if (engine.traits.realtimeRecovery && engine.inRecoverableError) engine.clear();
        break;
      case "pulse":
        engine.realtimePulse(command.pin);
        break;
      case "clear":
        if (engine.traits.bufferClear) {
          engine.clear();
          engine.sayCleared();
        }
        break;
    }
    engine.settle(nowMs);
  }

  /** A host is there. Bytes of an earlier one that are still in the buffer stay there. */
  connect(nowMs: number): Effect[] {
    this.#scanner.reset();
    return this.#engine.connected(true, nowMs);
  }

  disconnect(nowMs: number): Effect[] {
    const effects = this.#engine.connected(false, nowMs);
    return this.#queue.length > 0 ? effects : [...effects, ...this.#engine.hostLeft(nowMs)];
  }

  /** False: the host doesn't read what it is sent. */
  hostReady(ready: boolean, nowMs: number): Effect[] {
    return this.#engine.hostReady(ready, nowMs);
  }

  /** Something happens to the printer. */
  set(changes: Partial<Conditions>, nowMs: number): Effect[] {
    return this.#engine.set(changes, nowMs);
  }

  setFaults(changes: Partial<Faults>, nowMs: number): Effect[] {
    return this.#engine.setFaults(changes, nowMs);
  }

  configure(changes: Partial<Settings>, nowMs: number): Effect[] {
    return this.#engine.configure(changes, nowMs);
  }

  /** A person tears off what hangs out of the printer; nothing happens when it is blank. */
  tear(nowMs: number): Effect[] {
    return this.#engine.tear(nowMs);
  }

  /** Lets the time pass. */
  advance(nowMs: number): Effect[] {
    this.#engine.settle(nowMs);
    return this.#engine.takeEffects();
  }

  /** When `advance` is due next; null when nothing moves. */
  wakeAtMs(): number | null {
    return this.#engine.wakeAtMs;
  }

  /** What hangs out of the printer and isn't cut yet. */
  hanging(nowMs: number): Paper {
    return this.#engine.hanging(nowMs);
  }

  /** Nothing in the buffer and nothing moving. */
  get idle(): boolean {
    return this.#queue.length === 0 && this.#engine.waiting === 0;
  }

  snapshot(): Snapshot {
    const engine = this.#engine;
    return {
      conditions: engine.conditions,
      faults: engine.faults,
      settings: engine.settings,
      signals: engine.signals,
      bufferedBytes: this.#queue.length,
      insideCommand: this.#parser.insideCommand,
      waitingForMechanism: engine.waiting,
      totals: engine.totals,
    };
  }
}

export type { Effect };
