/** Everything that will happen, by (time, order): a binary heap over numbers, for millions of events a second. */

/** Room for so many events of one millisecond before their order would wrap; virtual time has 33 bits left. */
const ordersOfMs = 2 ** 20;

export class Queue {
  nowMs = 0;
  happened = 0;
  readonly #keys: number[] = [];
  readonly #calls: (() => void)[] = [];
  #order = 0;

  get size(): number {
    return this.#keys.length;
  }

  /** Calls once, `ms` from now. */
  after(ms: number, call: () => void): void {
    this.#order = (this.#order + 1) % ordersOfMs;
    const wait = ms > 0 ? Math.ceil(ms) : 0;
    this.#push((this.nowMs + wait) * ordersOfMs + this.#order, call);
  }

  /** Lets everything happen up to `untilMs`; `isOver` may end it early, without moving time on. */
  run(untilMs: number, isOver: () => boolean): void {
    const lastKey = (untilMs + 1) * ordersOfMs;
    for (let key = this.#keys[0]; key !== undefined && key < lastKey; key = this.#keys[0]) {
      const call = this.#pop();
      this.nowMs = Math.floor(key / ordersOfMs);
      this.happened += 1;
      call();
      if (isOver()) return;
    }
    this.nowMs = untilMs;
  }

  #push(key: number, call: () => void): void {
    const keys = this.#keys;
    const calls = this.#calls;
    let at = keys.length;
    keys.push(key);
    calls.push(call);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = keys[above] as number;
      if (parent <= key) break;
      keys[at] = parent;
      calls[at] = calls[above] as () => void;
      at = above;
    }
    keys[at] = key;
    calls[at] = call;
  }

  /** Takes the first away: the last sinks from the top to its place. */
  #pop(): () => void {
    const keys = this.#keys;
    const calls = this.#calls;
    const first = calls[0] as () => void;
    const key = keys.pop() as number;
    const call = calls.pop() as () => void;
    const size = keys.length;
    if (size === 0) return first;
    let at = 0;
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && (keys[below + 1] as number) < (keys[below] as number)) below += 1;
      const least = keys[below] as number;
      if (key <= least) break;
      keys[at] = least;
      calls[at] = calls[below] as () => void;
      at = below;
    }
    keys[at] = key;
    calls[at] = call;
    return first;
  }
}
