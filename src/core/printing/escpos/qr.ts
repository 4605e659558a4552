/** QR codes in two ways: the printer draws it (`GS ( k`), or we do and send the picture (`GS v 0`). */
import { assert } from "../../rules/assert.ts";
import type { QrSymbol } from "./charset.ts";

/** Rows of one raster command; some printers take one byte of rows only. */
const bandRowsMax = 255;
/** White cells that a QR needs round it. */
export const quietCells = 4;

/** Bytes that each version of a QR holds at level M (ISO/IEC 18004 table 7), from version 1 of 21 cells, 4 more each. */
const bytesAtM = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412];

/** Cells across, for so many bytes at level M. */
export function qrCells(byteCount: number): number {
  const version = bytesAtM.findIndex((holds) => byteCount <= holds) + 1;
  assert(version > 0, "an address on paper fits a QR of version 15");
  return 17 + 4 * version;
}

/** Dots of one cell: as many as three fifths of the paper allow, 3 to 6; fewer than 3 are hard to read and never used. */
export function cellDots(cells: number, paperDots: number): number {
  const fit = Math.floor((paperDots * 0.6) / (cells + 2 * quietCells));
  return Math.max(3, Math.min(6, fit));
}

/** Model 2, cell size, level M, store, print. `data` is ASCII. */
export function nativeQr(data: string, paperDots: number): Uint8Array {
  const length = data.length + 3;
  const head = [0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0];
  const size = [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, cellDots(qrCells(data.length), paperDots)];
  const level = [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31];
  const store = [0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30];
  const print = [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30];
  const stored = Array.from(data, (character) => character.charCodeAt(0));
  return Uint8Array.from([...head, ...size, ...level, ...store, ...stored, ...print]);
}

/**
 * The symbol as bands of `GS v 0`. Printers obey real-time commands even inside a picture, and all of those begin with
 * 10, a lone dark dot in the middle of a byte. Cells of three dots or more never leave one, so no code holds a command.
 */
export function rasterQr(symbol: QrSymbol, paperDots: number): Uint8Array {
  const dots = cellDots(symbol.size, paperDots);
  const rows = symbol.size * dots;
  const widthBytes = Math.ceil(rows / 8);
  const bands = Math.ceil(rows / bandRowsMax);
  const out = new Uint8Array(bands * 8 + rows * widthBytes);
  let at = 0;
  for (let first = 0; first < rows; first += bandRowsMax) {
    const count = Math.min(bandRowsMax, rows - first);
    out.set([0x1d, 0x76, 0x30, 0, widthBytes & 0xff, widthBytes >> 8, count, 0], at);
    at += 8;
    for (let row = first; row < first + count; row += 1) {
      drawRow(symbol, Math.floor(row / dots), dots, out.subarray(at, at + widthBytes));
      at += widthBytes;
    }
  }
  return out;
}

function drawRow(symbol: QrSymbol, row: number, dots: number, out: Uint8Array): void {
  for (let column = 0; column < symbol.size; column += 1) {
    if (!symbol.isDark(row, column)) continue;
    for (let dot = column * dots; dot < (column + 1) * dots; dot += 1) {
      out[dot >> 3] = (out[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
    }
  }
}
