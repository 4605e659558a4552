/** The electronic receipt lives at the hub. What can't be brought there now is brought later. */
import type { Receipt } from "../core/receipt/receipt.ts";
import type { TerminalDeps } from "./config.ts";

export class ReceiptsAtHub {
  readonly #deps: TerminalDeps;
  readonly #toPut = new Map<string, Receipt>();

  constructor(deps: TerminalDeps) {
    this.#deps = deps;
  }

  /** Whether the hub has it. */
  async put(receipt: Receipt): Promise<boolean> {
    const { link, settings, log } = this.#deps;
    try {
      await link.putReceipt(settings.merchantId, receipt);
      if (this.#toPut.get(receipt.number)?.void === receipt.void)
        this.#toPut.delete(receipt.number);
      return true;
    } catch (error) {
      // What has become void while this was under way must not be undone by it.
      if (this.#toPut.get(receipt.number)?.void !== true) this.#toPut.set(receipt.number, receipt);
      log("warn", "receipt_not_at_hub", { number: receipt.number, error: String(error) });
      return false;
    }
  }

  /** One after the other, and none after the first that fails: the hub is away for all of them. */
  async putOwed(): Promise<void> {
    for (const receipt of this.#toPut.values()) if (!(await this.put(receipt))) return;
  }
}
