/** Which incident belongs to the sale on the screen, and reading that of any sale. */
import type { IncidentRow, IncidentView } from "../../../core/diagnosis/view.ts";
import { get } from "../../box/box.ts";

/** The first of them that is about this sale. */
export const incidentIn = (
  known: readonly (IncidentView | null)[],
  saleId: string | null,
): IncidentView | null =>
  known.find((one) => one !== null && saleId !== null && one.sale_id === saleId) ?? null;

/** The newest incident of a sale, or null where there is none. */
export async function incidentOfSale(saleId: string): Promise<IncidentView | null> {
  const query = new URLSearchParams({ sale: saleId, limit: "1" });
  const rows = await get<{ data: readonly IncidentRow[] }>(`/api/incidents?${query}`);
  const row = rows.ok ? rows.value.data.find(({ sale_id }) => sale_id === saleId) : undefined;
  if (row === undefined) return null;
  const answer = await get<IncidentView>(`/api/incidents/${encodeURIComponent(row.id)}`);
  return answer.ok ? answer.value : null;
}
