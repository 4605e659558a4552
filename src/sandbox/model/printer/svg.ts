/** Draws paper as SVG on the dot grid: 12 dots a half-width cell, 24 a Chinese one. One unit is one dot at 203 dpi. */
import { escapeMarkup } from "../../../core/text/markup.ts";
import type { InlinePicture, Paper, PaperElement, TextRun } from "./paper.ts";

/** Codes are drawn by libraries, so their patterns come in as functions. Null: can't be drawn. */
export interface CodeDrawers {
  /** Rows of modules, true is black. */
  qr(data: string, version: number, level: "L" | "M" | "Q" | "H"): readonly boolean[][] | null;
  /** Widths of bars and spaces in turn, beginning with a bar. */
  bars(symbology: string, data: string): readonly number[] | null;
}

const marginDots = 24;
const ink = "#1d1d1f";
const paperColour = "#fffdf8";
const fontFamily =
  "'Noto Sans Mono CJK SC','Noto Sans Mono CJK','NSimSun','Sarasa Mono SC',monospace";
/** The em box of a Chinese font reaches 0.88 above the line the characters stand on. */
const ascent = 0.88;
const fontDots = 24;

/** Width of the drawing: the print area and a margin on both sides. */
export const drawnWidth = (paper: Pick<Paper, "width">): number => paper.width + 2 * marginDots;

const escapeXml = (text: string): string =>
  escapeMarkup(text).replaceAll(
    /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu,
    "\uFFFD",
  );

const rect = (x: number, y: number, width: number, height: number): string =>
  `M${x} ${y}h${width}v${height}h${-width}z`;

/** Black dots as one path, a rectangle a run of equal dots in a row. */
function dotsPath(width: number, height: number, black: (x: number, y: number) => boolean): string {
  let path = "";
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!black(x, y)) continue;
      const from = x;
      while (x < width && black(x, y)) x += 1;
      path += rect(from, y, x - from, 1);
    }
  }
  return path;
}

const pathAt = (path: string, x: number, y: number, scaleX: number, scaleY: number): string =>
  `<path transform="translate(${x} ${y}) scale(${scaleX} ${scaleY})" fill="${ink}" shape-rendering="crispEdges" d="${path}"/>`;

