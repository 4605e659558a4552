/** `chupiao sell`: one sale from the command line, waited for until outcome and receipt are known. */
import { randomUUID } from "node:crypto";
import { Command } from "commander";
import { fen, parseYuan } from "../core/money/money.ts";
import { readPaymentCode } from "../core/payment/code-form.ts";
import { chargedFen } from "../core/receipt/items.ts";
import { REFUSALS } from "../core/rules/refusals.ts";
import { codeCause } from "../core/text/input-causes.ts";
import type { Text } from "../core/text/text.ts";
import type { SaleView } from "../core/till/view.ts";
import { ApiError, get, post, type Target } from "./client.ts";
import { showQr as drawCode } from "./drawn-qr.ts";
import { namingTheLimit } from "./limit.ts";
import { untilOpened } from "./opened.ts";
import { addTarget, InputError, print } from "./output.ts";
import { patiently, waitMsOf } from "./patience.ts";
import { saleWords } from "./sale-words.ts";

interface SellOptions extends Target {
  readonly amount?: string;
  readonly code?: string;
  readonly qr?: boolean;
  readonly item: readonly string[];
  readonly acceptEReceipt?: boolean;
  readonly wait: string;
}

/** 0 paid and a paper confirmed or the electronic receipt opened, 2 not paid, 3 paid and neither yet, 4 unknown, 5 stopped before the code was used. */
export function exitOf(sale: SaleView): number {
  if (sale.outcome === "paid") {
    const inHand =
      sale.receipt?.job?.state === "confirmed" ||
      (sale.receipt !== null && sale.receipt.opened_at !== null);
    return inHand ? 0 : 3;
  }
  if (sale.outcome === "unknown" || sale.outcome === null) return 4;
  return sale.attempt?.unpaid_end === "never_sent" ? 5 : 2;
}

/** The one object that scripts read. */
export function sellResult(sale: SaleView): Record<string, unknown> {
  const { attempt, receipt } = sale;
  return {
    sale_id: sale.sale_id,
    order_no: attempt?.order_no ?? null,
    outcome: sale.outcome ?? "unknown",
    amount_fen: sale.amount_fen,
    refunded_fen: sale.refunded_fen,
    provider_trade_no: attempt?.provider_trade_no ?? null,
    cause:
      sale.cause === null
        ? null
        : {
            family: sale.cause.family,
            code: sale.cause.code,
            title: sale.cause.title.zh,
            title_en: sale.cause.title.en,
          },
    advice: sale.advice.zh,
    advice_en: sale.advice.en,
    receipt:
      receipt === null
        ? null
        : {
            number: receipt.number,
            job: receipt.job?.state ?? null,
            proof: receipt.job?.proof ?? null,
            copy: receipt.job?.copy ?? 0,
            hold: receipt.job?.hold ?? null,
            url: receipt.url,
            opened_at: receipt.opened_at,
          },
    livemode: sale.livemode,
  };
}

export function sellCommand(): Command {
  const command = new Command("sell")
    .description(
      "收一笔款：出示付款码，等到结果和小票都有结论 (one sale, waited for until outcome and receipt are known)",
    )
    .option(
      "--amount <yuan>",
      "金额，元，例如 128.50；有商品时可不写 (amount in yuan; items may give it)",
    )
    .option("--code <payment code>", "顾客付款码 (the customer's payment code)")
    .option("--qr", "改为出示收款二维码 (show a QR instead of taking a code)")
    .option(
      "--item <名称*数量@单价>",
      "商品，可重复 (an item; may be repeated)",
      (one: string, all: readonly string[]) => [...all, one],
      [] as readonly string[],
    )
    .option(
      "--accept-e-receipt",
      "顾客同意用电子小票；等到顾客打开它 (the customer takes the electronic receipt; waits until it is opened)",
    )
    .option("--wait <seconds>", "最多等多少秒 (how long to wait)", "150")
    .addHelpText(
      "after",
      "\n退出码 exit: 0 已付，纸质小票已确认或电子小票已打开 paid, and the paper confirmed or the electronic receipt opened; 2 未收款 not paid; 3 已付，两样都还没有 paid, neither yet; 4 结果未知 unknown; 5 没有用到付款码 the code was not used; 1 其他 anything else",
    );
  return addTarget(command).action((options: SellOptions) => namingTheLimit(options, sell));
}

/** The gate and the disk refuse before anything is sent: the code was not used. */
const stoppedBefore: ReadonlySet<string> = new Set([
  "gate_network_down",
  "gate_provider_down",
  "printer_red_needs_e_receipt",
  "journal_full",
  "journal_unavailable",
  "ledger_unavailable",
]);

