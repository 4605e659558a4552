/** Turns text and modes into prints: fills a line, wraps it at the edge of the print area, hands over what is complete. */
import { chineseUnit, type TextCodec } from "./codec.ts";
import { cellOf, startModes, type Cell, type Modes } from "./modes.ts";
import { pieceWidth, type Bitmap, type InlinePicture, type Print, type TextRun } from "./paper.ts";

const minAreaDots = 48;

export class Layout {
  modes: Modes;
  #pieces: (TextRun | InlinePicture)[] = [];
  #x = 0;
  #cells: { half: Cell; chinese: Cell } | null = null;
  readonly #dots: number;
  readonly #codec: TextCodec;
  readonly #fourBytes: boolean;
  readonly #chineseAtStart: boolean;
  readonly #emit: (print: Print) => void;

  constructor(
    device: { dots: number; gb18030: boolean; chineseAtStart: boolean },
    codec: TextCodec,
    emit: (print: Print) => void,
  ) {
    this.#dots = device.dots;
    this.#fourBytes = device.gb18030;
    this.#chineseAtStart = device.chineseAtStart;
    this.#codec = codec;
    this.#emit = emit;
    this.modes = startModes(this.#chineseAtStart);
  }

  /** No character of the current line is waiting for its line feed. */
  get atLineStart(): boolean {
    return this.#pieces.length === 0 && this.#x === 0;
  }

  /** ESC @ and power: empties the line and puts every mode back. */
  reset(): void {
    this.discard();
    this.modes = startModes(this.#chineseAtStart);
    this.#cells = null;
  }

  /** Throws the unprinted line away. */
  discard(): void {
    this.#pieces = [];
    this.#x = 0;
  }

  set(changes: Partial<Modes>): void {
    Object.assign(this.modes, changes);
    this.#cells = null;
  }

  /**
   * Prints the bytes `from` to `to`, none of them below 0x20. Gives how many were used: less when a character isn't
   * whole yet, which only the last bytes that have arrived can be.
   */
  text(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to) {
      const start = at;
      while (at < to && (bytes[at] ?? 0) < 0x80) at += 1;
      if (at > start) this.#put(this.#plain(bytes, start, at), false);
      if (at >= to) break;
      const used = this.modes.chinese ? this.#chinese(bytes, at, to) : this.#codePage(bytes, at);
      if (used === 0) break;
      at += used;
    }
    return at - from;
  }

  /** Prints the line and feeds; an empty line is paper feed of one line. */
  lineFeed(): void {
    const pieces = this.#pieces;
    const ink = pieces.reduce((most, piece) => Math.max(most, pieceHeight(piece)), 0);
    const height = Math.max(this.modes.lineSpacing, ink);
    if (pieces.length === 0) this.#emit({ kind: "feed", height });
    else this.#emit({ kind: "line", height, pieces: this.#aligned(pieces) });
    this.discard();
  }

  /** Before something that stands on a line of its own. */
  endLine(): void {
    if (this.#pieces.length > 0) this.lineFeed();
    else this.discard();
  }

  /** Prints the line, then feeds so many dots in all. */
  feedDots(dots: number): void {
    if (this.#pieces.length > 0) {
      const before = this.modes.lineSpacing;
      this.modes.lineSpacing = dots;
      this.lineFeed();
      this.modes.lineSpacing = before;
    } else if (dots > 0) this.#emit({ kind: "feed", height: dots });
  }

  moveTo(x: number): void {
    if (x >= 0 && x <= this.areaWidth()) this.#x = x;
  }

  moveBy(dots: number): void {
    this.moveTo(this.#x + dots);
  }

  tab(): void {
    const next = this.modes.tabs.find((stop) => stop > this.#x);
    if (next !== undefined) this.moveTo(next);
  }

  picture(bitmap: Bitmap, scaleX: number, scaleY: number): void {
    const picture: InlinePicture = { kind: "picture", x: this.#x, ...bitmap, scaleX, scaleY };
    if (this.#x + pieceWidth(picture) > this.areaWidth()) return;
    this.#pieces.push(picture);
    this.#x += pieceWidth(picture);
  }

  areaWidth(): number {
    const room = Math.max(minAreaDots, this.#dots - this.modes.leftMargin);
    return Math.min(room, Math.max(minAreaDots, this.modes.areaWidth ?? room));
  }

  /** Where something `width` dots wide starts under the current justification, from the paper's left edge. */
  startOf(width: number): number {
    const spare = Math.max(0, this.areaWidth() - width);
    return this.modes.leftMargin + Math.floor((spare * this.modes.align) / 2);
  }

  #aligned(pieces: readonly (TextRun | InlinePicture)[]): (TextRun | InlinePicture)[] {
    const end = pieces.reduce((most, piece) => Math.max(most, piece.x + pieceWidth(piece)), 0);
    const shift = this.startOf(end);
    return shift === 0 ? [...pieces] : pieces.map((piece) => ({ ...piece, x: piece.x + shift }));
  }

  #plain(bytes: Uint8Array, from: number, to: number): string {
    const dollar = this.modes.country === 15 ? "¥" : "$";
    let text = "";
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === 0x24) text += dollar;
      else if (byte !== 0x7f) text += String.fromCharCode(byte);
    }
    return text;
  }

  #codePage(bytes: Uint8Array, at: number): number {
    this.#put(this.#codec.codePage(this.modes.codePage, bytes[at] ?? 0), false);
    return 1;
  }

  /** As many two-byte characters at one go as there are, else one character of another kind. */
  #chinese(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && chineseUnit(bytes, at, bytes.length, this.#fourBytes) === "two") at += 2;
    if (at > from) {
      const text = this.#codec.gb18030(bytes.subarray(from, at));
      const whole = Array.from(text).length === (at - from) / 2;
      for (const part of whole ? [text] : this.#onePerPair(bytes, from, at)) this.#put(part, true);
      return at - from;
    }
    const unit = chineseUnit(bytes, from, bytes.length, this.#fourBytes);
    if (unit === "incomplete") return 0;
    if (unit === "four") {
      this.#put(this.#codec.gb18030(bytes.subarray(from, from + 4)), true);
      return 4;
    }
    this.#put(" ", false);
    return 1;
  }

  #onePerPair(bytes: Uint8Array, from: number, to: number): string[] {
    const characters: string[] = [];
    for (let at = from; at < to; at += 2)
      characters.push(Array.from(this.#codec.gb18030(bytes.subarray(at, at + 2)))[0] ?? "\uFFFD");
    return characters;
  }

  #put(text: string, chinese: boolean): void {
    this.#cells ??= { half: cellOf(this.modes, false), chinese: cellOf(this.modes, true) };
    const cell = chinese ? this.#cells.chinese : this.#cells.half;
    const characters = chinese ? Array.from(text) : text;
    for (let from = 0; from < characters.length;) {
      const fits = Math.floor((this.areaWidth() - this.#x) / cell.width);
      if (fits <= 0) {
        if (this.#x === 0) return;
        this.lineFeed();
        continue;
      }
      const part = characters.slice(from, from + fits);
      this.#place(typeof part === "string" ? part : part.join(""), part.length, cell, chinese);
      from += fits;
    }
  }

  #place(text: string, count: number, cell: Cell, chinese: boolean): void {
    const x = this.#x + cell.before;
    const last = this.#pieces.at(-1);
    this.#x += count * cell.width;
    if (last?.kind === "text" && continues(last, x, cell, chinese)) {
      this.#pieces[this.#pieces.length - 1] = { ...last, text: last.text + text };
      return;
    }
    const { style, width, height } = cell;
    this.#pieces.push({ kind: "text", x, text, cell: width, height, chinese, style });
  }
}

const pieceHeight = (piece: TextRun | InlinePicture): number =>
  piece.kind === "text" ? piece.height : piece.height * piece.scaleY;

/** Two runs are one when nothing tells them apart; this keeps the paper the same however the bytes were cut. */
function continues(run: TextRun, x: number, cell: Cell, chinese: boolean): boolean {
  if (run.chinese !== chinese || run.cell !== cell.width || run.x + pieceWidth(run) !== x) {
    return false;
  }
  const one = run.style;
  const other = cell.style;
  return (
    one.font === other.font &&
    one.wide === other.wide &&
    one.tall === other.tall &&
    one.bold === other.bold &&
    one.underline === other.underline &&
    one.invert === other.invert
  );
}
