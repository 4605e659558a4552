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

interface Provoking {
  readonly amount_fen: number;
  readonly methods: readonly string[];
}

/** An amount at which every query or reversal is refused for ever has no end: nothing is put right there. */
const beginnings = new Set(["alipay.trade.pay", "alipay.trade.precreate"]);
const onlyBegins = ({ methods }: Provoking): boolean => methods.every((one) => beginnings.has(one));

export async function hire(shop: Shop, count: number, chance: Chance): Promise<Staff> {
  const till = new Till(shop);
  const tray = new Tray(shop);
  await till.view();
  const path = "/control/amounts";
  const { amounts } = await shop.control<{ amounts: readonly Provoking[] }>("GET", path);
  const provoking = amounts.filter(onlyBegins).map((one) => one.amount_fen);
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
