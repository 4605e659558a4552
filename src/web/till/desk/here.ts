/** Presses of a window about its own sale, which need not be the one on the screen. */
import { frameText } from "../../../core/text/frame.ts";
import { fill } from "../../../core/text/text.ts";
import type { Act, ActId } from "../../../core/till/parts.ts";
import type { SaleView } from "../../../core/till/view.ts";
import type { Desk } from "./desk.ts";
import type { Answer } from "../../box/box.ts";
import { answerPrinted, perform } from "./press.ts";

/** Sends what changes only this sale and gives the reply to the window; opens the next window for the rest. */
export async function performHere(
  desk: Desk,
  act: Act,
  sale: SaleView,
  onReply: (sale: SaleView) => void,
): Promise<void> {
  if (act.enabled !== true) {
    const text = fill(frameText.notNow, { what: act.label, why: act.enabled });
    return desk.notify({ tone: "care", text });
  }
  const deed = HERE[act.id];
  if (deed === undefined) return perform(desk, act.id, sale);
  if (desk.state.busy !== null) return;
  desk.set({ busy: act.id, notice: null });
  const answer = await deed(desk, sale);
  desk.set({ busy: null });
  if (answer?.ok === true) onReply(answer.value);
}

type Deed = (desk: Desk, sale: SaleView) => Promise<Answer<SaleView> | null>;

const sends =
  (command: string): Deed =>
  (desk, sale) =>
    desk.send(`/api/sales/${encodeURIComponent(sale.sale_id)}/${command}`);

const HERE: Partial<Record<ActId, Deed>> = {
  query: sends("query"),
  reprint: sends("reprint"),
  came_out: (desk, sale) => answerPrinted(desk, sale, true),
  did_not: (desk, sale) => answerPrinted(desk, sale, false),
};
