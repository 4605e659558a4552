/** The people of a shop: cashiers who all work at once, until they are sent home. */
import type { Chance } from "../chance.ts";
import type { Shop } from "../shop/shop.ts";
import { Cashier } from "./cashier.ts";
import { Till } from "./till.ts";
import { Tray } from "./tray.ts";

export interface Staff {
  readonly till: Till;
  readonly tray: Tray;
  /** Rejects as soon as one of them meets a mistake of ours. */
  readonly work: Promise<unknown>;
  goHome(): Promise<void>;
}

export async function hire(shop: Shop, count: number, chance: Chance): Promise<Staff> {
  const till = new Till(shop);
  const tray = new Tray(shop);
  await till.view();
  const path = "/control/amounts";
  const { amounts } = await shop.control<{ amounts: readonly { amount_fen: number }[] }>(
    "GET",
    path,
  );
  const provoking = amounts.map((one) => one.amount_fen);
  const cashiers = Array.from(
    { length: count },
    (_, n) => new Cashier({ shop, till, tray, chance: chance.fork(`cashier ${n}`), provoking }),
  );
  const work = Promise.all(cashiers.map((she) => she.work()));
  return {
    till,
    tray,
    work,
    async goHome() {
      for (const she of cashiers) she.goHome();
      await work;
    },
  };
}
