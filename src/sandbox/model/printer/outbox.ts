/**
 * What the printer says to its host. Plain answers go out at once or not at all. Responses of `GS ( H` and the
 * buffer-clear answer are kept while the host can't receive, the latest of each kind only, and tried again with
 * whatever is sent next, in the order of the guide: process id, offline, clear.
 */

type Response = "process_id" | "offline" | "cleared";
const PRIORITY: readonly Response[] = ["process_id", "offline", "cleared"];

export class Outbox {
  #out: Uint8Array[] = [];
  #kept = new Map<Response, Uint8Array>();
  connected = false;
  /** False while the host doesn't read what it was sent. */
  ready = true;
  muted = false;

  /** An answer that is worth nothing later: status, identification, automatic status. */
  answer(...bytes: readonly number[]): void {
    this.answerBytes(Uint8Array.from(bytes));
  }

  answerBytes(bytes: Uint8Array): void {
    if (!this.connected || !this.ready || this.muted) return;
    this.#flush();
    this.#out.push(bytes);
  }

  respond(kind: Response, bytes: readonly number[], keepWithoutHost: boolean): void {
    if (this.muted) return;
    if (!this.connected && !keepWithoutHost) return;
    this.#kept.set(kind, Uint8Array.from(bytes));
    if (this.connected && this.ready) this.#flush();
  }

  /** Buffer clear and power loss: no response for what was thrown away. */
  forget(): void {
    this.#kept.clear();
  }

  /** All that is to be sent now, in one piece; null when there is nothing. */
  take(): Uint8Array | null {
    const [first] = this.#out;
    if (first === undefined) return null;
    const parts = this.#out;
    this.#out = [];
    if (parts.length === 1) return first;
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  #flush(): void {
    for (const kind of PRIORITY) {
      const bytes = this.#kept.get(kind);
      if (bytes) this.#out.push(bytes);
    }
    this.#kept.clear();
  }
}

/** Bytes of ASCII text. */
export const ascii = (text: string): number[] =>
  Array.from(text, (character) => character.charCodeAt(0) & 0x7f);
