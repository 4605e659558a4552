/** The till as people use it: every command, and a note of whatever they were shown and when. */
import { randomUUID } from "node:crypto";
import { screenOf } from "../../core/till/screen.ts";
import type { SaleSummary, SaleView, TillView } from "../../core/till/view.ts";
import type { ShownFact } from "../../simulation/auditor/facts.ts";
import { Refused } from "../shop/calls.ts";
import type { Shop } from "../shop/shop.ts";

/** The page with this sale on it, and nothing typed. */
const onScreen = {
  draft: "",
  again: null,
  incident: null,
  sameAmountAs: null,
  replaces: false,
  unsure: false,
  taps: false,
  away: false,
};
const pageRows = 100;

/** Every button that somebody here presses, as the address names it. */
export type Button =
  | "attempts"
  | "reverse"
  | "abandon"
  | "pay-otherwise"
  | "refunds"
  | "reprint"
  | "waive-paper";

export class Till {
  readonly #shop: Shop;
  readonly shown: ShownFact[] = [];
  /** Told of every answer about a sale, and when it was here. */
  onAnswer: (sale: SaleView, atMs: number) => void = () => {};
  readonly #last = new Map<string, string>();
  #view: TillView | null = null;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async view(): Promise<TillView> {
    this.#view = await this.#shop.ask<TillView>("GET", "/api/till");
    return this.#view;
  }

  async sale(saleId: string): Promise<SaleView> {
    return this.#see(await this.#shop.ask<SaleView>("GET", `/api/sales/${saleId}`));
  }

  /** Every sale of the journal, newest first. */
  async sales(): Promise<readonly SaleSummary[]> {
    const rows: SaleSummary[] = [];
    let cursor = "";
    do {
      const path = `/api/sales?limit=${pageRows}${cursor}`;
      const page = await this.#shop.ask<{ data: SaleSummary[]; next_cursor: string | null }>(
        "GET",
        path,
      );
      rows.push(...page.data);
      cursor = page.next_cursor === null ? "" : `&cursor=${page.next_cursor}`;
    } while (cursor !== "");
    return rows;
  }

  async sell(body: Readonly<Record<string, unknown>>, key: string): Promise<SaleView> {
    return this.#see(await this.#shop.ask<SaleView>("POST", "/api/sell", body, key));
  }

  async open(body: Readonly<Record<string, unknown>>, key: string): Promise<SaleView> {
    return this.#see(await this.#shop.ask<SaleView>("POST", "/api/sales", body, key));
  }

  /** A button: null when the till says why it can't be pressed now. */
  async press(
    saleId: string,
    button: Button,
    body: unknown = {},
    key: string = randomUUID(),
  ): Promise<SaleView | null> {
    return this.#refusable(
      this.#shop.ask<SaleView>("POST", `/api/sales/${saleId}/${button}`, body, key),
    );
  }

  async answer(jobId: string, printed: boolean): Promise<void> {
    const path = `/api/jobs/${jobId}/answer`;
    // The printer's own late proof may have been first.
    await this.#refusable(this.#shop.ask<SaleView>("POST", path, { printed }, randomUUID()), false);
  }

  async #refusable(asked: Promise<SaleView>, shows = true): Promise<SaleView | null> {
    try {
      const sale = await asked;
      return shows ? this.#see(sale) : sale;
    } catch (error) {
      if (error instanceof Refused && error.status < 500 && error.code !== "not_found") return null;
      throw error;
    }
  }

  #see(sale: SaleView): SaleView {
    const atMs = Date.now();
    this.onAnswer(sale, atMs);
    this.#note(sale, "outcome", sale.outcome ?? "none", atMs);
    if (this.#view !== null)
      this.#note(sale, "screen", screenOf(this.#view, { ...onScreen, sale }, atMs).kind, atMs);
    return sale;
  }

  #note(sale: SaleView, where: ShownFact["where"], name: string, atMs: number): void {
    const orderNo = sale.attempt?.order_no ?? null;
    const mayCharge = sale.can.charge === true;
    const said = `${orderNo} ${name} ${mayCharge}`;
    const place = `${where} ${sale.sale_id}`;
    if (this.#last.get(place) === said) return;
    this.#last.set(place, said);
    this.shown.push({
      saleId: sale.sale_id,
      orderNo,
      where,
      name,
      mayCharge,
      deceivedAbout: [],
      atMs,
    });
  }
}
