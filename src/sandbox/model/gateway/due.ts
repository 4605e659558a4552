/** What the gateway does by itself when a moment has come. A name of a thing may be stale: who handles it looks again. */
export interface Due {
  readonly atMs: number;
  readonly what:
    | "expire_trade"
    | "expire_qr"
    | "buyer_confirms"
    | "buyer_refuses"
    | "roll_back"
    | "finish"
    | "notify"
    | "late_call";
  readonly key: string;
}

/** A binary heap by time; equal times keep no order of their own. */
export class DueQueue {
  readonly #heap: Due[] = [];

  /** When the next thing is due, in epoch ms; null when nothing is. */
  nextMs(): number | null {
    return this.#heap[0]?.atMs ?? null;
  }

  add(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent]?.atMs ?? 0) <= due.atMs) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Takes out the earliest thing due at `nowMs`, or null. */
  take(nowMs: number): Due | null {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.atMs > nowMs) return null;
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && (heap[child]?.atMs ?? 0) < (heap[least]?.atMs ?? 0)) {
          least = child;
        }
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (one === undefined || other === undefined) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}
