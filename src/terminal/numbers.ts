/** The terminal's own numbers: drawn in memory, stored in the commit that uses them, never drawn twice. */
import { parseReceiptNumber, receiptNumber } from "../core/receipt/number.ts";
import { chinaDay } from "../core/rules/time.ts";
import type { Journal, JournalWrite } from "../ports/journal.ts";
import type { World } from "../ports/world.ts";

const orderCounter = "counter_order";
const receiptCounter = "counter_receipt";

export class Numbers {
  readonly #world: World;
  readonly #terminalId: string;
  readonly #lost = new Set<number>();
  /** By each number whose commit is under way: the gaps that it names. */
  readonly #names = new Map<string, readonly number[]>();
  #order: number;
  #receipt: number;

  constructor(world: World, journal: Journal, terminalId: string) {
    this.#world = world;
    this.#terminalId = terminalId;
    this.#order = Number(journal.setting(orderCounter) ?? 0);
    this.#receipt = Number(journal.setting(receiptCounter) ?? 0);
  }

  /** Terminal, day, counter and chance: unique at the provider even for a terminal that lost its journal. */
  order(): { readonly orderNo: string; readonly write: JournalWrite } {
    this.#order += 1;
    const day = chinaDay(this.#world.nowMs()).replaceAll("-", "").slice(2);
    const count = String(this.#order).padStart(6, "0");
    const chance = Math.floor(this.#world.random() * 36 ** 4)
      .toString(36)
      .padStart(4, "0");
    const orderNo = `${this.#terminalId}_${day}_${count}_${chance}`;
    return { orderNo, write: { kind: "setting", key: orderCounter, value: String(this.#order) } };
  }

  /** Receipts given so far, by this journal. */
  lastReceipt(): number {
    return this.#receipt;
  }

  /** Goes on above what the hub has seen; the next number's own commit makes it durable. */
  skipTo(counter: number): void {
    this.#receipt = Math.max(this.#receipt, counter - 1);
  }

  /** `lost`: numbers before it that no receipt carries; to be named in the commit that uses this one. */
  receipt(): {
    readonly counter: number;
    readonly number: string;
    readonly write: JournalWrite;
    readonly lost: readonly number[];
  } {
    this.#receipt += 1;
    const number = receiptNumber(this.#terminalId, this.#receipt);
    const lost = [...this.#lost];
    this.#names.set(number, lost);
    return {
      counter: this.#receipt,
      number,
      lost,
      write: { kind: "setting", key: receiptCounter, value: String(this.#receipt) },
    };
  }

  /** Its commit is durable, and with it the gaps that it names: one that was lost since is named by a later one. */
  kept(keptNumber: string): void {
    for (const one of this.#names.get(keptNumber) ?? []) this.#lost.delete(one);
    this.#names.delete(keptNumber);
  }

  /**
   * Drawn, and on no receipt: nothing came of it, or its commit failed. Whether the disk has it after all nobody can
   * know, so it is never drawn again.
   */
  lose(lostNumber: string): void {
    const counter = parseReceiptNumber(lostNumber)?.counter;
    if (counter !== undefined) this.#lost.add(counter);
    this.#names.delete(lostNumber);
  }
}
