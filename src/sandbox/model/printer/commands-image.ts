/** Pictures, bar codes and QR. Source: Epson ESC/POS reference, GS v 0, GS ( L, GS 8 L, GS ( k, GS k, ESC *. */
import {
  choice,
  lengthAt,
  swallow,
  word,
  type Command,
  type CommandTable,
  type Machine,
} from "./command.ts";
import { ascii } from "./outbox.ts";
import type { Bitmap } from "./paper.ts";
import { qrModules, qrVersion } from "./qr-size.ts";

/** The picture, as far as data came; rows that are missing are white. */
function bitmapOf(rowBytes: number, height: number, data: Uint8Array): Bitmap {
  const rows = Math.min(height, Math.ceil(data.length / Math.max(1, rowBytes)));
  const bits = new Uint8Array(rowBytes * rows);
  bits.set(data.subarray(0, bits.length));
  return { width: rowBytes * 8, height: rows, bits };
}

/** Cuts off what reaches over the print area, as the head would. */
function cropped(bitmap: Bitmap, widthMax: number): Bitmap {
  if (bitmap.width <= widthMax) return bitmap;
  const from = Math.ceil(bitmap.width / 8);
  const to = Math.floor(widthMax / 8);
  const bits = new Uint8Array(to * bitmap.height);
  for (let row = 0; row < bitmap.height; row += 1)
    bits.set(bitmap.bits.subarray(row * from, row * from + to), row * to);
  return { width: to * 8, height: bitmap.height, bits };
}

function printImage(machine: Machine, whole: Bitmap, scaleX: number, scaleY: number): void {
  const { layout } = machine;
  layout.endLine();
  const bitmap = cropped(whole, Math.floor(layout.areaWidth() / scaleX));
  if (bitmap.width === 0 || bitmap.height === 0) return;
  machine.print({
    kind: "image",
    x: layout.startOf(bitmap.width * scaleX),
    height: bitmap.height * scaleY,
    scaleX,
    scaleY,
    bitmap,
  });
}

const raster: Command = {
  head: 8,
  payload: (head) => word(head, 4) * word(head, 6),
  run: (machine, head, payload) => {
    const kind = choice(head[3]);
    const bitmap = bitmapOf(word(head, 4), word(head, 6), payload);
    printImage(machine, bitmap, kind & 1 ? 2 : 1, kind & 2 ? 2 : 1);
  },
};

function graphics(machine: Machine, data: Uint8Array): void {
  const [, code] = data;
  if (code === 112) {
    const width = word(data, 6);
    const rowBytes = Math.ceil(width / 8);
    const whole = bitmapOf(rowBytes, word(data, 8), data.subarray(10));
    machine.stored = { bitmap: whole, scaleX: data[3] ?? 1, scaleY: data[4] ?? 1 };
  }
  if ((code === 50 || code === 2) && machine.stored) {
    const { bitmap, scaleX, scaleY } = machine.stored;
    machine.stored = null;
    printImage(machine, bitmap, scaleX === 2 ? 2 : 1, scaleY === 2 ? 2 : 1);
  }
}

const shortGraphics: Command = {
  head: 5,
  payload: lengthAt(3),
  trait: "graphics",
  run: (machine, _head, payload) => graphics(machine, payload),
};

const longGraphics: Command = {
  head: 7,
  payload: (head) => word(head, 3) + word(head, 5) * 0x1_0000,
  trait: "graphics",
  run: (machine, _head, payload) => graphics(machine, payload),
};

/** ESC *: columns of 8 or 24 dots, printed within the line of text. */
const columns: Command = {
  head: 5,
  payload: (head) => word(head, 3) * ((head[2] ?? 0) >= 32 ? 3 : 1),
  run: ({ layout }, head, payload) => {
    const kind = head[2] ?? 0;
    const columnBytes = kind >= 32 ? 3 : 1;
    const width = Math.floor(payload.length / columnBytes);
    const height = columnBytes * 8;
    const rowBytes = Math.ceil(width / 8);
    const bits = new Uint8Array(rowBytes * height);
    for (let x = 0; x < width; x += 1) {
      for (let y = 0; y < height; y += 1) {
        const byte = payload[x * columnBytes + (y >> 3)] ?? 0;
        if (byte & (0x80 >> (y & 7))) {
          const at = y * rowBytes + (x >> 3);
          bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
        }
      }
    }
    layout.picture({ width, height, bits }, kind % 2 === 0 ? 2 : 1, columnBytes === 1 ? 3 : 1);
  },
};

const latin = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

const QR_LEVELS = ["L", "M", "Q", "H"] as const;

function qrSymbol(machine: Machine): { version: number; side: number } | null {
  const { qrData, qrLevel, qrModule } = machine.layout.modes;
  const version = qrData && qrVersion(qrData.length, qrLevel);
  return version ? { version, side: qrModules(version) * qrModule } : null;
}

function printQr(machine: Machine): void {
  const { layout } = machine;
  const symbol = qrSymbol(machine);
  layout.endLine();
  if (!symbol || symbol.side > layout.areaWidth()) return;
  const { qrLevel, qrModule, qrData } = layout.modes;
  machine.print({
    kind: "qr",
    height: symbol.side,
    x: layout.startOf(symbol.side),
    module: qrModule,
    version: symbol.version,
    level: qrLevel,
    data: utf8OrLatin(qrData ?? new Uint8Array()),
  });
}

