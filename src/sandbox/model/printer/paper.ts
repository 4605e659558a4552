/** Paper (纸): what came out of the printer, decoded from the bytes and grouped by cut. All lengths are dots at 203 dpi. */

export interface Style {
  readonly font: "A" | "B";
  /** 1-8 times the normal width and height. */
  readonly wide: number;
  readonly tall: number;
  readonly bold: boolean;
  readonly underline: 0 | 1 | 2;
  readonly invert: boolean;
}

/** Characters of one style, each `cell` dots wide: 12 for a half-width one of font A, 24 for a Chinese one, times the size. */
export interface TextRun {
  readonly kind: "text";
  readonly x: number;
  readonly text: string;
  readonly cell: number;
  readonly height: number;
  readonly chinese: boolean;
  readonly style: Style;
}

/** One bit a dot, rows of `ceil(width / 8)` bytes, most significant bit left, 1 is black. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
}

export interface InlinePicture extends Bitmap {
  readonly kind: "picture";
  readonly x: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** What was printed at one go; `height` is how far the paper moved for it. */
export type Print =
  | {
      readonly kind: "line";
      readonly height: number;
      readonly pieces: readonly (TextRun | InlinePicture)[];
    }
  | { readonly kind: "feed"; readonly height: number }
  | {
      readonly kind: "image";
      readonly height: number;
      readonly x: number;
      readonly scaleX: number;
      readonly scaleY: number;
      readonly bitmap: Bitmap;
    }
  | {
      readonly kind: "qr";
      readonly height: number;
      readonly x: number;
      /** Dots of one module. */
      readonly module: number;
      readonly version: number;
      readonly level: "L" | "M" | "Q" | "H";
      readonly data: string;
    }
  | {
      readonly kind: "barcode";
      readonly height: number;
      readonly x: number;
      readonly symbology: string;
      readonly data: string;
      readonly barHeight: number;
      readonly module: number;
      readonly width: number;
      readonly caption: "none" | "above" | "below" | "both";
    };

/** A print with its place on the paper, `y` counted from the upper edge. */
export type PaperElement = Print & { readonly y: number };

export interface Paper {
  /** Counts up from 1 over the life of the printer. */
  readonly n: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Printable width and whole length. */
  readonly width: number;
  readonly length: number;
  /** How it left the printer: by the blade, or torn off by a person. */
  readonly end: "full" | "partial" | "torn";
  readonly elements: readonly PaperElement[];
}

/** Cells that a run's characters take, in dots. */
export const runWidth = (run: TextRun): number =>
  (run.chinese ? Array.from(run.text).length : run.text.length) * run.cell;

export const pieceWidth = (piece: TextRun | InlinePicture): number =>
  piece.kind === "text" ? runWidth(piece) : piece.width * piece.scaleX;

/** A line as a person reads it, and its width in half-width columns of font A (12 dots). */
export interface TextLine {
  readonly text: string;
  readonly columns: number;
}

const columnDots = 12;

function textOfLine(pieces: readonly (TextRun | InlinePicture)[]): TextLine {
  let text = "";
  let x = 0;
  for (const piece of [...pieces].toSorted((one, other) => one.x - other.x)) {
    text += " ".repeat(Math.max(0, Math.round((piece.x - x) / columnDots)));
    text += piece.kind === "text" ? piece.text : "[图]";
    x = Math.max(x, piece.x + pieceWidth(piece));
  }
  return { text: text.trimEnd(), columns: Math.ceil(x / columnDots) };
}

/** The paper's text, line by line; a picture, QR or bar code stands as one line in square brackets. */
export function textLines(paper: { readonly elements: readonly PaperElement[] }): TextLine[] {
  const lines: TextLine[] = [];
  for (const element of paper.elements) {
    if (element.kind === "line") lines.push(textOfLine(element.pieces));
    if (element.kind === "qr") lines.push({ text: `[QR ${element.data}]`, columns: 0 });
    if (element.kind === "barcode")
      lines.push({ text: `[${element.symbology} ${element.data}]`, columns: 0 });
    if (element.kind === "image")
      lines.push({
        text: `[图 ${element.bitmap.width}×${element.bitmap.height}]`,
        columns: Math.ceil((element.x + element.bitmap.width) / columnDots),
      });
  }
  return lines;
}

/** The paper as plain text, one line a line. */
export const paperText = (paper: { readonly elements: readonly PaperElement[] }): string =>
  textLines(paper)
    .map((line) => line.text)
    .join("\n");
