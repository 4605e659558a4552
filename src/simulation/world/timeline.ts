/** Virtual time: everything that will happen, in the order of (time, sequence). Whole ms since the simulation began. */

interface Entry {
  readonly atMs: number;
  readonly order: number;
  /** Null once called off: it falls out when its time comes. */
  call: (() => void) | null;
}

const isBefore = (a: Entry, b: Entry): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

export class Timeline {
  nowMs = 0;
  /** Events that have happened. */
  happened = 0;
  readonly #heap: Entry[] = [];
  readonly #drain: () => void;
  #order = 0;
  /** What waits for the end of this moment: once promises have run. */
  #atEnd: (() => void)[] = [];

  /** `drain` runs every promise that is ready, and those they make ready, before it returns. */
  constructor(drain: () => void) {
    this.#drain = drain;
  }

  /** Calls back once, `ms` from now; gives the way to call it off. */
  after(ms: number, call: () => void): () => void {
    const wait = ms > 0 ? Math.ceil(ms) : 0;
    const entry: Entry = { atMs: this.nowMs + wait, order: (this.#order += 1), call };
    this.#push(entry);
    return () => {
      entry.call = null;
    };
  }

  /** Calls back in this very moment, once every promise that is ready has run. */
  atEnd(call: () => void): void {
    this.#atEnd.push(call);
  }

  at(atMs: number, call: () => void): () => void {
    return this.after(atMs - this.nowMs, call);
  }

  /** Lets everything happen up to `untilMs`; ends early, without moving time on, when `stop` says so. */
  run(untilMs: number, stop: () => boolean): void {
    this.#settle();
    for (let next = this.#heap[0]; next !== undefined && next.atMs <= untilMs;) {
      this.#pop();
      if (next.call !== null) {
        this.nowMs = next.atMs;
        this.happened += 1;
        next.call();
        this.#settle();
        if (stop()) return;
      }
      next = this.#heap[0];
    }
    this.nowMs = untilMs;
  }

  #settle(): void {
    this.#drain();
    while (this.#atEnd.length > 0) {
      const calls = this.#atEnd;
      this.#atEnd = [];
      for (const call of calls) call();
      this.#drain();
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || isBefore(parent, entry)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  /** Takes the first away: the last sinks from the top to its place. */
  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    const size = heap.length;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = heap[below];
      if (child === undefined) break;
      const other = below + 1 < size ? heap[below + 1] : undefined;
      if (other !== undefined && isBefore(other, child)) {
        below += 1;
        child = other;
      }
      if (isBefore(last, child)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
  }
}