/** QR data is bytes; readers take them for UTF-8 when they are. */
function utf8OrLatin(bytes: Uint8Array): string {
  const raw = latin(bytes);
  if (bytes.every((byte) => byte < 0x80)) return raw;
  try {
    return decodeURIComponent(
      raw.replaceAll(/[^A-Za-z0-9]/g, (char) => {
        return `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
      }),
    );
  } catch {
    return raw;
  }
}

/** The size query: `37 36 width 1F height 1F 31 1F printable 00`. */
function qrSizeAnswer(machine: Machine): number[] {
  const symbol = qrSymbol(machine);
  const side = ascii(String(symbol?.side ?? 0));
  const printable = symbol !== null && symbol.side <= machine.layout.areaWidth();
  return [0x37, 0x36, ...side, 0x1f, ...side, 0x1f, 0x31, 0x1f, printable ? 0x30 : 0x31, 0x00];
}

const qr: Command = {
  head: 5,
  payload: lengthAt(3),
  trait: "nativeQr",
  run: (machine, _head, payload) => {
    const [symbology, code, first] = payload;
    if (symbology !== 0x31) return;
    const { layout } = machine;
    const size = Math.min(16, Math.max(1, first ?? 3));
    if (code === 0x43) layout.set({ qrModule: size });
    if (code === 0x45) layout.set({ qrLevel: QR_LEVELS[choice(first)] ?? "L" });
    if (code === 0x50) layout.set({ qrData: payload.slice(3) });
    if (code === 0x51) printQr(machine);
    if (code === 0x52 && machine.traits.nativeQr === "yes") machine.answer(qrSizeAnswer(machine));
  },
};

const SYMBOLOGIES = [
  "UPC-A",
  "UPC-E",
  "EAN13",
  "EAN8",
  "CODE39",
  "ITF",
  "CODABAR",
  "CODE93",
  "CODE128",
] as const;

/** Characters of CODE128 data with its `{A` `{B` `{C` switches taken out, and how many symbols it needs. */
export function code128(bytes: Uint8Array): { readonly text: string; readonly symbols: number } {
  let text = "";
  let symbols = 0;
  let inC = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x7b) {
      const next = bytes[at + 1];
      at += 1;
      symbols += 1;
      if (next === 0x7b) text += "{";
      else inC = next === 0x43;
    } else {
      text += inC ? String(byte).padStart(2, "0") : String.fromCharCode(byte);
      symbols += 1;
    }
  }
  return { text, symbols };
}

/** Modules across, near enough for placing those that aren't CODE128. */
function modulesAcross(symbology: string, length: number): number {
  if (symbology === "EAN13" || symbology === "UPC-A") return 95;
  if (symbology === "EAN8") return 67;
  if (symbology === "UPC-E") return 51;
  return symbology === "ITF" ? 9 * length + 9 : 16 * (length + 2);
}

const captionDots = 24;

function printBarcode(machine: Machine, kind: number, bytes: Uint8Array): void {
  const { layout } = machine;
  const symbology = SYMBOLOGIES[kind];
  layout.endLine();
  if (symbology === undefined || bytes.length === 0) return;
  const { text, symbols } =
    symbology === "CODE128" ? code128(bytes) : { text: latin(bytes), symbols: bytes.length };
  const modules =
    symbology === "CODE128" ? (symbols + 1) * 11 + 13 : modulesAcross(symbology, symbols);
  const { barModule, barHeight, caption } = layout.modes;
  const width = modules * barModule;
  if (width > layout.areaWidth()) return;
  const captions = { none: 0, above: 1, below: 1, both: 2 }[caption];
  machine.print({
    kind: "barcode",
    height: barHeight + captions * captionDots,
    x: layout.startOf(width),
    symbology,
    data: text,
    barHeight,
    module: barModule,
    width,
    caption,
  });
}

/** GS k: the old form ends at a NUL, the new one has its length in front. */
const barcode = (next: number): Command | null => {
  if (next <= 6)
    return {
      head: 3,
      untilNul: true,
      run: (machine, head, payload) => printBarcode(machine, head[2] ?? 0, payload),
    };
  if (next < 65 || next > 79) return null;
  return {
    head: 4,
    payload: (head) => head[3] ?? 0,
    run: (machine, head, payload) => printBarcode(machine, (head[2] ?? 0) - 65, payload),
  };
};

const CAPTIONS = ["none", "above", "below", "both"] as const;

export const IMAGE_COMMANDS: CommandTable = {
  "1d76": (next) => (next === 0x30 ? raster : null),
  "1d38": (next) => (next === 0x4c ? longGraphics : null),
  "1b2a": columns,
  "1d2a": {
    head: 4,
    payload: (head) => (head[2] ?? 0) * (head[3] ?? 0) * 8,
    run: () => undefined,
  },
  "1d2f": swallow(3),
  "1d6b": barcode,
  "1d68": { head: 3, run: ({ layout }, head) => layout.set({ barHeight: head[2] || 1 }) },
  "1d77": { head: 3, run: ({ layout }, head) => layout.set({ barModule: head[2] || 1 }) },
  "1d48": {
    head: 3,
    run: ({ layout }, head) => layout.set({ caption: CAPTIONS[choice(head[2])] ?? "none" }),
  },
  "1d66": swallow(3),
};

export const IMAGE_PARENTHESES: Readonly<Record<number, Command>> = {
  0x4c: shortGraphics,
  0x6b: qr,
};
