/** The tray under the printer: every paper that came out, fetched before the printer forgets it, and what hangs out. */
import type { PaperFact } from "../../simulation/auditor/facts.ts";
import { type Slip, slipsOf } from "../../simulation/auditor/slips.ts";
import type { Shop } from "../shop/shop.ts";

const printerId = "P1";

interface PaperRow {
  readonly n: number;
  readonly ended_at: string;
  readonly text: string;
}

export class Tray {
  readonly #shop: Shop;
  readonly #papers: PaperFact[] = [];
  #looking: Promise<void> = Promise.resolve();

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** Takes out what is new. Rejects with Away while the printer's world is away. */
  look(): Promise<void> {
    const turn = this.#looking.catch(() => undefined).then(() => this.#take());
    this.#looking = turn;
    return turn;
  }

  async #take(): Promise<void> {
    const last = this.#papers.at(-1)?.n ?? 0;
    const path = `/printer/papers?after=${last}`;
    const { papers } = await this.#shop.control<{ papers: readonly PaperRow[] }>("GET", path);
    for (const { n, ended_at: endedAt, text } of papers)
      this.#papers.push({ printerId, n, lines: text.split("\n"), atMs: Date.parse(endedAt) });
  }

  /** Everything, with what hangs out of the printer as the last one. */
  async papers(): Promise<readonly PaperFact[]> {
    await this.look();
    const text = await this.#shop.control<unknown>("GET", "/printer/papers/hanging.txt");
    const n = (this.#papers.at(-1)?.n ?? 0) + 1;
    const hanging = { printerId, n, lines: String(text).split("\n"), atMs: Date.now() };
    return [...this.#papers, hanging];
  }

  /** Whether a person who looks finds this receipt: the original, or its copy with that number. */
  async holds(number: string, copy: number): Promise<boolean> {
    const papers = await this.papers();
    return papers.some((paper) => {
      const isIt = (slip: Slip): boolean =>
        slip.number === number && slip.whole && slip.marked === copy > 0;
      const saysSo = copy === 0 || paper.lines.some((line) => line.includes(`第${copy}次`));
      return saysSo && slipsOf([paper]).some(isIt);
    });
  }
}
