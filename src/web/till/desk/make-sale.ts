/** From the amount on the screen to a sale. */
import { parseYuan, yuanText } from "../../../core/money/money.ts";
import { amountShort } from "../../../core/text/input-causes.ts";
import { isSettled } from "../../../core/till/focus.ts";
import type { SaleView } from "../../../core/till/view.ts";
import type { Desk } from "./desk.ts";
import { tellAmount } from "./tell.ts";

/** What the customer was asked before the sale. */
interface Asked {
  readonly accept_e_receipt?: true;
}

/**
 * Enter on an amount. Stops to ask when a sale of the same amount is still open: it may be the same basket. One that is
 * proven to have taken nothing isn't asked about: whoever it was for may be charged.
 */
export async function takeAmount(desk: Desk, asked: Asked = {}): Promise<SaleView | null> {
  const { draft, view } = desk.state;
  const limitFen = view?.amount_max_fen ?? 0;
  const amount = parseYuan(draft, limitFen);
  if (typeof amount !== "number") {
    tellAmount(amount);
    desk.notify({ tone: "care", text: amountShort(amount, limitFen) });
    return null;
  }
  const open = [...(view?.open_sales ?? []), ...(view?.sale ? [view.sale] : [])];
  const isSame = (one: (typeof open)[number]): boolean =>
    one.amount_fen === amount && one.took_no_money !== true && isOpen(desk, one.sale_id);
  const same = open.find(isSame);
  if (same !== undefined && desk.state.sameAmountAs === null) {
    desk.set({ sameAmountAs: same.sale_id });
    return null;
  }
  return createSale(desk, asked);
}

/** Sales of the open list are; the frame's own sale only while money or paper of it can still change. */
function isOpen(desk: Desk, saleId: string): boolean {
  const sale = desk.state.view?.sale ?? null;
  return sale?.sale_id !== saleId || !isSettled(sale);
}

export async function createSale(desk: Desk, asked: Asked = {}): Promise<SaleView | null> {
  const amount = parseYuan(desk.state.draft);
  if (typeof amount !== "number") return null;
  const answer = await desk.send("/api/sales", { amount: yuanText(amount), ...asked }, true);
  return answer.ok ? answer.value : null;
}
