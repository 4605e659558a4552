/**
 * How much paper the bytes feed, as the ground for time-outs. An estimate that is rather too long: it counts line
 * feeds, feeds by lines and dots, raster rows and printed QR symbols, and skips over raster data.
 */
const lineDots = 30;
/** A QR of version 7 at 6 dots a module, with its quiet zone. */
const qrDots = 320;
const cutFeedDots = 120;

/** Dots of feed, 8 to a millimetre. Source of the commands: facts of Epson's ESC/POS reference. */
export function feedDots(bytes: Uint8Array): number {
  let dots = 0;
  let at = 0;
  while (at < bytes.length) {
    const [skip, feeds] = commandAt(bytes, at);
    dots += feeds;
    at += skip;
  }
  return dots;
}

/** Bytes to skip and dots that are fed, of the command (or text) that stands at `at`. */
function commandAt(bytes: Uint8Array, at: number): readonly [skip: number, feeds: number] {
  const byte = (offset: number): number => bytes[at + offset] ?? 0;
  if (byte(0) === 0x0a) return [1, lineDots];
  if (byte(0) === 0x1b && byte(1) === 0x64) return [3, byte(2) * lineDots];
  if (byte(0) === 0x1b && byte(1) === 0x4a) return [3, byte(2)];
  if (byte(0) !== 0x1d) return [1, 0];
  if (byte(1) === 0x56) return [byte(2) >= 0x41 ? 4 : 3, cutFeedDots];
  if (byte(1) === 0x76 && byte(2) === 0x30) {
    const width = byte(4) + 256 * byte(5);
    const height = byte(6) + 256 * byte(7);
    return [8 + width * height, height];
  }
  if (byte(1) === 0x28 && byte(2) === 0x6b) {
    return [5 + byte(3) + 256 * byte(4), byte(6) === 0x51 ? qrDots : 0];
  }
  return [1, 0];
}
