import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(4096);
let at = pool.length;

/** So many random decimal digits. Bytes from 250 on are passed over, so that all digits are equally likely. */
export function randomDigits(count: number): string {
  let text = "";
  while (text.length < count) {
    if (at === pool.length) {
      randomFillSync(pool);
      at = 0;
    }
    const byte = pool[at] ?? 255;
    at += 1;
    if (byte < 250) text += String(byte % 10);
  }
  return text;
}
