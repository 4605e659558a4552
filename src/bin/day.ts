/** `chupiao day`: the business day, and its close. */
import { Command } from "commander";
import { figureText } from "../core/money/money.ts";
import type { DayView } from "../core/till/view.ts";
import { ApiError, get, post, type Target } from "./client.ts";
import { addTarget, InputError, print } from "./output.ts";

export function dayCommand(): Command {
  const command = new Command("day")
    .description("营业日：查看或日结 (the business day: look or close)")
    .argument("[close]", "close: 日结")
    .option("--cash <yuan>", "清点的现金 (counted cash)")
    .option("--slips <n>", "清点的小票张数 (counted slips)")
    .option("--empty", "没有交易也日结 (close a day without sales too)")
    .option("--carry-over", "把未结的单转入下一日 (carry open sales over by name)");
  return addTarget(command).action(
    async (
      close: string | undefined,
      options: Target & { cash?: string; slips?: string; carryOver?: boolean; empty?: boolean },
    ) => {
      if (close !== undefined && close !== "close")
        throw new InputError("bad_request", {
          zh: "只能写 day 或 day close。",
          en: "Only `day` or `day close`.",
        });
      const slips = slipsOf(options.slips);
      const body = {
        carry_over: options.carryOver ?? false,
        refuse_empty: options.empty !== true,
        ...(options.cash === undefined ? {} : { counted_cash: options.cash }),
        ...(slips === null ? {} : { counted_slips: slips }),
      };
      const day =
        close === undefined
          ? await get<DayView>(options, "/api/day")
          : await post<DayView>(options, "/api/day/close", body).catch((error: unknown) =>
              refusedClose(options, error),
            );
      print(options, day, () => dayWords(day).join("\n"));
    },
  );
}

/** Whoever typed it is to know which sales stand in the way. */
async function refusedClose(target: Target, error: unknown): Promise<never> {
  if (target.json !== true && error instanceof ApiError && error.problem.code === openSales)
    console.error(openWords(await get<DayView>(target, "/api/day")).join("\n"));
  throw error;
}

const openSales = "day_has_open_sales";

const openWords = ({ open_sales: open }: DayView): readonly string[] =>
  open.map(
    (one) => `未结 ${figureText(one.amount_fen)}  ${one.order_no ?? one.sale_id}  ${one.why.zh}`,
  );

function slipsOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InputError("bad_request", {
    zh: `没有日结：--slips ${text} 不是张数，请写整数，例如 84。`,
    en: `Nothing was closed: --slips ${text} is no number of slips; write a whole one, e.g. 84.`,
  });
}

function dayWords(day: DayView): readonly string[] {
  const { paid, refunded, rolled_back: rolledBack, counted } = day;
  const back = refunded.amount_fen - rolledBack.amount_fen;
  return [
    `${day.business_day}${day.close_no === null ? "（未日结）" : ` 日结第 ${day.close_no} 号`}`,
    `收款 ${paid.count} 笔 ${figureText(paid.amount_fen)}，退款 ${refunded.count - rolledBack.count} 笔 ${figureText(back)}${rolledBack.count === 0 ? "" : `，渠道撤回 ${rolledBack.count} 笔 ${figureText(rolledBack.amount_fen)}`}，净 ${figureText(day.net_fen)}`,
    `未收成 ${day.unpaid_count} 笔，未结 ${day.open_sales.length} 笔`,
    ...openWords(day),
    ...(counted?.cash_fen === null || counted === null
      ? []
      : [
          `清点现金 ${figureText(counted.cash_fen)}，应有 ${figureText(day.paid_otherwise.amount_fen)}，差额 ${figureText(counted.cash_difference_fen ?? 0)}`,
        ]),
    ...(counted?.slips === null || counted === null ? [] : [`清点小票 ${counted.slips} 张`]),
  ];
}
