/** The electronic receipt lives at the hub. What can't be brought there now is brought later. */
import type { Receipt } from "../core/receipt/receipt.ts";
import { isOnlyThis } from "../ports/link.ts";
import type { TerminalDeps } from "./config.ts";

export class ReceiptsAtHub {
  readonly #deps: TerminalDeps;
  readonly #toPut = new Map<string, Receipt>();

  constructor(deps: TerminalDeps) {
    this.#deps = deps;
  }

  /** What came of it. One that the hub refuses is owed no more: the next round over the last sales brings it again. */
  async put(receipt: Receipt): Promise<"there" | "refused" | "hub_away"> {
    const { link, settings, log } = this.#deps;
    try {
      await link.putReceipt(settings.merchantId, receipt);
      this.#isOver(receipt);
      return "there";
    } catch (error) {
      log("warn", "receipt_not_at_hub", { number: receipt.number, error: String(error) });
      if (isOnlyThis(error)) {
        this.#isOver(receipt);
        return "refused";
      }
      // What has become void while this was under way must not be undone by it.
      if (this.#toPut.get(receipt.number)?.void !== true) this.#toPut.set(receipt.number, receipt);
      return "hub_away";
    }
  }

  #isOver({ number, void: isVoid }: Receipt): void {
    if (this.#toPut.get(number)?.void === isVoid) this.#toPut.delete(number);
  }

  /** One after the other, and none after the first that isn't answered: the hub is away for all of them. */
  async putOwed(): Promise<void> {
    for (const receipt of this.#toPut.values())
      if ((await this.put(receipt)) === "hub_away") return;
  }
}
