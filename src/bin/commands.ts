/** The small commands that ask a running box about a sale: query, refund, reprint, answer, sales. */
import { randomUUID } from "node:crypto";
import { Command } from "commander";
import { figureText, parseYuan } from "../core/money/money.ts";
import { REFUND_AMOUNT, type RefusalCode, REFUSALS } from "../core/rules/refusals.ts";
import { sheetText } from "../core/text/sheets.ts";
import type { Text } from "../core/text/text.ts";
import { jobStates } from "../core/printing/states.ts";
import type {
  EventView,
  JobView,
  RefundAnswer,
  RefundView,
  SaleSummary,
  SaleView,
} from "../core/till/view.ts";
import { foldedTimers } from "../core/till/history.ts";
import { answerCommand } from "./answer.ts";
import { ApiError, get, post, type Target } from "./client.ts";
import { dayCommand } from "./day.ts";
import { operatorCommand } from "./operator.ts";
import { addTarget, InputError, print } from "./output.ts";
import { afterOrder, copyText, paperOrdered, patiently, waitMsOf } from "./patience.ts";
import { exitOf, sellResult } from "./sell.ts";

const path = (number: string, rest = ""): string =>
  `/api/sales/${encodeURIComponent(number)}${rest}`;

export function saleCommands(): readonly Command[] {
  return [
    queryCommand(),
    refundCommand(),
    reprintCommand(),
    answerCommand(),
    salesCommand(),
    dayCommand(),
    operatorCommand(),
  ];
}

function queryCommand(): Command {
  const command = new Command("query")
    .description("查单：向支付渠道查询这笔的结果 (ask the provider how this order stands)")
    .argument("<number>", "订单号、小票号、渠道交易号或交易编号 (any number of the sale)");
  return addTarget(command).action(async (number: string, target: Target) => {
    const sale = await post<SaleView>(target, path(number, "/query"));
    const settled = await get<SaleView>(target, path(sale.sale_id, "?wait_ms=6000"));
    print(
      target,
      sellResult(settled),
      () =>
        `${settled.advice.zh}\n订单号 ${settled.attempt?.order_no ?? "—"}  金额 ${figureText(settled.amount_fen)}${settled.refunded_fen > 0 ? `  已退 ${figureText(settled.refunded_fen)}` : ""}`,
    );
    process.exitCode = exitOf(settled);
  });
}

interface RefundOptions extends Target {
  readonly amount?: string;
  readonly extra?: boolean;
  readonly reason?: string;
  readonly request?: string;
  readonly wait: string;
}

function refundCommand(): Command {
  const command = new Command("refund")
    .description("退款，全部或部分 (refund all or part)")
    .argument("<number>", "订单号、小票号、渠道交易号或交易编号")
    .option("--amount <yuan>", "退多少，元；不写就退全部余额 (default: all that is left)")
    .option("--extra", "退回多到账的一笔，整笔退 (return the extra payment, whole)")
    .option("--reason <text>", "原因，顾客看得到；不写就是“顾客退货” (reason, seen by the buyer)")
    .option("--request <key>", "同一个 key 只退一次 (the same key refunds once)")
    .option("--wait <seconds>", "最多等多少秒 (how long to wait)", "30")
    .addHelpText(
      "after",
      "\n退出码 exit: 0 已退 done; 2 被拒绝 refused; 4 结果未知，请勿重复退款 unknown, don't repeat it; 1 其他 anything else",
    );
  return addTarget(command).action(askRefund);
}

async function askRefund(number: string, options: RefundOptions): Promise<void> {
  const amount = options.amount === undefined ? null : parseYuan(options.amount);
  if (typeof amount === "string") {
    const code = REFUND_AMOUNT[amount];
    throw new InputError(code, REFUSALS[code].text);
  }
  const isExtra = options.extra === true;
  const body = {
    reason: options.reason ?? (isExtra ? sheetText.extraReason.zh : "顾客退货"),
    of: isExtra ? "extra" : "sale",
    ...(amount === null ? {} : { amount_fen: amount }),
  };
  const endsAtMs = performance.now() + waitMsOf(options.wait);
  const key = options.request ?? randomUUID();
  const lost = lostRefund(number, key);
  const asked = await patiently(endsAtMs, lost, () =>
    post<RefundAnswer>(options, path(number, "/refunds"), body, key),
  ).catch(asRefused);
  const sale = await refundEnd(options, asked, endsAtMs, lost);
  const refund = refundIn(sale, asked.refund_request_no);
  print(
    options,
    { sale_id: sale.sale_id, refund: refund ?? null, refundable_fen: sale.refundable_fen },
    () => {
      const how = `${figureText(refund?.amount_fen ?? 0)}：${STATE[refund?.state ?? "unknown"]}`;
      return isExtra
        ? `退回多到账的一笔 ${how}`
        : `退款 ${how}${sale.refund_open_fen > 0 ? "" : `，还可退 ${figureText(sale.refundable_fen)}`}`;
    },
  );
  process.exitCode = { done: 0, refused: 2, requested: 4, sending: 4, unknown: 4 }[
    refund?.state ?? "unknown"
  ];
}

const lostRefund = (number: string, key: string): Text => ({
  zh: `钱可能已经退了，请勿重复退款。收银程序断开了；重新启动后用“chupiao sales ${number}”查看，或带上 --request ${key} 再退一次，只会退一次。`,
  en: `The money may have gone back: don't refund again. The box went away; once it is back, look with "chupiao sales ${number}", or refund with --request ${key}, which refunds only once.`,
});

