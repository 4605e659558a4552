/** What people at a till get to see, told to the auditor as it changes: screen, outcome and the customer's display. */
import { displayOf } from "../../core/till/display.ts";
import { screenOf } from "../../core/till/screen.ts";
import type { SaleView, TillView } from "../../core/till/view.ts";
import type { SaleRecord } from "../../ports/journal.ts";
import type { ShownFact } from "../auditor/facts.ts";
import type { RunningTill } from "../parties/till.ts";

const input = {
  draft: "",
  replaces: false,
  unsure: false,
  taps: false,
  sameAmountAs: null,
  again: null,
  incident: null,
  away: false,
};

/** `believed`: the orders of this sale that the till holds for declined, by the provider's word and by nothing else. */
export type Shown = (
  fact: Omit<ShownFact, "atMs" | "deceivedAbout">,
  believed: readonly string[],
) => void;

/** Looks at every sale that changes at one till, as if it stood on the screen; a till can show any. */
export class Eyes {
  readonly #till: RunningTill;
  readonly #shown: Shown;
  readonly #frame: TillView;
  readonly #changed = new Set<string>();
  /** A sale looks the same as long as its record is the same. */
  readonly #seen = new Map<string, { readonly record: SaleRecord; readonly view: SaleView }>();
  #isToLook = false;

  constructor(till: RunningTill, soon: (look: () => void) => void, shown: Shown) {
    this.#till = till;
    this.#shown = shown;
    this.#frame = { ...till.desk.view(), sale: null, open_sales: [] };
    till.terminal.book.onChange((saleId) => {
      if (saleId !== "") this.#changed.add(saleId);
      if (this.#isToLook) return;
      this.#isToLook = true;
      // The page draws once a turn, however much changed in it.
      soon(() => {
        this.#isToLook = false;
        this.#look();
      });
    });
  }

  #look(): void {
    for (const saleId of this.#changed) this.see(saleId);
    this.#changed.clear();
  }

  /** What the till says of this sale now. */
  see(saleId: string): SaleView | null {
    const { desk, life, terminal } = this.#till;
    const record = terminal.book.record(saleId);
    const seen = this.#seen.get(saleId);
    if (seen !== undefined && seen.record === record) return seen.view;
    const sale = desk.sale(saleId);
    if (record === null || sale === null) return null;
    this.#seen.set(saleId, { record, view: sale });
    const view = { ...this.#frame, sale };
    const about = {
      saleId,
      orderNo: sale.attempt?.order_no ?? null,
      mayCharge: sale.can.charge === true,
    };
    const believed = record.attempts.flatMap((one) =>
      one.unpaidEnd === "declined" && one.latePayment === null ? [one.orderNo] : [],
    );
    this.#shown({ ...about, where: "outcome", name: sale.outcome ?? "none" }, believed);
    const screen = screenOf(view, { ...input, sale }, life.world.nowMs());
    this.#shown({ ...about, where: "screen", name: screen.kind }, believed);
    const display = displayOf(this.#frame.issuer.merchant_name, sale.livemode, sale, null);
    this.#shown({ ...about, where: "display", name: display.phase }, believed);
    return sale;
  }
}
