/**
 * Stands in for SHA-256 inside the simulation, where hashing would take a third of the time and nobody tries to forge
 * anything: two runs of MurmurHash3's mixing over the UTF-16 units, written as 64 hex digits like the real one.
 */
export function quickHash(text: string): string {
  let one = 0x9747b28c;
  let two = 0x3c6ef372;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0xcc9e2d51);
    one = (one << 13) | (one >>> 19);
    two = Math.imul(two + unit, 0x1b873593) ^ (two >>> 15);
  }
  return spread(one, two, text.length);
}

/** The same over bytes. */
export function quickHashOfBytes(bytes: Uint8Array): string {
  let one = 0x9747b28c;
  let two = 0x3c6ef372;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    one = Math.imul(one ^ byte, 0xcc9e2d51);
    one = (one << 13) | (one >>> 19);
    two = Math.imul(two + byte, 0x1b873593) ^ (two >>> 15);
  }
  return spread(one, two, bytes.length);
}

function spread(one: number, two: number, length: number): string {
  const half = hex8(stir(one ^ length)) + hex8(stir(two + length));
  const rest = hex8(stir(one + two)) + hex8(stir(one ^ (two << 7)));
  return half + rest + half + rest;
}

function stir(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const hexOfByte: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

const hex8 = (value: number): string =>
  (hexOfByte[value >>> 24] ?? "") +
  (hexOfByte[(value >>> 16) & 0xff] ?? "") +
  (hexOfByte[(value >>> 8) & 0xff] ?? "") +
  (hexOfByte[value & 0xff] ?? "");
