/**
 * Chance, by the seed. Every part has a stream of its own, forked by name, so that one more draw in a printer moves
 * nothing in the network.
 */

/** FNV-1a over the UTF-16 units, with a last stir; only has to scatter seeds and names. */
function scatter(text: string): number {
  let mixed = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** sfc32 of PractRand's author: 128 bits of state, no known weakness, a few additions a draw. */
export class Chance {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string) {
    this.#seed = seed;
    this.#a = scatter(`${seed} a`);
    this.#b = scatter(`${seed} b`);
    this.#c = scatter(`${seed} c`);
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** A stream of its own; the same name gives the same stream, however much was drawn here. */
  fork(name: string): Chance {
    return new Chance(`${this.#seed}/${name}`);
  }

  /** In [0, 1). */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  }

  /** True in this share of the cases. What can't or must happen costs no draw. */
  hits(share: number): boolean {
    return share > 0 && (share >= 1 || this.next() < share);
  }

  /** A whole number from `least` to `most`, both inside. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** Mostly near `least`, seldom near `most`: how long people and networks take. */
  skewed(least: number, most: number): number {
    const draw = this.next();
    return Math.floor(least + (most - least) * draw * draw * draw);
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.next() * from.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }

  digits(count: number): string {
    let text = "";
    while (text.length < count) {
      text += String(Math.floor(this.next() * 1e8)).padStart(8, "0");
    }
    return text.slice(0, count);
  }
}
