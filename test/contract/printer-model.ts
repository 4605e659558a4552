/**
 * A small printer for tests, as pure as its world: bytes in, bytes out, paper. It holds what it has while paper is
 * out or the cover is open, forgets all of it without power, and misbehaves on request.
 */
import type { World } from "../../src/ports/world.ts";

export interface ModelSettings {
  readonly processId: boolean;
  readonly realtime: boolean;
  readonly automatic: boolean;
  readonly inOrder: boolean;
  readonly counter: boolean;
  readonly bufferClear: boolean;
  /** Time of one line; 0 prints in no time. */
  readonly lineMs: number;
}

export const epsonModel: ModelSettings = {
  processId: true,
  realtime: true,
  automatic: true,
  inOrder: true,
  counter: true,
  bufferClear: true,
  lineMs: 0,
};
export const cloneModel: ModelSettings = {
  ...epsonModel,
  processId: false,
  automatic: false,
  counter: false,
  bufferClear: false,
};
export const muteModel: ModelSettings = { ...cloneModel, realtime: false, inOrder: false };

/** How many bytes the command at the front has; null: not all of it is here yet. */
function commandLength(bytes: readonly number[]): number | null {
  const [a, b, c = 0, d = 0] = bytes;
  if (a !== 0x1b && a !== 0x1d) return 1;
  if (b === undefined) return null;
  if (a === 0x1b) return b === 0x40 ? 2 : 3;
  if (b === 0x28) return bytes.length < 5 ? null : 5 + d + 256 * (bytes[4] ?? 0);
  if (b === 0x56) return c >= 0x41 ? 4 : 3;
  if (b === 0x67) return 6;
  return 3;
}

export class PrinterModel {
  settings: ModelSettings;
  readonly #world: World;
  /** Where answers go; null while nobody is connected. */
  #answerTo: ((bytes: Uint8Array) => void) | null = null;
  #buffer: number[] = [];
  #realtime: number[] = [];
  #asb = false;
  #line = "";
  #sheet: string[] = [];
  #isMoving = false;
  /** Finished pieces of paper, each with its lines. */
  readonly papers: string[][] = [];
  cuts = 100;
  linesLeft = Infinity;
  isCoverOpen = false;
  hasPower = true;
  /** Says nothing at all, and works. */
  isMute = false;
  /** Every answer is preceded by noise. */
  noise: readonly number[] = [];
  wrongId: string | null = null;
  received = 0;
  /** Called with the number of lines printed so far. */
  onLine: (lines: number) => void = () => undefined;
  linesPrinted = 0;

  constructor(world: World, settings: ModelSettings) {
    this.#world = world;
    this.settings = settings;
  }

  connect(answerTo: (bytes: Uint8Array) => void): void {
    this.#answerTo = answerTo;
  }
  disconnect(): void {
    this.#answerTo = null;
  }

  get isOffline(): boolean {
    return this.isCoverOpen || this.linesLeft <= 0;
  }

  receive(bytes: Uint8Array): void {
    if (!this.hasPower) return;
    this.received += bytes.length;
    for (const byte of bytes) this.#takeByte(byte);
    this.#work();
  }

