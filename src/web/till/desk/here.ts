/** Presses of a window about its own sale, which need not be the one on the screen. */
import { frameText } from "../../../core/text/frame.ts";
import { fill } from "../../../core/text/text.ts";
import type { Act } from "../../../core/till/parts.ts";
import type { SaleView } from "../../../core/till/view.ts";
import type { Desk } from "./desk.ts";
import { perform } from "./press.ts";

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
  if (act.id !== "query" && act.id !== "reprint") return perform(desk, act.id, sale);
  if (desk.state.busy !== null) return;
  desk.set({ busy: act.id, notice: null });
  const answer = await desk.send(`/api/sales/${encodeURIComponent(sale.sale_id)}/${act.id}`);
  desk.set({ busy: null });
  if (answer.ok) onReply(answer.value);
}
