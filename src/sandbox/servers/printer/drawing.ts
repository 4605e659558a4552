/** Paper as pictures: SVG from the model, PNG by resvg with the machine's Chinese fonts. Drawn only when asked for. */
import { renderAsync } from "@resvg/resvg-js";
import bwipjs from "bwip-js";
import qrcode from "qrcode";
import type { Paper, PaperElement } from "../../model/printer/paper.ts";
import { elementSvg, paperSvg, type CodeDrawers } from "../../model/printer/svg.ts";

/** The printer's names of bar codes, and the library's. */
const SYMBOLOGIES: Readonly<Record<string, string>> = {
  "UPC-A": "upca",
  "UPC-E": "upce",
  EAN13: "ean13",
  EAN8: "ean8",
  CODE39: "code39",
  ITF: "interleaved2of5",
  CODABAR: "rationalizedCodabar",
  CODE93: "code93",
  CODE128: "code128",
};

function qr(data: string, version: number, level: "L" | "M" | "Q" | "H"): boolean[][] | null {
  try {
    const { modules } = qrcode.create([{ data: Buffer.from(data), mode: "byte" }], {
      version,
      errorCorrectionLevel: level,
    });
    return Array.from({ length: modules.size }, (_, row) =>
      Array.from({ length: modules.size }, (__, column) => modules.get(row, column) === 1),
    );
  } catch {
    return null;
  }
}

/** The library throws on data that the symbology can't hold; a real printer would print nothing. */
function bars(symbology: string, data: string): readonly number[] | null {
  const bcid = SYMBOLOGIES[symbology];
  if (bcid === undefined) return null;
  try {
    const [symbol] = bwipjs.raw({ bcid, text: data });
    return symbol && "sbs" in symbol ? symbol.sbs : null;
  } catch {
    return null;
  }
}

const drawers: CodeDrawers = { qr, bars };

export const svgOf = (paper: Paper): string => paperSvg(paper, drawers);

export const svgOfElement = (element: PaperElement, paperWidth: number): string =>
  elementSvg(element, paperWidth, drawers);

/** About 1 s a picture, since the renderer reads the Chinese font each time; it works off the main thread. */
export async function pngOf(paper: Paper): Promise<Buffer> {
  const image = await renderAsync(svgOf(paper), {
    font: { loadSystemFonts: true, defaultFontFamily: "Noto Sans Mono CJK SC" },
  });
  return image.asPng();
}
