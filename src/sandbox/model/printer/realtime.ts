/**
 * Real-time commands are carried out as their bytes come in, whatever the bytes before and after them are, and
 * also inside another command's data. They stay in the stream, where they do nothing a second time.
 */

export type RealtimeCommand =
  | { readonly kind: "status"; readonly n: 1 | 2 | 3 | 4 }
  | { readonly kind: "recover" }
  | { readonly kind: "clear_and_recover" }
  | { readonly kind: "pulse"; readonly pin: "pin2" | "pin5" }
  | { readonly kind: "clear" };

const dle = 0x10;
const CLEAR = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08] as const;

/** What the bytes after DLE say: a command, `more` when too few are there, or null for no command. */
function match(bytes: readonly number[]): RealtimeCommand | "more" | null {
  const [, second, third, fourth, fifth] = bytes;
  if (second === undefined) return "more";
  if (second === 0x04) {
    if (third === undefined) return "more";
    if (third >= 1 && third <= 4) return { kind: "status", n: third as 1 | 2 | 3 | 4 };
    return null;
  }
  if (second === 0x05) {
    if (third === undefined) return "more";
    if (third === 0x01) return { kind: "recover" };
    return third === 0x02 ? { kind: "clear_and_recover" } : null;
  }
  if (second !== 0x14) return null;
  if (third === undefined) return "more";
  if (third === 0x08) {
    const agrees = CLEAR.slice(0, bytes.length).every((byte, index) => byte === bytes[index]);
    if (!agrees) return null;
    return bytes.length < CLEAR.length ? "more" : { kind: "clear" };
  }
  if (third !== 0x01) return null;
  if (fourth === undefined) return "more";
  if (fourth > 1) return null;
  if (fifth === undefined) return "more";
  if (fifth < 1 || fifth > 8) return null;
  return { kind: "pulse", pin: fourth === 0 ? "pin2" : "pin5" };
}

const lengthMax = CLEAR.length;

/** The whole command that begins at `at`, if there is one. */
export function realtimeAt(
  bytes: Uint8Array,
  at: number,
): { readonly command: RealtimeCommand; readonly end: number } | null {
  if (bytes[at] !== dle) return null;
  for (let length = 3; length <= lengthMax && at + length <= bytes.length; length += 1) {
    const command = match([...bytes.subarray(at, at + length)]);
    if (command === null) return null;
    if (command !== "more") return { command, end: at + length };
  }
  return null;
}

/** Watches the incoming bytes; remembers a command that began in an earlier part. */
export class RealtimeScanner {
  #begun: number[] = [];

  /** In the middle of what may become a real-time command. */
  get midway(): boolean {
    return this.#begun.length > 0;
  }

  reset(): void {
    this.#begun = [];
  }

  /** Looks at `bytes` from `from` on; gives the first command and the place behind it, or null and the end. */
  next(
    bytes: Uint8Array,
    from: number,
    to: number,
  ): { readonly command: RealtimeCommand | null; readonly end: number } {
    let at = from;
    while (at < to) {
      if (this.#begun.length === 0) {
        const found = bytes.indexOf(dle, at);
        if (found < 0 || found >= to) return { command: null, end: to };
        at = found;
      }
      this.#begun.push(bytes[at] ?? 0);
      at += 1;
      const command = this.#settle();
      if (command) return { command, end: at };
    }
    return { command: null, end: to };
  }

  /** A false start may hide a true one in its tail: 10 10 04 01. */
  #settle(): RealtimeCommand | null {
    while (this.#begun.length > 0) {
      const matched = match(this.#begun);
      if (matched === "more") return null;
      if (matched) {
        this.#begun = [];
        return matched;
      }
      const again = this.#begun.indexOf(dle, 1);
      this.#begun = again < 0 ? [] : this.#begun.slice(again);
    }
    return null;
  }
}