function bitmapPath(bits: Uint8Array, width: number, height: number): string {
  const rowBytes = Math.ceil(width / 8);
  return dotsPath(
    width,
    height,
    (x, y) => ((bits[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0,
  );
}

function drawText(run: TextRun, y: number): string {
  const { style, cell, height } = run;
  const characters = Array.from(run.text);
  const width = characters.length * cell;
  const narrow = style.font === "B" ? 0.75 : 1;
  const scaleX = style.wide * narrow;
  const scaleY = height / fontDots;
  const places = characters.map((_, index) => (index * cell) / scaleX).join(" ");
  const colour = style.invert ? paperColour : ink;
  const ground = style.invert
    ? `<rect x="${run.x}" y="${y}" width="${width}" height="${height}" fill="${ink}"/>`
    : "";
  const line = style.underline
    ? `<rect x="${run.x}" y="${y + height - style.underline}" width="${width}" height="${style.underline}" fill="${colour}"/>`
    : "";
  const bold = style.bold ? ` font-weight="700"` : "";
  const text =
    run.text.trim() === ""
      ? ""
      : `<text xml:space="preserve" transform="translate(${run.x} ${y}) scale(${scaleX} ${scaleY})" ` +
        `x="${places}" y="${fontDots * ascent}" fill="${colour}"${bold}>${escapeXml(run.text)}</text>`;
  return ground + text + line;
}

function drawLine(pieces: readonly (TextRun | InlinePicture)[]): string {
  const heightOf = (piece: TextRun | InlinePicture): number =>
    piece.kind === "text" ? piece.height : piece.height * piece.scaleY;
  const tallest = Math.max(0, ...pieces.map(heightOf));
  return pieces
    .map((piece) => {
      const y = tallest - heightOf(piece);
      if (piece.kind === "text") return drawText(piece, y);
      const path = bitmapPath(piece.bits, piece.width, piece.height);
      return pathAt(path, piece.x, y, piece.scaleX, piece.scaleY);
    })
    .join("");
}

/** Where a code can't be drawn, a frame says what it is. */
const placeholder = (x: number, width: number, height: number, text: string): string =>
  `<rect x="${x}" y="0" width="${width}" height="${height}" fill="none" stroke="${ink}"/>` +
  `<text x="${x + 6}" y="24" fill="${ink}">${escapeXml(text)}</text>`;

function drawQr(qr: Extract<PaperElement, { kind: "qr" }>, drawers: CodeDrawers): string {
  const rows = drawers.qr(qr.data, qr.version, qr.level);
  if (!rows) return placeholder(qr.x, qr.height, qr.height, "QR");
  const path = dotsPath(rows.length, rows.length, (x, y) => rows[y]?.[x] ?? false);
  return pathAt(path, qr.x, 0, qr.module, qr.module);
}

const captionDots = 24;

function drawBarcode(
  barcode: Extract<PaperElement, { kind: "barcode" }>,
  drawers: CodeDrawers,
): string {
  const { x, width, barHeight, data, caption } = barcode;
  const top = caption === "above" || caption === "both" ? captionDots : 0;
  const widths = drawers.bars(barcode.symbology, data);
  if (!widths) return placeholder(x, width, barHeight, barcode.symbology);
  let at = 0;
  let path = "";
  for (const [index, modules] of widths.entries()) {
    if (index % 2 === 0) path += rect(at, 0, modules, barHeight);
    at += modules;
  }
  const textAt = (y: number): string =>
    `<text x="${x + width / 2}" y="${y + captionDots * ascent}" text-anchor="middle" fill="${ink}">${escapeXml(data)}</text>`;
  return [
    pathAt(path, x, top, at > 0 ? width / at : 1, 1),
    caption === "above" || caption === "both" ? textAt(0) : "",
    caption === "below" || caption === "both" ? textAt(top + barHeight) : "",
  ].join("");
}

/** One element with its upper edge at 0. */
function draw(element: PaperElement, drawers: CodeDrawers): string {
  switch (element.kind) {
    case "line":
      return drawLine(element.pieces);
    case "feed":
      return "";
    case "image": {
      const { width, height, bits } = element.bitmap;
      const path = bitmapPath(bits, width, height);
      return pathAt(path, element.x, 0, element.scaleX, element.scaleY);
    }
    case "qr":
      return drawQr(element, drawers);
    case "barcode":
      return drawBarcode(element, drawers);
  }
}

const open = (width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
  `font-family="${fontFamily}" font-size="${fontDots}">`;

/** One element as a strip of paper of its own, for paper that comes out line by line. */
export function elementSvg(
  element: PaperElement,
  paperWidth: number,
  drawers: CodeDrawers,
): string {
  const width = paperWidth + 2 * marginDots;
  const body = draw(element, drawers);
  return `${open(width, element.height)}<g transform="translate(${marginDots} 0)">${body}</g></svg>`;
}

/** The whole paper. Text that reaches over the print area can't be: the printer wraps or drops it. */
export function paperSvg(
  paper: Pick<Paper, "width" | "length" | "elements">,
  drawers: CodeDrawers,
): string {
  const width = drawnWidth(paper);
  const height = Math.max(paper.length, 1);
  const body = paper.elements
    .map((element) => {
      const drawn = draw(element, drawers);
      return drawn === ""
        ? ""
        : `<g transform="translate(${marginDots} ${element.y})">${drawn}</g>`;
    })
    .join("");
  const ground = `<rect width="${width}" height="${height}" fill="${paperColour}"/>`;
  return `${open(width, height)}${ground}${body}</svg>`;
}
