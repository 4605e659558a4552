/** Head, motor and blade: does one thing after another, takes its time for each, stands still while held. */
import type { Print } from "./paper.ts";

export type Work =
  | { readonly kind: "print"; readonly print: Print }
  | { readonly kind: "cut"; readonly mode: "full" | "partial" }
  /** A person tears the paper off a printer without a blade. */
  | { readonly kind: "tear" }
  | { readonly kind: "pulse"; readonly pin: "pin2" | "pin5" };

/** A piece of work, and what is to be said once it is done. */
interface Task {
  readonly work: Work;
  readonly answers: (() => void)[];
}

const bandRows = 64;

/** Long pictures go through the head in bands, so that paper or power can end within one. */
export function* bands(print: Print): Generator<Print> {
  if (print.kind !== "image") {
    yield print;
    return;
  }
  const { bitmap, scaleY } = print;
  const rowBytes = Math.ceil(bitmap.width / 8);
  for (let row = 0; row < bitmap.height; row += bandRows) {
    const rows = Math.min(bandRows, bitmap.height - row);
    const bits = bitmap.bits.subarray(row * rowBytes, (row + rows) * rowBytes);
    yield { ...print, height: rows * scaleY, bitmap: { width: bitmap.width, height: rows, bits } };
  }
}

export class Mechanism {
  #queue: Task[] = [];
  #endsAtMs: number | null = null;
  #leftMs: number | null = null;

  /** Pieces of work not yet done, the moving one included. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** When the moving work will be done; null when nothing moves. */
  get endsAtMs(): number | null {
    return this.#endsAtMs;
  }

  get next(): Work | null {
    return this.#queue[0]?.work ?? null;
  }

  add(work: Work): void {
    this.#queue.push({ work, answers: [] });
  }

  /** Says `answer` when everything added so far is done; at once if it is. With `unlessCut` the blade isn't waited for. */
  whenDone(answer: () => void, unlessCut: boolean): void {
    const last = this.#queue.findLast((task) => !(unlessCut && task.work.kind === "cut"));
    if (last) last.answers.push(answer);
    else answer();
  }

  start(nowMs: number, durationMs: number): void {
    this.#endsAtMs = nowMs + (this.#leftMs ?? durationMs);
    this.#leftMs = null;
  }

  /** Stops in the middle; the rest of the time is needed after `start`. */
  hold(nowMs: number): void {
    if (this.#endsAtMs === null) return;
    this.#leftMs = Math.max(0, this.#endsAtMs - nowMs);
    this.#endsAtMs = null;
  }

  /** The moving work couldn't be done and has to be done again. */
  failed(): void {
    this.#endsAtMs = null;
    this.#leftMs = null;
  }

  /** Takes the finished work off; the caller says its answers after doing it. */
  finish(): Task | null {
    this.#endsAtMs = null;
    return this.#queue.shift() ?? null;
  }

  /** Buffer clear and power loss. Answers that were waiting are never given. */
  clear(): void {
    this.#queue = [];
    this.#endsAtMs = null;
    this.#leftMs = null;
  }
}
