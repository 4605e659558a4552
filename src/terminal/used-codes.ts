/** Which payment codes were scanned here lately, so that a second scan of one is noticed. */
import type { World } from "../ports/world.ts";

/** The fingerprint of a code stays for as long as the code could be scanned again; the code itself is never kept. */
const codeMemoryMs = 10 * 60_000;

/** A charge by a QR has no code: null is never known. */
export class UsedCodes {
  readonly #world: World;
  /** By fingerprint: when, by the monotonic clock; oldest first. */
  readonly #used = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  has(code: string | null): boolean {
    return code !== null && this.#used.has(this.#world.sha256(code));
  }

  add(code: string | null): void {
    if (code === null) return;
    const nowMs = this.#world.monotonicMs();
    for (const [print, atMs] of this.#used) {
      if (nowMs - atMs < codeMemoryMs) break;
      this.#used.delete(print);
    }
    this.#used.set(this.#world.sha256(code), nowMs);
  }

  /** Proven never sent: the code is as good as before. */
  forget(code: string | null): void {
    if (code !== null) this.#used.delete(this.#world.sha256(code));
  }
}