/** Rules that refuse a refund of this sale: the same exit code as a refusal of the provider. */
const refundRules: ReadonlySet<string> = new Set<RefusalCode>([
  "sale_is_not_paid",
  "sale_paid_otherwise",
  "sale_never_charged",
  "payment_taken_back",
  "sale_was_reversed",
  "sale_fully_refunded",
  "refund_in_progress",
  "extra_payment_first",
  "no_extra_payment",
  "refund_exceeds_what_is_left",
]);

function asRefused(error: unknown): never {
  if (error instanceof ApiError && refundRules.has(error.problem.code)) throw error.exitingWith(2);
  throw error;
}

/** Nobody knows yet, and the same command again would be another refund. */
const open =
  "处理中，可能已经退了，不要再退；结果用 chupiao sales 查看 (under way, it may have gone back; don't repeat it)";

const STATE: Readonly<Record<string, string>> = {
  done: "已退",
  refused: "被拒绝",
  requested: open,
  sending: open,
  unknown: open,
};

/** A repeat tells of the refund that its key made, not of a later one. */
const refundIn = (sale: SaleView, requestNo: string): RefundView | undefined =>
  sale.refunds.find((one) => one.request_no === requestNo);

/** Waits for the refund's own end; what isn't known then goes on by itself. */
async function refundEnd(
  target: Target,
  asked: RefundAnswer,
  endsAtMs: number,
  lost: Text,
): Promise<SaleView> {
  let sale: SaleView = asked;
  const isOpen = (): boolean =>
    !["done", "refused"].includes(refundIn(sale, asked.refund_request_no)?.state ?? "unknown");
  while (isOpen() && performance.now() < endsAtMs) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    sale = await patiently(endsAtMs, lost, () => get<SaleView>(target, path(asked.sale_id)), true);
  }
  return sale;
}

/** The paper that was asked for, before whatever else is to be said of the sale. */
function paperWords(job: JobView | null): string {
  if (job === null) return "";
  const paper = job.copy === 0 ? "小票" : `补打 第 ${job.copy} 次`;
  const { name } = jobStates[job.state];
  return job.cause === null
    ? `${paper}：${name.zh} (${name.en})`
    : `${paper}：${job.cause.title.zh}。${job.cause.cashier.zh}`;
}

function reprintCommand(): Command {
  const command = new Command("reprint")
    .description("补打小票，带标记 (print a marked copy)")
    .argument("<number>", "小票号、订单号或交易编号");
  return addTarget(command).action(async (number: string, target: Target) => {
    const asked = await post<SaleView>(target, path(number, "/reprint"));
    const sale = await afterOrder(paperOrdered(copyText, `chupiao sales ${number}`), () =>
      get<SaleView>(target, path(asked.sale_id, "?wait_ms=20000")),
    );
    print(
      target,
      sellResult(sale),
      () =>
        `${paperWords(sale.receipt?.job ?? null)}\n小票号 ${sale.receipt?.number ?? "—"}\n${sale.advice.zh}`,
    );
    process.exitCode = exitOf(sale);
  });
}

function salesCommand(): Command {
  const command = new Command("sales")
    .description("交易列表，或一笔的全部历史 (list of sales, or one with its whole history)")
    .argument("[number]", "订单号、小票号、渠道交易号或交易编号")
    .option("--limit <n>", "列多少笔 (how many)", "20");
  return addTarget(command).action(
    async (number: string | undefined, options: Target & { limit: string }) => {
      if (number === undefined) {
        if (!/^(?:[1-9]\d?|100)$/.test(options.limit))
          throw new InputError("bad_request", {
            zh: `--limit ${options.limit} 不对，请写 1 到 100。`,
            en: `--limit ${options.limit} is wrong; use 1 to 100.`,
          });
        const list = await get<{ data: readonly SaleSummary[] }>(
          options,
          `/api/sales?limit=${encodeURIComponent(options.limit)}`,
        );
        return print(
          options,
          list,
          () => list.data.map(row).join("\n") || "还没有交易 (no sales yet)",
        );
      }
      const sale = await get<SaleView>(options, path(number));
      const events = await get<{ data: readonly EventView[] }>(
        options,
        path(sale.sale_id, "/events"),
      );
      print(options, { ...sale, events: events.data }, () =>
        [
          sale.advice.zh,
          ...foldedTimers(events.data).map(
            (one) => `${one.at}  ${one.where === "hub" ? "中心" : "收银台"}  ${one.text.zh}`,
          ),
        ].join("\n"),
      );
    },
  );
}

const refundOf = (sale: SaleSummary): string =>
  [
    sale.refunded_fen > 0 ? `已退 ${figureText(sale.refunded_fen)}` : "",
    sale.refund_open_fen > 0 ? `退款中 ${figureText(sale.refund_open_fen)}` : "",
  ]
    .filter((one) => one !== "")
    .join(" ");

const row = (sale: SaleSummary): string =>
  [
    sale.created_at,
    figureText(sale.amount_fen).padStart(12),
    (sale.outcome ?? "—").padEnd(9),
    refundOf(sale).padEnd(12),
    (sale.receipt_void ? "void" : (sale.job ?? "—")).padEnd(10),
    sale.receipt_number ?? "—",
    sale.order_no ?? "—",
    sale.sale_id,
  ].join("  ");
