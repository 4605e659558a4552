/** What people at the counter do, and what they enter. */
import type { SaleView } from "../../../src/core/till/view.ts";
import type { Chance } from "../chance.ts";
import type { Fault } from "../fault.ts";
import { paysFrom } from "../fault.ts";
import type { Place } from "../place.ts";

const nothing = async (): Promise<void> => {};

const acts = (
  id: string,
  family: "operation" | "amount_or_input",
  act: (place: Place, chance: Chance) => Promise<string | null>,
): Fault => ({ id, family, slot: "input", inject: nothing, act });

const enters = (id: string, body: Readonly<Record<string, unknown>>): Fault =>
  acts(id, "amount_or_input", (place, chance) => place.sell({ amount: chance.amount(), ...body }));

/** The till page tells what it refused itself. */
const pressed = (act: string, family: "operation" | "amount_or_input"): Fault =>
  acts(`page_${act}`, family, async (place) => {
    await place.post("/api/acts", { act });
    return null;
  });

async function opens(place: Place, chance: Chance, code: string): Promise<string> {
  const sale = await place.box.ask<SaleView>("POST", "/api/sales", { amount: chance.amount() });
  await place.post(`/api/sales/${sale.sale_id}/attempts`, { code });
  return sale.sale_id;
}

/** The first customer's code is refused, and the cashier scans the very same again. */
async function scansTwice(place: Place, chance: Chance): Promise<string> {
  const code = await place.code("su");
  const saleId = await opens(place, chance, code);
  await place.box.until(saleId, (sale) => sale.outcome === "declined");
  await place.post(`/api/sales/${saleId}/attempts`, { code });
  return saleId;
}

async function chargesWhileOpen(place: Place, chance: Chance): Promise<string> {
  const saleId = await opens(place, chance, await place.code("zheng"));
  await place.box.until(saleId, (sale) => sale.attempt?.state === "awaiting_buyer");
  await place.post(`/api/sales/${saleId}/attempts`, { code: await place.code("lin") });
  return saleId;
}

async function stops(place: Place, chance: Chance): Promise<string> {
  const saleId = await opens(place, chance, await place.code("zheng"));
  await place.box.until(saleId, (sale) => sale.attempt?.state === "awaiting_buyer");
  await place.post(`/api/sales/${saleId}/reverse`);
  return saleId;
}

export const peopleFaults: readonly Fault[] = [
  {
    ...acts("code_scanned_twice", "operation", scansTwice),
    also: ["buyer_account"],
    firstMayBe: ["buyer_account"],
  },
  acts("charged_while_open", "operation", chargesWhileOpen),
  acts("stopped_by_the_cashier", "operation", stops),
  acts("buyer_does_not_confirm", "operation", paysFrom("zheng")),
  pressed("code_scanned_without_amount", "operation"),
  pressed("amount_left", "operation"),
  pressed("sale_left_half_way", "operation"),
  enters("code_of_another_wallet", { code: "134567890123456789" }),
  enters("code_of_a_product", { code: "6901234567892" }),
  enters("code_unreadable", { code: "28x" }),
  enters("code_unknown_to_alipay", { code: "289999999999999999" }),
  enters("amount_unreadable", { amount: "12,8o" }),
  pressed("code_is_product", "amount_or_input"),
];
