/** A running fingerprint of everything that happened: two runs of a seed must give the same. Not a hash to trust. */
export class Digest {
  #one = 0x9747b28c;
  #two = 0x3c6ef372;

  add(number: number): void {
    this.#one = Math.imul(this.#one ^ number, 0xcc9e2d51);
    this.#one = (this.#one << 13) | (this.#one >>> 19);
    this.#two = Math.imul(this.#two + number, 0x1b873593) ^ (this.#two >>> 15);
  }

  addText(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.add(text.charCodeAt(at));
  }

  text(): string {
    return [this.#one, this.#two].map((one) => (one >>> 0).toString(16).padStart(8, "0")).join("");
  }
}
