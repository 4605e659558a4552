/** Remembers what was used once, for at least `keepMs` and at most twice as long. */
export class Nonces {
  readonly #keepMs: number;
  #recent = new Set<string>();
  #older = new Set<string>();
  #turnedAtMs: number;

  constructor(keepMs: number, nowMs: number) {
    this.#keepMs = keepMs;
    this.#turnedAtMs = nowMs;
  }

  /** False when it was used before. `nowMs` is monotonic. */
  use(nonce: string, nowMs: number): boolean {
    if (nowMs - this.#turnedAtMs >= this.#keepMs) {
      this.#older = this.#recent;
      this.#recent = new Set();
      this.#turnedAtMs = nowMs;
    }
    if (this.#recent.has(nonce) || this.#older.has(nonce)) return false;
    this.#recent.add(nonce);
    return true;
  }
}
