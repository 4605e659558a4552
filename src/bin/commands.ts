/** The small commands that ask a running box about a sale: query, refund, reprint, answer, sales. */
import { randomUUID } from "node:crypto";
import { Command } from "commander";
import { figureText, parseYuan } from "../core/money/money.ts";
import { REFUND_AMOUNT, type RefusalCode, REFUSALS } from "../core/rules/refusals.ts";
import { sheetText } from "../core/text/sheets.ts";
import { fill, type Text } from "../core/text/text.ts";
import { jobName } from "../core/printing/holds.ts";
import { tillText } from "../core/text/till.ts";
import type {
  EventView,
  JobView,
  RefundAnswer,
  RefundView,
  SaleSummary,
  SaleView,
} from "../core/till/view.ts";
import { whereText } from "../core/till/actors.ts";
import { foldedTimers } from "../core/till/history.ts";
import { answerCommand } from "./answer.ts";
import { ApiError, get, post, type Target } from "./client.ts";
import { dayCommand } from "./day.ts";
import { listLimit } from "./list-limit.ts";
import { operatorCommand } from "./operator.ts";
import { addTarget, InputError, print } from "./output.ts";
import { afterOrder, paperOrdered, paperText, patiently, waitMsOf } from "./patience.ts";
import { salePath } from "./sale-path.ts";
import { causeWords, orderLabel, receiptLabel, row } from "./sale-words.ts";
import { exitOf, sellResult } from "./sell.ts";
import { below, beside } from "./words.ts";

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
    const sale = await post<SaleView>(target, salePath(number, "/query"));
    const settled = await get<SaleView>(target, salePath(sale.sale_id, "?wait_ms=6000"));
    print(
      target,
      sellResult(settled),
      () =>
        `${below(settled.advice)}\n${row(
          orderLabel(settled.attempt?.order_no),
          `金额 amount ${figureText(settled.amount_fen)}`,
          refundedLabel(settled),
        )}`,
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
    post<RefundAnswer>(options, salePath(number, "/refunds"), body, key),
  ).catch(asRefused);
  const sale = await refundEnd(options, asked, endsAtMs, lost);
  const refund = refundIn(sale, asked.refund_request_no);
  print(
    options,
    { sale_id: sale.sale_id, refund: refund ?? null, refundable_fen: sale.refundable_fen },
    () => {
      const state = STATE[refund?.state ?? "unknown"];
      const amount = figureText(refund?.amount_fen ?? 0);
      const left = figureText(sale.refundable_fen);
      const isOpen = sale.refund_open_fen > 0;
      const said = isExtra ? extraSaid : isOpen ? openSaid : refundSaid;
      return [below(fill(said, { amount, state, left })), ...whyRefused(refund)].join("\n");
    },
  );
  process.exitCode = { done: 0, refused: 2, requested: 4, sending: 4, unknown: 4 }[
    refund?.state ?? "unknown"
  ];
}

/** A refusal is no end: it says why, and what has to be done before it is asked for again. */
function whyRefused(refund: RefundView | undefined): readonly string[] {
  if (refund?.state !== "refused") return [];
  const { cause } = refund;
  return cause === null
    ? [below(tillText.refundRefusedPlain)]
    : [causeWords(cause), below(cause.cashier)];
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

const refundSaid: Text = {
  zh: "退款 {amount}：{state}，还可退 {left}",
  en: "Refund of {amount}: {state}; {left} more can be refunded",
};
const openSaid: Text = { zh: "退款 {amount}：{state}", en: "Refund of {amount}: {state}" };
const extraSaid: Text = {
  zh: "退回多到账的一笔 {amount}：{state}",
  en: "Extra payment of {amount} returned: {state}",
};
/** Nobody knows yet, and the same command again would be another refund. */
const open: Text = {
  zh: "处理中，可能已经退了，不要再退；结果用 chupiao sales 查看",
  en: "under way, it may have gone back; don't repeat it, see chupiao sales for its result",
};
const STATE: Readonly<Record<RefundView["state"], Text>> = {
  done: { zh: "已退", en: "done" },
  refused: { zh: "被拒绝", en: "refused" },
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
    sale = await patiently(
      endsAtMs,
      lost,
      () => get<SaleView>(target, salePath(asked.sale_id)),
      true,
    );
  }
  return sale;
}

/** The paper that was asked for, before whatever else is to be said of the sale. */
function paperWords(job: JobView | null): readonly string[] {
  if (job === null) return [];
  const paper = paperText(job);
  if (job.cause === null) return [below(fill(paperIs, { paper, how: jobName(job) }))];
  return [below(fill(paperIs, { paper, how: job.cause.title })), below(job.cause.cashier)];
}

/** With the copy of this very request as its paper: others may have ordered one since. */
function withPaper(sale: SaleView, jobId: string | null): SaleView {
  const { receipt } = sale;
  const job = receipt?.jobs.find(({ id }) => id === jobId);
  return receipt === null || job === undefined ? sale : { ...sale, receipt: { ...receipt, job } };
}

const paperIs: Text = { zh: "{paper}：{how}", en: "{paper}: {how}" };

function reprintCommand(): Command {
  const command = new Command("reprint")
    .description("补打小票，带标记 (print a marked copy)")
    .argument("<number>", "小票号、订单号或交易编号");
  return addTarget(command).action(async (number: string, target: Target) => {
    const asked = await post<SaleView>(target, salePath(number, "/reprint"));
    const paper = paperText(asked.receipt?.job);
    const now = await afterOrder(paperOrdered(paper, `chupiao sales ${number}`), () =>
      get<SaleView>(target, salePath(asked.sale_id, "?wait_ms=20000")),
    );
    const sale = withPaper(now, asked.receipt?.job?.id ?? null);
    print(target, sellResult(sale), () =>
      [
        ...paperWords(sale.receipt?.job ?? null),
        receiptLabel(sale.receipt?.number),
        below(sale.advice),
      ].join("\n"),
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
        const list = await get<{ data: readonly SaleSummary[] }>(
          options,
          `/api/sales?limit=${listLimit(options.limit)}`,
        );
        return print(
          options,
          list,
          () => list.data.map(saleRow).join("\n") || "还没有交易 (no sales yet)",
        );
      }
      const sale = await get<SaleView>(options, salePath(number));
      const events = await get<{ data: readonly EventView[] }>(
        options,
        salePath(sale.sale_id, "/events"),
      );
      print(options, { ...sale, events: events.data }, () =>
        [
          below(sale.advice),
          ...foldedTimers(events.data).map(
            (one) => `${row(one.at, beside(whereText(one.where)))}\n${below(one.text, "  ")}`,
          ),
        ].join("\n"),
      );
    },
  );
}

const refundedLabel = ({ refunded_fen: backFen }: SaleSummary | SaleView): string | null =>
  backFen > 0 ? `已退 refunded ${figureText(backFen)}` : null;

const refundsLabel = (sale: SaleSummary): string =>
  [
    refundedLabel(sale),
    sale.refund_open_fen > 0 ? `退款中 under way ${figureText(sale.refund_open_fen)}` : null,
  ]
    .filter((one) => one !== null)
    .join(" ");

const saleRow = (sale: SaleSummary): string =>
  row(
    sale.created_at,
    figureText(sale.amount_fen).padStart(12),
    (sale.outcome ?? "—").padEnd(9),
    refundsLabel(sale).padEnd(21),
    (sale.receipt_void ? "void" : (sale.job ?? "—")).padEnd(10),
    sale.receipt_number ?? "—",
    sale.order_no ?? "—",
    sale.sale_id,
  );
