/** A receipt printer on the counter: the sandbox's own pure model, its cable, and the pile of paper before it. */
import type { TextCodec } from "../../sandbox/model/printer/codec.ts";
import { type Paper, textLines } from "../../sandbox/model/printer/paper.ts";
import { type Effect, PrinterModel } from "../../sandbox/model/printer/printer.ts";
import {
  PROFILES,
  type ProfileName,
  type Settings,
  settingsFor,
} from "../../sandbox/model/printer/traits.ts";
import type { Timeline } from "../world/timeline.ts";

export interface PrintedPaper {
  readonly n: number;
  readonly lines: readonly string[];
  readonly atMs: number;
}

export interface PrinterMake {
  readonly profile: ProfileName;
  readonly paperMm: 58 | 80;
  readonly settings: Partial<Settings>;
}

/** What stands at the other end of the cable. */
export interface CableEnd {
  bytes(part: Uint8Array): void;
  /** The printer lost its power: it doesn't say goodbye. */
  dead(): void;
}

export class Printer {
  readonly id: string;
  readonly make: PrinterMake;
  readonly model: PrinterModel;
  readonly papers: PrintedPaper[] = [];
  readonly #time: Timeline;
  readonly #onPaper: (paper: PrintedPaper) => void;
  /** The power went: somebody will have to switch it on again. */
  onDead: () => void = () => {};
  #cable: CableEnd | null = null;
  /** Offered and not yet taken, because the buffer is full. */
  #waiting: Uint8Array[] = [];
  #wakesAtMs = Number.POSITIVE_INFINITY;

  constructor(
    id: string,
    time: Timeline,
    make: PrinterMake,
    codec: TextCodec,
    onPaper: (paper: PrintedPaper) => void,
  ) {
    this.id = id;
    this.make = make;
    this.#time = time;
    this.#onPaper = onPaper;
    this.model = new PrinterModel({
      traits: PROFILES[make.profile],
      settings: settingsFor(make.paperMm, make.settings),
      codec,
    });
  }

  get isPowered(): boolean {
    return this.model.snapshot().conditions.power === "on";
  }

  get isTaken(): boolean {
    return this.#cable !== null;
  }

  plug(cable: CableEnd): void {
    this.#cable = cable;
    this.#waiting = [];
    this.#carryOut(this.model.connect(this.#time.nowMs));
  }

  /** The cable was pulled, or the other side ended: what waited on it is gone. */
  unplug(cable: CableEnd): void {
    if (this.#cable !== cable) return;
    this.#cable = null;
    this.#waiting = [];
    this.#carryOut(this.model.disconnect(this.#time.nowMs));
  }

  receive(cable: CableEnd, bytes: Uint8Array): void {
    if (this.#cable !== cable) return;
    this.#waiting.push(bytes);
    this.#takeWaiting();
  }

  /** Something happens to the printer: `act` gets the model and the time. */
  happen(act: (model: PrinterModel, nowMs: number) => Effect[]): void {
    this.#carryOut(act(this.model, this.#time.nowMs));
    this.#takeWaiting();
  }

  /** What hangs out and was never cut counts too, as the last piece. */
  hanging(): PrintedPaper | null {
    const paper = this.model.hanging(this.#time.nowMs);
    const lines = linesOf(paper);
    return lines.length === 0 ? null : { n: paper.n, lines, atMs: this.#time.nowMs };
  }

  #takeWaiting(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const { taken, effects } = this.model.receive(first, this.#time.nowMs);
      if (taken === first.length) this.#waiting.shift();
      else this.#waiting[0] = first.subarray(taken);
      this.#carryOut(effects);
      if (taken < first.length) break;
    }
    this.#wake();
  }

  #carryOut(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case "send":
          this.#cable?.bytes(effect.bytes);
          break;
        case "paper":
          this.#file(effect.paper);
          break;
        case "power":
          if (effect.power === "off") this.#lostPower();
          break;
        case "printed":
        case "drawer":
          break;
      }
    }
    this.#wake();
  }

  #lostPower(): void {
    const cable = this.#cable;
    this.#cable = null;
    this.#waiting = [];
    cable?.dead();
    this.model.disconnect(this.#time.nowMs);
    this.onDead();
  }

  #file(paper: Paper): void {
    const printed = { n: paper.n, lines: linesOf(paper), atMs: this.#time.nowMs };
    this.papers.push(printed);
    this.#onPaper(printed);
  }

  #wake(): void {
    const wakeMs = this.model.wakeAtMs();
    if (wakeMs === null || wakeMs >= this.#wakesAtMs) return;
    this.#wakesAtMs = wakeMs;
    this.#time.at(wakeMs, () => {
      if (this.#wakesAtMs !== wakeMs) return;
      this.#wakesAtMs = Number.POSITIVE_INFINITY;
      this.happen((model, nowMs) => model.advance(nowMs));
    });
  }
}

const linesOf = (paper: Paper): readonly string[] => textLines(paper).map((line) => line.text);
