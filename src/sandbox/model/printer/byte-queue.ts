/** The receive buffer: first in, first out, one piece of memory. */
export class ByteQueue {
  #bytes: Uint8Array;
  #from = 0;
  #to = 0;

  constructor(bytes: number) {
    this.#bytes = new Uint8Array(Math.max(64, bytes));
  }

  get length(): number {
    return this.#to - this.#from;
  }

  push(part: Uint8Array): void {
    if (this.#to + part.length > this.#bytes.length) this.#makeRoom(part.length);
    this.#bytes.set(part, this.#to);
    this.#to += part.length;
  }

  /** What is waiting, oldest first; only good until the next push. */
  view(): Uint8Array {
    return this.#bytes.subarray(this.#from, this.#to);
  }

  drop(count: number): void {
    this.#from += count;
    if (this.#from >= this.#to) this.clear();
  }

  clear(): void {
    this.#from = 0;
    this.#to = 0;
  }

  #makeRoom(more: number): void {
    const waiting = this.view();
    const needed = waiting.length + more;
    if (needed <= this.#bytes.length) {
      this.#bytes.copyWithin(0, this.#from, this.#to);
    } else {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(waiting);
      this.#bytes = larger;
    }
    this.#to -= this.#from;
    this.#from = 0;
  }
}
