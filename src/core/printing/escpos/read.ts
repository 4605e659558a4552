/**
 * Reads a slip's bytes back, as a printer would, to see what will stand on the paper. It shares nothing with the
 * encoder: a second, small opinion on what the bytes mean.
 */
import type { DecodeText } from "./charset.ts";

export interface ReadSlip {
  /** Each printed line of text. */
  readonly lines: readonly string[];
  /** Contents of the QR codes that the printer draws. */
  readonly qr: readonly string[];
  /** Pictures sent as raster bands. */
  readonly rasterBands: number;
  readonly cut: boolean;
  readonly processId: string | null;
  readonly inOrderStatus: boolean;
  /** Automatic status was switched off (`GS a 0`): the next job would be blind. */
  readonly statusOff: boolean;
  /** Offset of the first byte that isn't understood; null when everything was. */
  readonly unreadableAt: number | null;
}

/** Length in bytes of each command from its first byte, or how to reckon it from the bytes that follow. */
const LENGTH: Readonly<Record<number, number | ((bytes: Uint8Array, at: number) => number)>> = {
  0x1b32: 2,
  0x1b40: 2,
  0x1b4a: 3,
  0x1b4d: 3,
  0x1b61: 3,
  0x1b64: 3,
  0x1c26: 2,
  0x1c53: 4,
  0x1d21: 3,
  0x1d28: (bytes, at) => 5 + word(bytes, at + 3),
  0x1d56: (bytes, at) => ((bytes[at + 2] ?? 0) >= 0x41 ? 4 : 3),
  0x1d61: 3,
  0x1d72: 3,
  0x1d76: (bytes, at) => 8 + word(bytes, at + 4) * word(bytes, at + 6),
};

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);

interface Reading {
  qr: string[];
  rasterBands: number;
  cut: boolean;
  processId: string | null;
  inOrderStatus: boolean;
  statusOff: boolean;
}

/** Takes the bytes of one whole job. Never throws; stops at the first byte that it doesn't know. */
export function readSlip(bytes: Uint8Array, decodeText: DecodeText): ReadSlip {
  const text = new Uint8Array(bytes.length);
  const seen: Reading = {
    qr: [],
    rasterBands: 0,
    cut: false,
    processId: null,
    inOrderStatus: false,
    statusOff: false,
  };
  let textLength = 0;
  let at = 0;
  let unreadableAt: number | null = null;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 || byte === 0x0a) {
      text[textLength] = byte;
      textLength += 1;
      at += 1;
      continue;
    }
    const length = commandLength(bytes, at);
    if (length === 0 || at + length > bytes.length) {
      unreadableAt = at;
      break;
    }
    obey(seen, bytes.subarray(at, at + length));
    at += length;
  }
  const lines = decodeText(text.subarray(0, textLength)).split("\n");
  return { ...seen, lines, unreadableAt };
}

function commandLength(bytes: Uint8Array, at: number): number {
  const length = LENGTH[(bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)] ?? 0;
  return typeof length === "number" ? length : length(bytes, at);
}

function obey(seen: Reading, command: Uint8Array): void {
  const [first, second, third] = command;
  if (first !== 0x1d) return;
  if (second === 0x56) seen.cut = true;
  if (second === 0x72) seen.inOrderStatus = true;
  if (second === 0x76) seen.rasterBands += 1;
  if (second === 0x61 && third === 0) seen.statusOff = true;
  if (second !== 0x28) return;
  if (third === 0x48 && command[5] === 0x30) seen.processId = ascii(command.subarray(7));
  if (third === 0x6b && command[6] === 0x50) seen.qr.push(ascii(command.subarray(8)));
}

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
