/** The lines of the slip that a closed day leaves in the folder. */
import { figureText } from "../../core/money/money.ts";
import { dayClockText } from "../../core/till/clock.ts";
import type { DayView } from "../../core/till/view.ts";

export function dayLines(day: DayView): readonly (readonly [label: string, value: string])[] {
  const counted = day.counted;
  return [
    ...(day.closed_at === null
      ? []
      : [
          ["营业起止", `${dayClockText(day.opened_at)} 至 ${dayClockText(day.closed_at)}`] as const,
        ]),
    ...earlierLines(day),
    ["收款笔数", String(day.paid.count)],
    ["收款金额", figureText(day.paid.amount_fen)],
    ["退款笔数", String(day.refunded.count - day.rolled_back.count)],
    ["退款金额", figureText(day.refunded.amount_fen - day.rolled_back.amount_fen)],
    ...(day.rolled_back.count === 0
      ? []
      : [
          [
            "渠道撤回",
            `${day.rolled_back.count} 笔 ${figureText(day.rolled_back.amount_fen)}`,
          ] as const,
        ]),
    ["净收款", figureText(day.net_fen)],
    ...day.by_method.map(
      (one) =>
        [
          one.method === "code" ? "付款码" : "收款二维码",
          `${one.count} 笔 ${figureText(one.amount_fen)}`,
        ] as const,
    ),
    ...day.by_operator.map(
      (one) =>
        [`操作员 ${one.no} ${one.name}`, `${one.count} 笔 ${figureText(one.amount_fen)}`] as const,
    ),
    ["其他方式收款", `${day.paid_otherwise.count} 笔 ${figureText(day.paid_otherwise.amount_fen)}`],
    ...(counted === null || counted.cash_fen === null
      ? []
      : [
          ["清点现金", figureText(counted.cash_fen)] as const,
          ["现金差额", figureText(counted.cash_difference_fen ?? 0)] as const,
        ]),
    ...(counted === null || counted.slips === null
      ? []
      : [["清点小票", `${counted.slips} 张`] as const]),
    ...(day.unopened_count === 0 ? [] : [["电子小票未打开", `${day.unopened_count} 笔`] as const]),
    ["转入下一日的未结单", String(day.open_sales.length)],
    ...day.open_sales.map(
      (one) => [`  ${one.order_no ?? one.sale_id}`, figureText(one.amount_fen)] as const,
    ),
  ];
}

/** Whoever reads the sum is to know why it is larger than this day's. */
function earlierLines({
  earlier_days: days,
}: DayView): readonly (readonly [label: string, value: string])[] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const net = days.reduce((sum, one) => sum + one.net_fen, 0);
  const count = days.reduce((sum, one) => sum + one.count, 0);
  return [
    ["并入未日结的营业日", `${days.length} 日 ${count} 笔 ${figureText(net)}`],
    ["  日期", first.date === last.date ? first.date : `${first.date} 至 ${last.date}`],
  ];
}
