/** What the gate's and the incident's buttons do. */
import { fen, yuanText } from "../../../core/money/money.ts";
import { incidentText } from "../../../core/text/incident.ts";
import type { Desk } from "./desk.ts";
import { takeAmount } from "./make-sale.ts";

/** The case of the sale on the screen, else the newest open one; without any there is nobody to call about it. */
export function callHelp(desk: Desk): void {
  const { incident, view } = desk.state;
  const shown = incident ?? view?.incident ?? null;
  if (shown === null) return desk.notify({ tone: "care", text: incidentText.noIncident });
  desk.open({ kind: "call_help", incidentId: shown.id, saleId: shown.sale_id });
}

/** The customer takes the electronic receipt: a sale that says so. An open one, never charged, is made anew. */
export async function sellWithEReceipt(desk: Desk): Promise<void> {
  const asked = { accept_e_receipt: true } as const;
  const { sale } = desk.state;
  if (sale === null) return void (await takeAmount(desk, asked));
  const given = await desk.send(`/api/sales/${encodeURIComponent(sale.sale_id)}/abandon`);
  if (!given.ok) return;
  await desk.send("/api/sales", { amount: yuanText(fen(sale.amount_fen)), ...asked }, true);
}
