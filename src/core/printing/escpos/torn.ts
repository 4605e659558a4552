/**
 * A connection that broke may have left half a command in the printer: it then takes what comes next for the rest of it,
 * and swallows the head of the next paper with its copy mark. Zeros are data to a command that waits for some, and
 * nothing to one that doesn't.
 */
import type { PrinterProfile } from "../profile.ts";

/** Longer than any command of ours: the data of a QR, or one band of its picture. */
const qrBytesMax = 512;
const bandRowsMax = 255;

export const endTornCommand = ({ nativeQr, dots }: PrinterProfile): Uint8Array =>
  new Uint8Array(nativeQr ? qrBytesMax : bandRowsMax * Math.ceil(dots / 8));

/** Lines that bring a paper out far enough to tear it off by hand. */
const tearOffLines = 4;

/** Drops what waits for the end of its line, and brings what is printed out: through the cutter, else to tear it off. */
export const newStripCommand = ({ cutter }: PrinterProfile): Uint8Array =>
  Uint8Array.of(0x1b, 0x40, ...(cutter ? [0x1d, 0x56, 0x42, 0x00] : [0x1b, 0x64, tearOffLines]));
