/** Slip lines to ESC/POS bytes. Every byte here is one of the plain commands that all makers share, or a probed one. */
import { assert } from "../../rules/assert.ts";
import { sizeWidth } from "../layout-lines.ts";
import type { LineSize, SlipLine } from "../layout-lines.ts";
import { columnsOf } from "../layout-text.ts";
import type { PrinterProfile } from "../profile.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { EncodeText, QrOf } from "./charset.ts";
import { cellDots, nativeQr, qrCells, quietCells, rasterQr } from "./qr.ts";

export interface EncodeOptions {
  /** Four characters 0x20-0x7E for `GS ( H`; used only when the profile answers it. */
  readonly processId?: string;
}

/** How the printer will say that it has come to the end of these bytes. */
export type Marker = "process_id" | "in_order" | "none";

export interface EncodedSlip {
  readonly bytes: Uint8Array;
  readonly marker: Marker;
  /** Length of the printed paper in lines of 30 dots, for reckoning how long it takes. */
  readonly lines: number;
  /** Characters that went out as 〓, each once. */
  readonly replaced: readonly string[];
}

type Align = "left" | "center" | "right";
const ALIGN: Readonly<Record<Align, number>> = { left: 0, center: 1, right: 2 };
/** High nibble: width - 1, low nibble: height - 1. */
const SIZE: Readonly<Record<LineSize, number>> = { normal: 0x00, tall: 0x01, double: 0x11 };
const HEIGHT: Readonly<Record<LineSize, number>> = { normal: 1, tall: 2, double: 2 };
const lineDots = 30;

/**
 * The bytes of one job. `ESC @` stands at the head, never at the end, where it would drop the next job's data.
 * `GS ( H` follows the last printed line directly, so its answer means "printed"; `GS r 1` is the very last thing, so
 * its answer means "everything before was processed". Automatic status is never switched off.
 */
export function encodeSlip(
  lines: readonly SlipLine[],
  profile: PrinterProfile,
  options: EncodeOptions,
  encodeText: EncodeText,
  qrOf: QrOf,
): EncodedSlip {
  const sheet = new SheetWriter(profile, encodeText, qrOf);
  sheet.head();
  const lastPrinted = lines.findLastIndex(isPrinted);
  const marker = markerFor(profile, options);
  for (const [at, line] of lines.entries()) {
    sheet.line(line);
    if (at === lastPrinted && marker === "process_id") sheet.processId(options.processId ?? "");
  }
  if (marker === "in_order") sheet.out.bytes(0x1d, 0x72, 0x01);
  return {
    bytes: sheet.out.done(),
    marker,
    lines: Math.ceil(sheet.height),
    replaced: [...sheet.replaced],
  };
}

const isPrinted = (line: SlipLine): boolean => line.kind !== "feed" && line.kind !== "cut";

function markerFor(profile: PrinterProfile, options: EncodeOptions): Marker {
  if (profile.processId && options.processId !== undefined) return "process_id";
  return profile.inOrderStatus ? "in_order" : "none";
}

class SheetWriter {
  readonly out = new ByteWriter();
  readonly replaced = new Set<string>();
  /** In lines of 30 dots. */
  height = 0;
  private readonly profile: PrinterProfile;
  private readonly encodeText: EncodeText;
  private readonly qrOf: QrOf;
  private align: Align = "left";
  private size: LineSize = "normal";
  private readonly onReplaced = (character: string): void => {
    this.replaced.add(character);
  };

  constructor(profile: PrinterProfile, encodeText: EncodeText, qrOf: QrOf) {
    this.profile = profile;
    this.encodeText = encodeText;
    this.qrOf = qrOf;
  }

  /** Initialise, font A, default line spacing, Chinese mode on with no extra spacing. */
  head(): void {
    this.out.bytes(0x1b, 0x40, 0x1b, 0x4d, 0x00, 0x1b, 0x32);
    this.out.bytes(0x1c, 0x26, 0x1c, 0x53, 0x00, 0x00);
    // ESC @ may have put the default back: on again for online, errors and paper.
    if (this.profile.automaticStatus) this.out.bytes(0x1d, 0x61, 0x0e);
  }

  line(line: SlipLine): void {
    switch (line.kind) {
      case "text":
        this.style(line.align, line.size);
        return this.text(line.text, line.size);
      case "pair":
        this.style("left", line.size);
        return this.text(this.spread(line.left, line.right, line.size), line.size);
      case "rule":
        this.style("left", "normal");
        return this.text("-".repeat(this.profile.columns), "normal");
      case "qr":
        this.style("center", "normal");
        return this.qr(line.data);
      case "feed":
        this.out.bytes(0x1b, 0x64, line.lines);
        this.height += line.lines;
        return;
      case "cut":
        // Feeds to the cutter by itself; obeyed only at the beginning of a line, where we are after every line.
        this.out.bytes(0x1d, 0x56, 0x42, 0x00);
        return;
    }
  }

  processId(id: string): void {
    assert(/^[\x20-\x7e]{4}$/.test(id), "a process id is four printable ASCII characters");
    this.out.bytes(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30);
    this.out.bytes(...Array.from(id, (character) => character.charCodeAt(0)));
  }

  private style(align: Align, size: LineSize): void {
    if (align !== this.align) this.out.bytes(0x1b, 0x61, ALIGN[align]);
    if (size !== this.size) this.out.bytes(0x1d, 0x21, SIZE[size]);
    this.align = align;
    this.size = size;
  }

  private text(text: string, size: LineSize): void {
    this.out.append(this.encodeText(text, this.onReplaced));
    this.out.bytes(0x0a);
    this.height += HEIGHT[size];
  }

  private spread(left: string, right: string, size: LineSize): string {
    const room = Math.floor(this.profile.columns / sizeWidth[size]);
    const gap = room - columnsOf(left) - columnsOf(right);
    assert(gap >= 1, "a slip is laid out for the printer that prints it");
    return left + " ".repeat(gap) + right;
  }

  /** Four cells of white above and below, without which phones don't find the code. */
  private qr(data: string): void {
    const { nativeQr: drawsQr, dots } = this.profile;
    const cell = cellDots(qrCells(data.length), dots);
    this.out.bytes(0x1b, 0x4a, quietCells * cell);
    this.out.append(drawsQr ? nativeQr(data, dots) : rasterQr(this.qrOf(data), dots));
    this.out.bytes(0x1b, 0x4a, quietCells * cell);
    this.height += ((qrCells(data.length) + 2 * quietCells) * cell) / lineDots;
  }
}
