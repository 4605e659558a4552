/** One till as the person before it sees it: the page's own screens, told whenever they change. */
import type { TillView, SaleView } from "../src/core/till/view.ts";
import { screenOf } from "../src/core/till/screen.ts";
import type { Screen } from "../src/core/till/parts.ts";
import { type Text } from "../src/core/text/text.ts";
import { call, isTrouble, pause } from "../src/chaos/shop/calls.ts";
import type { Teller } from "./teller.ts";
import { words as w } from "./words.ts";

const page = {
  draft: "",
  again: null,
  sameAmountAs: null,
  replaces: false,
  unsure: false,
  taps: false,
  away: false,
};
const lookEveryMs = 150;

export class Till {
  url: string;
  readonly name: Text;
  readonly #teller: Teller;
  /** Where many tills talk at once, a screen that is as it should be is one line. */
  readonly #brief: boolean;
  readonly #shown = new Map<string, string>();

  constructor(url: string, name: Text, teller: Teller, brief = false) {
    this.url = url;
    this.name = name;
    this.#teller = teller;
    this.#brief = brief;
  }

  ask<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
    return call<T>(`${this.url}${path}`, method, body);
  }

  view(): Promise<TillView> {
    return this.ask("GET", "/api/till");
  }

  /**
   * Looks at a sale's screen until it is as wanted, and tells each new one. Null: it wasn't within `limitMs`. `who`:
   * before whom the screen stands, where it isn't the till alone.
   */
  async watch(
    saleId: string,
    holds: (sale: SaleView, view: TillView) => boolean,
    limitMs: number,
    who: Text = this.name,
  ): Promise<SaleView | null> {
    const endsAtMs = performance.now() + limitMs;
    for (;;) {
      const seen = await this.#look(saleId, who);
      if (seen !== null && holds(seen.sale, seen.view)) return seen.sale;
      if (performance.now() > endsAtMs) return null;
      await pause(lookEveryMs);
    }
  }

  async #look(saleId: string, who: Text): Promise<{ sale: SaleView; view: TillView } | null> {
    try {
      const view = await this.view();
      const sale = await this.ask<SaleView>("GET", `/api/sales/${saleId}`);
      const { incident } = view;
      const own = incident?.sale_id === saleId ? incident : null;
      const screen = screenOf(view, { ...page, sale, incident: own }, Date.parse(view.now));
      this.#tell(saleId, who, screen);
      return { sale, view };
    } catch (error) {
      if (isTrouble(error)) return null;
      throw error;
    }
  }

  #tell(saleId: string, who: Text, screen: Screen): void {
    const isCalm = screen.tone !== "care" && screen.tone !== "bad";
    const said = this.#brief && isCalm ? [] : saidBy(screen);
    const face = JSON.stringify([screen.headline, ...said]);
    if (this.#shown.get(saleId) === face) return;
    this.#shown.set(saleId, face);
    this.#teller.tell(who, w.screen, { headline: screen.headline });
    this.#teller.show(said);
  }
}

/** Money first, then what to do, why, and how that is known: the order of the page. */
function saidBy(screen: Screen): readonly Text[] {
  const { money, plain, caution, incident, guide } = screen;
  const due = guide?.steps.find(({ at }) => at === "now");
  const line = (name: Text, text: Text | null | undefined): readonly Text[] =>
    text === null || text === undefined
      ? []
      : [{ zh: `${name.zh}${text.zh}`, en: `${name.en}${text.en}` }];
  return [
    ...line(w.money, money?.text),
    ...line(w.says, plain),
    ...line(w.caution, caution),
    ...line(w.verdict, incident?.verdictText),
    ...line(w.evidence, incident?.evidence),
    ...(incident?.also ? [incident.also] : []),
    ...line(w.receipt, screen.side.tag?.text),
    ...line(w.step, due?.text),
  ];
}