async function sell(options: SellOptions): Promise<void> {
  const body = bodyOf(options);
  const key = randomUUID();
  const endsAtMs = performance.now() + waitMsOf(options.wait);
  const sale = await sellPatiently(options, body, key, endsAtMs).catch((error: unknown) => {
    if (error instanceof ApiError && stoppedBefore.has(error.problem.code))
      throw error.exitingWith(5);
    throw error;
  });
  const sold = await untilOpened(options, sale, endsAtMs);
  print(options, sellResult(sold), () => saleWords(sold));
  process.exitCode = exitOf(sold);
}

/** A box that dies in between comes back: the same key finds the same sale, so a repeat charges nothing twice. */
async function sellPatiently(
  target: Target,
  body: Record<string, unknown>,
  key: string,
  endsAtMs: number,
): Promise<SaleView> {
  const lost = lostSale(key);
  // Asked for without waiting first: whatever breaks then, there is a sale to look for.
  let sale = await patiently(endsAtMs, lost, () => saleOfKey(target, body, key));
  const { sale_id: id } = sale;
  if (body["method"] === "qr") await patiently(endsAtMs, lost, () => showQr(target, id), true);
  while (exitOf(sale) === 4 || isPrinting(sale)) {
    const leftMs = Math.min(30_000, Math.round(endsAtMs - performance.now()));
    if (leftMs <= 0) return sale;
    const ask = (): Promise<SaleView> =>
      get<SaleView>(target, `/api/sales/${id}?wait_ms=${leftMs}`);
    sale = await patiently(endsAtMs, lost, ask, true);
  }
  return sale;
}

async function showQr(target: Target, saleId: string): Promise<void> {
  const look = (): Promise<SaleView> => get<SaleView>(target, `/api/sales/${saleId}`);
  let shown = await look();
  for (
    let tries = 0;
    shown.attempt?.qr_code === null && shown.outcome === "unknown" && tries < 40;
    tries += 1
  ) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    shown = await look();
  }
  const code = shown.attempt?.qr_code ?? null;
  if (code === null) return;
  await drawCode("请顾客扫码付款 (ask the customer to scan)", code);
}

/** Sending the very same request again gives the same sale, or makes it if it never arrived. */
async function saleOfKey(
  target: Target,
  body: Record<string, unknown>,
  key: string,
): Promise<SaleView> {
  return post<SaleView>(target, "/api/sell", { ...body, wait_ms: 0 }, key);
}

const isPrinting = (sale: SaleView): boolean => {
  const job = sale.receipt?.job;
  return (
    sale.outcome === "paid" &&
    (job?.state === "queued" || (job?.state === "sending" && job.hold === null))
  );
};

const lostSale = (key: string): Text => ({
  zh: `结果未知，请勿重复收款。收银程序断开了；重新启动后用“chupiao sales”查看这笔。${key}`,
  en: `Outcome unknown: don't charge again. The box went away; once it is back, look at the sale with "chupiao sales". ${key}`,
});

function bodyOf(options: SellOptions): Record<string, unknown> {
  const items = options.item.map(readItem);
  const given = options.amount === undefined ? null : parseYuan(options.amount);
  const priced = items.map((one) => ({ quantity: one.quantity, priceFen: fen(one.price_fen) }));
  const amount = typeof given === "string" ? given : chargedFen(given, priced);
  if (typeof amount === "string") throw new InputError(amount, REFUSALS[amount].text);
  if (options.qr === true && options.code !== undefined) {
    throw new InputError("bad_request", {
      zh: "没有扣款：--qr 和 --code 只能用一个。",
      en: "No money was taken: use either --qr or --code.",
    });
  }
  if (options.qr !== true) {
    const read = readPaymentCode(options.code ?? "");
    if (read.kind === "refused") {
      const { zh, en } = codeCause(read).cashier;
      throw new InputError(read.refusal, { zh, en });
    }
  }
  return {
    amount_fen: amount,
    items,
    accept_e_receipt: options.acceptEReceipt ?? false,
    ...(options.qr === true ? { method: "qr" } : { method: "code", code: options.code }),
  };
}

/** 名称*数量@单价, read from the right so that a name may hold any sign. */
export function readItem(text: string): {
  readonly name: string;
  readonly quantity: number;
  readonly price_fen: number;
} {
  const parts = /^(.+)\*(\d{1,9}(?:\.\d{1,3})?)@(\d+(?:\.\d{1,2})?)$/su.exec(text.trim());
  const [, name = "", quantity = "", price = ""] = parts ?? [];
  const priceFen = /^0+(\.0*)?$/.test(price) ? 0 : parseYuan(price);
  if (priceFen === "amount_too_large")
    throw new InputError(priceFen, REFUSALS.amount_too_large.text);
  if (parts === null || typeof priceFen === "string" || Number(quantity) === 0)
    throw new InputError("item_not_readable", REFUSALS.item_not_readable.text);
  return { name: name.trim(), quantity: Number(quantity), price_fen: priceFen };
}
