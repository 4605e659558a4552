/** The document model of a paper: lines that already fit, small enough to be sent to a page that shows the paper. */
import { assert } from "../rules/assert.ts";
import { columnsOf, paperText, wrapText } from "./layout-text.ts";

/** `tall` is twice as high, `double` twice as high and wide. */
export type LineSize = "normal" | "tall" | "double";

/** One thing on the paper, from top to bottom. Every text fits its line at its size; nothing is left to the printer. */
export type SlipLine =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly align: "left" | "center" | "right";
      readonly size: LineSize;
    }
  | {
      readonly kind: "pair";
      readonly left: string;
      readonly right: string;
      readonly size: LineSize;
    }
  | { readonly kind: "rule" }
  /** ASCII only; the encoder centres it. */
  | { readonly kind: "qr"; readonly data: string }
  | { readonly kind: "feed"; readonly lines: number }
  | { readonly kind: "cut" };

/** The narrowest paper on which the longest amount still stands on one line with its sign. */
export const columnsMin = 16;

/** How many half-width columns of normal text one column of this size covers. */
export const sizeWidth = { normal: 1, tall: 1, double: 2 } as const satisfies Record<
  LineSize,
  number
>;

const qrLengthMax = 300;

/** Whether an address stands on the paper as a QR: printable ASCII, short enough for cells of three dots on 58 mm. */
export const isQrAddress = (url: string): boolean =>
  url.length <= qrLengthMax && /^[\x21-\x7e]+$/.test(url);

/** Puts lines together. Every text is made harmless; what doesn't fit is wrapped or moved down, never cut. */
export class Paper {
  readonly lines: SlipLine[] = [];
  readonly columns: number;

  constructor(columns: number) {
    assert(columns >= columnsMin, `a paper has at least ${columnsMin} columns`);
    this.columns = columns;
  }

  /** Centred and wrapped; falls from `double` to `tall` when one line doesn't hold it. */
  centre(text: string, size: LineSize = "normal"): void {
    this.flow(paperText(text), "center", size);
  }

  /** From the left, wrapped. */
  left(text: string): void {
    this.flow(paperText(text), "left", "normal");
  }

  /** Label and value on one line where they fit, else the value below, from the right. An empty value has no line. */
  field(label: string, value: string): void {
    const left = paperText(label);
    const right = paperText(value);
    if (right === "") return;
    if (columnsOf(left) + 1 + columnsOf(right) <= this.columns) {
      this.lines.push({ kind: "pair", left, right, size: "normal" });
    } else {
      this.flow(left, "left", "normal");
      this.flow(right, "right", "normal");
    }
  }

  /**
   * A label and its figures, e.g. "2 × ￥18.00" and "￥36.00". A figure is never wrapped: the figures that don't fit
   * beside the label go below it, and each to a line of its own when they don't fit together.
   */
  figures(label: string, figures: readonly string[]): void {
    const left = paperText(label);
    const right = figures.join("  ");
    const width = columnsOf(right);
    if (columnsOf(left) + 1 + width <= this.columns) {
      this.lines.push({ kind: "pair", left, right, size: "normal" });
      return;
    }
    this.flow(left, "left", "normal");
    for (const line of width <= this.columns ? [right] : figures) this.right(line, "normal");
  }

  /** The one figure that the paper is about, as large as the paper allows. */
  amount(label: string, figure: string): void {
    const size = columnsOf(figure) * sizeWidth.double <= this.columns ? "double" : "tall";
    const room = Math.floor(this.columns / sizeWidth[size]);
    if (columnsOf(label) + 1 + columnsOf(figure) <= room) {
      this.lines.push({ kind: "pair", left: label, right: figure, size });
    } else {
      this.flow(label, "left", "tall");
      this.right(figure, size);
    }
  }

  rule(): void {
    this.lines.push({ kind: "rule" });
  }

  /** As a QR; an address that a receipt's QR can't hold stands there as text. */
  address(url: string): void {
    if (isQrAddress(url)) this.lines.push({ kind: "qr", data: url });
    else this.left(url);
  }

  /** White between this paper and a torn half that may hang before it. Not a cut: those are counted as proof. */
  apart(): void {
    this.lines.push({ kind: "feed", lines: 4 });
  }

  /** The paper's end: through the cutter, or out far enough to tear off. */
  end(cutter: boolean): void {
    this.lines.push(cutter ? { kind: "cut" } : { kind: "feed", lines: 4 });
  }

  private right(text: string, size: LineSize): void {
    this.lines.push({ kind: "text", text, align: "right", size });
  }

  private flow(text: string, align: "left" | "center" | "right", asked: LineSize): void {
    const fits = columnsOf(text) * sizeWidth[asked] <= this.columns;
    const size = fits || asked === "normal" ? asked : "tall";
    for (const line of wrapText(text, this.columns)) {
      this.lines.push({ kind: "text", text: line, align, size });
    }
  }
}
