/** The page's one store. Frames come in, keys and presses come in; React draws what is here. */
import {
  firstShown,
  isRead,
  nothingShown,
  onFrame,
  putAside,
  questionOf,
  showSale,
} from "../../../core/till/focus.ts";
import { nothingTyped } from "../../../core/till/draft.ts";
import type { SaleView, TillView } from "../../../core/till/view.ts";
import { get, post } from "../../box/box.ts";
import type { Answer } from "../../box/box.ts";
import { incidentIn, incidentOfSale } from "./incident.ts";
import { keep, kept } from "./keep.ts";
import { emptyDesk, offsetOf, topicOf } from "./state.ts";
import type { DeskState, Notice, Sheet } from "./state.ts";

export class Desk {
  state: DeskState;
  /** Keys of the next amount, typed while the sale before is being given up. */
  readonly ahead: string[] = [];
  private readonly askedAtMs = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private asked = 0;

  constructor() {
    const { shown, ...rest } = kept();
    // What an earlier version of the page kept may lack a part.
    this.state = {
      ...emptyDesk,
      ...rest,
      shown: shown === null ? null : { ...nothingShown, ...shown },
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): DeskState => this.state;

  /** A question is in sight from now on, unless it already was. */
  asks(question: string | null): void {
    if (question === null || this.askedAtMs.has(question)) return;
    this.askedAtMs.set(question, performance.now());
  }

  asksNoMore(question: string): void {
    this.askedAtMs.delete(question);
  }

  /** Whether the question could be read; a key or press before that was meant for something else. */
  mayAnswer(question: string | null): boolean {
    const sinceMs = this.askedAtMs.get(question ?? "");
    return sinceMs !== undefined && isRead(sinceMs, performance.now());
  }

  set(change: Partial<DeskState>): void {
    const before = this.state;
    this.state = { ...before, ...change };
    const isOld = this.state.notice !== null && this.state.notice === before.notice;
    if (isOld && topicOf(before) !== topicOf(this.state))
      this.state = { ...this.state, notice: null };
    this.asks(questionOf(this.state.sale));
    const { draft, replaces, unsure, shown, again } = this.state;
    keep({ draft, replaces, unsure, shown, again });
    for (const listener of this.listeners) listener();
  }

  /** A frame of the box. The sale on the screen is taken from it, or asked for when the frame is about another. */
  frame(view: TillView): void {
    const before = this.state;
    const shown =
      before.shown === null ? firstShown(view) : onFrame(before.shown, view, before.draft);
    const saleId = shown.focus.kind === "sale" ? shown.focus.saleId : null;
    const fromView = view.sale?.sale_id === saleId ? view.sale : null;
    const kept = before.sale?.sale_id === saleId ? before.sale : null;
    const sale = saleId === null ? null : (fromView ?? kept);
    const incident = incidentIn([view.incident, before.incident], saleId);
    this.set({ view, shown, sale, incident, offsetMs: offsetOf(view, Date.now()) });
    if (saleId !== null && fromView === null) void this.refresh(saleId);
  }

  away(away: boolean): void {
    if (away !== this.state.away) this.set({ away });
  }

  /** Puts a sale on the screen, with its newest state. */
  async show(saleId: string): Promise<void> {
    const { shown } = this.state;
    if (shown === null) return;
    this.set({
      shown: showSale(shown, saleId),
      sheets: [],
      ...nothingTyped,
      sameAmountAs: null,
      notice: null,
    });
    await this.refresh(saleId);
  }

  private async refresh(saleId: string): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const answer = await get<SaleView>(`/api/sales/${encodeURIComponent(saleId)}`);
    if (mine !== this.asked || !this.isShown(saleId)) return;
    if (answer.ok) {
      this.set({ sale: answer.value });
      return this.findIncident(saleId);
    }
    // A sale that can't be read must not leave the cashier without a screen.
    if (this.state.sale === null) this.next("");
  }

  /** A frame carries one incident; that of another sale on the screen is asked for. */
  private async findIncident(saleId: string): Promise<void> {
    const answer = await incidentOfSale(saleId);
    if (answer !== null && this.isShown(saleId)) this.set({ incident: answer });
  }

  private isShown(saleId: string): boolean {
    const focus = this.state.shown?.focus;
    return focus?.kind === "sale" && focus.saleId === saleId;
  }

  /** The next amount: what is on the screen is put aside. `replaces`: the first digit begins it anew. */
  next(draft: string, replaces = false): void {
    const { shown, view } = this.state;
    if (shown === null) return;
    this.asked += 1;
    this.set({
      shown: putAside(shown, view, this.state.sale),
      sale: null,
      draft,
      replaces,
      unsure: false,
      again: null,
      sameAmountAs: null,
      notice: null,
      sheets: [],
    });
  }

  /** A reply about a sale: it is on the screen from now on when `focus`, else only when it already was. */
  accept(sale: SaleView, focus: boolean): void {
    const { shown } = this.state;
    if (shown === null) return;
    this.asked += 1;
    if (focus) {
      const saleId = sale.sale_id;
      this.set({
        shown: showSale(shown, saleId),
        sale,
        ...nothingTyped,
        sameAmountAs: null,
      });
    } else if (this.isShown(sale.sale_id)) {
      this.set({ sale });
    }
  }

  /** Sends a press about a sale; the reply is shown, a refusal becomes a notice. Gives the answer. */
  async send(path: string, body: object = {}, focus = false): Promise<Answer<SaleView>> {
    const answer = await post<SaleView>(path, body);
    if (answer.ok) this.accept(answer.value, focus);
    else this.notify({ tone: "bad", text: answer.text });
    return answer;
  }

  notify(notice: Notice | null): void {
    this.set({ notice });
  }

  open(sheet: Sheet): void {
    this.set({ sheets: [...this.state.sheets, sheet], notice: null });
  }

  closeTop(): void {
    this.set({ sheets: this.state.sheets.slice(0, -1), notice: null });
  }

  closeAll(): void {
    this.set({ sheets: [], notice: null });
  }
}
