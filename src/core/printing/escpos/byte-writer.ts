/** Bytes put one after the other; grows as needed. */
export class ByteWriter {
  private buffer = new Uint8Array(4096);
  private length = 0;

  bytes(...values: readonly number[]): void {
    this.reserve(values.length);
    for (const value of values) {
      this.buffer[this.length] = value;
      this.length += 1;
    }
  }

  append(part: Uint8Array): void {
    this.reserve(part.length);
    this.buffer.set(part, this.length);
    this.length += part.length;
  }

  /** What was written, as a copy of its own. */
  done(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + more));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}