  setCover(isOpen: boolean): void {
    this.isCoverOpen = isOpen;
    this.#changed();
  }
  setPaper(lines: number): void {
    this.linesLeft = lines;
    this.#changed();
  }
  /** All that was in it is lost; the paper under way stays where it is, uncut. */
  setPower(isOn: boolean): void {
    this.hasPower = isOn;
    this.#buffer = [];
    this.#realtime = [];
    this.#line = "";
    this.#asb = false;
    this.#answerTo = null;
  }
  /** What is printed and not cut. */
  get sheet(): readonly string[] {
    return this.#sheet;
  }
  /** Characters that wait for their line feed. */
  get waitingText(): string {
    return this.#line;
  }
  get allLines(): readonly string[] {
    return [...this.papers.flat(), ...this.#sheet];
  }

  #changed(): void {
    if (this.#asb) this.#answer(this.#asbBytes());
    this.#work();
  }

  #takeByte(byte: number): void {
    this.#realtime.push(byte);
    const [first, second, third] = this.#realtime;
    if (first !== 0x10 || (second !== undefined && second !== 0x04 && second !== 0x14)) {
      this.#buffer.push(...this.#realtime);
      this.#realtime = [];
    } else if (second === 0x04 && third !== undefined) {
      this.#realtime = [];
      if (this.settings.realtime) this.#answer([this.#realtimeByte(third)]);
    } else if (second === 0x14 && this.#realtime.length === 10) {
      this.#realtime = [];
      if (!this.settings.bufferClear) return;
      this.#buffer = [];
      this.#answer([0x37, 0x25, 0x00]);
    }
  }

  #work(): void {
    while (!this.isOffline && !this.#isMoving && this.hasPower && this.#buffer.length > 0) {
      const length = commandLength(this.#buffer);
      if (length === null || length > this.#buffer.length) return;
      this.#execute(this.#buffer.splice(0, length));
    }
  }

  #execute(command: readonly number[]): void {
    const [a, b, c] = command;
    if (a === 0x0a) this.#printLine();
    else if (a === 0x00) return;
    else if (a !== 0x1b && a !== 0x1d) this.#line += String.fromCharCode(a ?? 0);
    else if (a === 0x1b && b === 0x40) this.#line = "";
    else if (b === 0x56) this.#cut();
    else if (b === 0x61) this.#setAsb(c ?? 0);
    else if (b === 0x72 && this.settings.inOrder) this.#answer([this.#paperByte()]);
    else if (b === 0x67 && this.settings.counter) this.#text(String(this.cuts));
    else if (b === 0x49 && this.settings.counter) this.#text(c === 66 ? "EPSON" : "TM-T88VI");
    else if (b === 0x28) this.#processId(command.slice(7));
  }

  #printLine(): void {
    this.#sheet.push(this.#line);
    this.#line = "";
    this.linesLeft -= 1;
    this.linesPrinted += 1;
    if (this.isOffline && this.#asb) this.#answer(this.#asbBytes());
    this.onLine(this.linesPrinted);
    if (this.settings.lineMs === 0) return;
    this.#isMoving = true;
    this.#world.after(this.settings.lineMs, () => {
      this.#isMoving = false;
      this.#work();
    });
  }

  #cut(): void {
    this.papers.push(this.#sheet);
    this.#sheet = [];
    this.cuts += 1;
  }

  #setAsb(mask: number): void {
    if (!this.settings.automatic) return;
    this.#asb = mask !== 0;
    if (this.#asb) this.#answer(this.#asbBytes());
  }

  #processId(id: readonly number[]): void {
    if (!this.settings.processId) this.#line += String.fromCharCode(...id);
    else this.#answer([0x37, 0x22, ...(this.wrongId ? Buffer.from(this.wrongId) : id), 0x00]);
  }

  #text(text: string): void {
    this.#answer([0x5f, ...Buffer.from(text, "latin1"), 0x00]);
  }

  #answer(bytes: readonly number[]): void {
    if (!this.isMute) this.#answerTo?.(Uint8Array.from([...this.noise, ...bytes]));
  }

  #realtimeByte(n: number): number {
    const paperOut = this.linesLeft <= 0;
    if (n === 1) return 0x12 | (this.isOffline ? 0x08 : 0);
    if (n === 2) return 0x12 | (this.isCoverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0);
    return 0x12 | (n === 4 && paperOut ? 0x60 : 0);
  }
  #paperByte(): number {
    return this.linesLeft <= 0 ? 0x0c : 0x00;
  }
  #asbBytes(): readonly number[] {
    const first = 0x10 | (this.isOffline ? 0x08 : 0) | (this.isCoverOpen ? 0x20 : 0);
    return [first, 0, this.#paperByte(), 0x0f];
  }
}
