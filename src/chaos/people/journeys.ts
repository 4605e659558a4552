/** What happens at a counter: a table of customers and cashiers, each with its weight. */
import type { SaleView } from "../../core/till/view.ts";
import { pause } from "../shop/calls.ts";
import type { Cashier } from "./cashier.ts";
import type { Button } from "./till.ts";

interface Journey {
  readonly name: string;
  readonly weight: number;
  readonly run: (she: Cashier) => Promise<void>;
}

/** Wallets that are refused for what they are; charged again with another one they pay. */
const refusedWallets = ["zhou", "su"] as const;
const isKnown = (sale: SaleView): boolean => sale.outcome !== null && sale.outcome !== "unknown";
const isSettled = (sale: SaleView): boolean =>
  isKnown(sale) && (sale.outcome !== "paid" || sale.receipt?.job?.state === "confirmed");
const hasQr = ({ attempt }: SaleView): boolean => (attempt?.qr_code ?? null) !== null;
const shortlyMs = 1_500;
const longMs = 6_000;

async function sell(she: Cashier, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const body = { amount_fen: she.amountFen(), code: await she.code(), ...more };
  return (await she.insist((key) => she.till.sell(body, key))).sale_id;
}

/** Two presses at once, with the same key as a page sends it. */
async function pressTwice(she: Cashier): Promise<void> {
  const body = { amount_fen: she.amountFen(), code: await she.code() };
  const press = (key: string) => she.till.sell(body, key);
  const sales = await she.insist((key) => Promise.all([press(key), press(key)]));
  await she.follow(sales[0].sale_id, isSettled, longMs);
}

async function stop(
  she: Cashier,
  button: Extract<Button, "reverse" | "abandon" | "pay-otherwise">,
): Promise<void> {
  const saleId = await sell(she);
  await pause(she.chance.between(0, 400));
  await she.insist((key) => she.till.press(saleId, button, {}, key));
  await she.follow(saleId, isSettled, shortlyMs);
}

async function giveBack(she: Cashier): Promise<void> {
  const saleId = await sell(she);
  const paid = await she.follow(saleId, (sale) => sale.outcome === "paid", longMs);
  if (paid === null) return;
  const isPart = paid.amount_fen > 1 && she.chance.percent(50);
  const body = isPart ? { amount_fen: she.chance.between(1, paid.amount_fen - 1) } : {};
  await she.insist((key) => she.till.press(saleId, "refunds", body, key));
  await she.follow(saleId, (sale) => sale.refunds.every((one) => one.state === "done"), longMs);
}

async function chargeAgain(she: Cashier): Promise<void> {
  const amountFen = she.chance.between(1, 20_000);
  const { sale_id: saleId } = await she.insist((key) =>
    she.till.open({ amount_fen: amountFen }, key),
  );
  for (const wallet of [she.chance.pick(refusedWallets), "lin"]) {
    const code = await she.code(wallet);
    await she.insist((key) => she.till.press(saleId, "attempts", { code }, key));
    const known = await she.follow(saleId, isKnown, longMs);
    if (known === null || known.outcome === "paid") break;
  }
  await she.follow(saleId, isSettled, shortlyMs);
}

async function showQr(she: Cashier): Promise<void> {
  const saleId = await sell(she, { method: "qr", code: undefined });
  const shown = await she.follow(saleId, hasQr, shortlyMs);
  const target = shown?.attempt?.qr_code ?? null;
  if (target === null || she.chance.percent(30)) return;
  await pause(she.chance.between(0, 500));
  await she.shop.control("POST", "/control/scan", { target, wallet: "lin" });
  await she.follow(saleId, isSettled, longMs);
}

async function takeElectronic(she: Cashier): Promise<void> {
  const saleId = await sell(she, { accept_e_receipt: she.chance.percent(50) });
  const paid = await she.follow(saleId, (sale) => sale.receipt !== null, longMs);
  const url = paid?.receipt?.url ?? null;
  // Some leave without having opened it: its paper waits, by name, for somebody's word at closing time.
  if (url === null || she.chance.percent(20)) return;
  await she.insist(() => she.shop.ask("POST", `${new URL(url).pathname}/opened`));
  await she.follow(saleId, isSettled, shortlyMs);
}

export const JOURNEYS: readonly Journey[] = [
  {
    name: "pays, and takes the receipt",
    weight: 30,
    run: async (she) => void (await she.follow(await sell(she), isSettled, longMs)),
  },
  { name: "is left to itself", weight: 12, run: async (she) => void (await sell(she)) },
  { name: "is pressed twice", weight: 8, run: pressTwice },
  { name: "is stopped", weight: 6, run: (she) => stop(she, "reverse") },
  { name: "is given up", weight: 5, run: (she) => stop(she, "abandon") },
  { name: "pays in cash meanwhile", weight: 5, run: (she) => stop(she, "pay-otherwise") },
  { name: "is charged again", weight: 8, run: chargeAgain },
  { name: "brings it back", weight: 10, run: giveBack },
  { name: "scans the QR", weight: 6, run: showQr },
  { name: "takes the electronic receipt", weight: 5, run: takeElectronic },
  {
    name: "wants a copy",
    weight: 5,
    run: async (she) => {
      const saleId = await sell(she);
      const settled = await she.follow(saleId, isSettled, longMs);
      if (settled?.outcome === "paid") await she.till.press(saleId, "reprint");
    },
  },
];
