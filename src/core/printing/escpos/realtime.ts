/**
 * Real-time commands are obeyed as soon as they arrive, wherever they stand: `DLE EOT` (10 04), `DLE ENQ` (10 05),
 * `DLE DC4` (10 14). In a slip they can only stand by accident, and `DLE ENQ 2` or `DLE DC4 8` would empty the buffer.
 */
const second: readonly number[] = [0x04, 0x05, 0x14];

/** Where the first real-time command stands, or -1. */
export function realtimeAt(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x10); at !== -1; at = bytes.indexOf(0x10, at + 1)) {
    if (second.includes(bytes[at + 1] ?? 0)) return at;
  }
  return -1;
}
