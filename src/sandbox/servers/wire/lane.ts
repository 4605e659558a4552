/** One direction of one connection: bytes in, the same bytes out, later and slower if the rules say so. */
import type { Socket } from "node:net";

export interface Pace {
  readonly delayMs: number;
  readonly jitterMs: number;
  readonly bytesPerSecond: number | null;
}

interface Item {
  /** Null is the end of the stream. */
  readonly bytes: Uint8Array | null;
  readonly dueMs: number;
}

const queuedBytesMax = 256 * 1024;
/** Slow lines hand over small pieces, about twenty a second. */
const piecesPerSecond = 20;

export class Lane {
  #queue: Item[] = [];
  #queuedBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  /** When the line is free again. */
  #freeMs = 0;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #pace: () => Pace;
  readonly #random: () => number;

  constructor(from: Socket, to: Socket, pace: () => Pace, random: () => number) {
    this.#from = from;
    this.#to = to;
    this.#pace = pace;
    this.#random = random;
    to.on("drain", () => this.#letRead());
  }

  push(bytes: Uint8Array): void {
    const pace = this.#pace();
    if (pace.bytesPerSecond === null) {
      this.#add(bytes, pace, 0);
      return;
    }
    const pieceBytes = Math.max(1, Math.ceil(pace.bytesPerSecond / piecesPerSecond));
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      this.#add(piece, pace, (piece.length * 1000) / pace.bytesPerSecond);
    }
  }

  /** Ends the receiving side after all that is still on its way. */
  end(): void {
    this.#add(null, this.#pace(), 0);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#queue = [];
  }

  #add(bytes: Uint8Array | null, pace: Pace, lineMs: number): void {
    const now = performance.now();
    const lagMs = pace.delayMs + (pace.jitterMs > 0 ? this.#random() * pace.jitterMs : 0);
    const dueMs = Math.max(this.#freeMs, now + lagMs) + lineMs;
    this.#freeMs = dueMs;
    if (this.#queue.length === 0 && dueMs <= now) {
      this.#deliver(bytes);
      return;
    }
    this.#queue.push({ bytes, dueMs });
    this.#queuedBytes += bytes?.length ?? 0;
    if (this.#queuedBytes > queuedBytesMax) this.#from.pause();
    this.#wake();
  }

  #wake(): void {
    const [next] = this.#queue;
    if (!next || this.#timer) return;
    const waitMs = Math.max(0, Math.ceil(next.dueMs - performance.now()));
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#deliverDue();
      this.#wake();
    }, waitMs);
  }

  #deliverDue(): void {
    const now = performance.now();
    while (this.#queue[0] && this.#queue[0].dueMs <= now) {
      const item = this.#queue.shift();
      this.#queuedBytes -= item?.bytes?.length ?? 0;
      this.#deliver(item?.bytes ?? null);
    }
    this.#letRead();
  }

  #deliver(bytes: Uint8Array | null): void {
    if (this.#to.destroyed || this.#to.writableEnded) return;
    if (bytes === null) this.#to.end();
    else if (!this.#to.write(bytes)) this.#from.pause();
  }

  #letRead(): void {
    const full = this.#queuedBytes > queuedBytesMax || this.#to.writableNeedDrain;
    if (!full && !this.#from.destroyed) this.#from.resume();
  }
}
