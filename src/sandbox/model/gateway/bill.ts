/** A day's bill as two texts, column by column as real files have them (A8 of the protocol). */
import { fen, yuanText } from "../../../core/money/money.ts";
import type { Book } from "./book.ts";
import { chinaDay, chinaTime, nextChinaDay } from "../../../core/rules/time.ts";
import type { Settings } from "./settings.ts";
import type { Trade } from "./trades.ts";

export interface BillFile {
  readonly name: string;
  readonly text: string;
}

/** One line of money: a trade as it was paid, or one refund of it (negative amounts). */
export interface BillRow {
  readonly trade: Trade;
  readonly kind: "交易" | "退款";
  readonly amountFen: number;
  readonly feeFen: number;
  readonly requestNo: string;
  readonly atMs: number;
}

const DETAIL_COLUMNS =
  "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";
const SUMMARY_COLUMNS =
  "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）";

/** Red packet, points, both discounts, voucher and its name, merchant red packet (a text column), card. */
const NO_DISCOUNTS = ["0.00", "0.00", "0.00", "0.00", "0.00", "", "0.00\t", "0.00"];

/** HALF_UP to the fen, in whole numbers. */
const feeOf = (amountFen: number, settings: Settings): number =>
  Math.floor((amountFen * settings.feePer10000 + 5000) / 10_000);

/** All money of one day (yyyy-MM-dd), in order of time. */
export function billRows(book: Book, day: string): readonly BillRow[] {
  const rows: BillRow[] = [];
  const { settings } = book;
  for (const trade of book.trades.values()) {
    if (trade.paidAtMs === null) continue;
    const fee = (amountFen: number): number => settings.billFeeSign * feeOf(amountFen, settings);
    if (chinaDay(trade.paidAtMs) === day) {
      const amountFen = trade.totalFen;
      const feeFen = fee(amountFen);
      rows.push({ trade, kind: "交易", amountFen, feeFen, requestNo: "", atMs: trade.paidAtMs });
    }
    for (const one of trade.refunds.filter((refund) => chinaDay(refund.atMs) === day)) {
      const feeFen = -fee(one.amountFen);
      const { requestNo, atMs } = one;
      rows.push({ trade, kind: "退款", amountFen: 0 - one.amountFen, feeFen, requestNo, atMs });
    }
  }
  return rows.toSorted((a, b) => a.atMs - b.atMs);
}

const yuan = (amountFen: number): string => yuanText(fen(amountFen === 0 ? 0 : amountFen));
const sum = (rows: readonly BillRow[], value: (row: BillRow) => number): number =>
  rows.reduce((total, row) => total + value(row), 0);

/** A value in a file without quotes: separators and line ends would shift the columns. */
const cell = (text: string): string => text.replaceAll(",", "，").replaceAll(/[\t\r\n]/g, " ");

const dayText = (day: string): string => {
  const [year, month, date] = day.split("-");
  return `${year}年${month}月${date}日`;
};
const stamp = (ms: number): string => `${dayText(chinaDay(ms))} ${chinaTime(ms).slice(11)}`;

/** A TAB ends the text columns, so that spreadsheets keep long numbers as text. */
function detailLine(
  book: Book,
  { trade, kind, amountFen, feeFen, requestNo, atMs }: BillRow,
): string {
  const wallet = book.wallet(trade.walletId);
  return [
    `${trade.tradeNo}\t`,
    `${trade.outTradeNo}\t`,
    `${kind}\t`,
    cell(trade.subject),
    chinaTime(trade.createdAtMs),
    chinaTime(atMs),
    `${cell(trade.storeId)}\t`,
    `${trade.storeId === "" ? "" : book.settings.storeName}\t`,
    `${cell(trade.operatorId)}\t`,
    `${cell(trade.terminalId)}\t`,
    `*${wallet.name.slice(1)}(${wallet.logonId})\t`,
    yuan(amountFen),
    yuan(amountFen),
    ...NO_DISCOUNTS,
    `${cell(requestNo)}\t`,
    yuan(feeFen),
    "0.00",
    cell(trade.body ?? trade.subject),
  ].join(",");
}

function summaryLine(
  settings: Settings,
  name: string,
  store: string,
  rows: readonly BillRow[],
): string {
  const count = (kind: BillRow["kind"]): number => rows.filter((row) => row.kind === kind).length;
  const amountFen = sum(rows, (row) => row.amountFen);
  const feeFen = sum(rows, (row) => row.feeFen);
  return [
    `${name}\t`,
    `${store}\t`,
    count("交易"),
    count("退款"),
    yuan(amountFen),
    yuan(amountFen),
    "0.00",
    "0.00",
    "0.00",
    yuan(feeFen),
    "0.00",
    yuan(amountFen - settings.billFeeSign * feeFen),
  ].join(",");
}

function heading(title: string, account: string, day: string): readonly string[] {
  return [
    `#支付宝业务${title}查询`,
    `#账号：[${account}]`,
    `#起始日期：[${dayText(day)} 00:00:00]   终止日期：[${dayText(nextChinaDay(day))} 00:00:00]`,
  ];
}

/** The detail and the summary file of a day, with the names that they have in the zip. */
export function billFiles(book: Book, day: string, nowMs: number): readonly [BillFile, BillFile] {
  const rows = billRows(book, day);
  const account = `${book.settings.sellerId}0156`;
  const base = `${account}_${day.replaceAll("-", "")}`;
  const of = (kind: BillRow["kind"]): readonly BillRow[] => rows.filter((row) => row.kind === kind);
  const amount = (row: BillRow): number => row.amountFen;
  const detail = [
    ...heading("明细", account, day),
    "#-----------------------------------------业务明细列表----------------------------------------",
    DETAIL_COLUMNS,
    ...rows.map((row) => detailLine(book, row)),
    "#-----------------------------------------业务明细列表结束------------------------------------",
    `#交易合计：${of("交易").length}笔，商家实收共${yuan(sum(of("交易"), amount))}元，商家优惠共0.00元`,
    `#退款合计：${of("退款").length}笔，商家实收退款共${yuan(sum(of("退款"), amount))}元，商家优惠退款共0.00元`,
    `#导出时间：[${stamp(nowMs)}]`,
  ];
  const stores = [...new Set(rows.map((row) => row.trade.storeId))];
  const summary = [
    ...heading("汇总", account, day),
    "#-----------------------------------------业务汇总列表----------------------------------------",
    SUMMARY_COLUMNS,
    ...stores.map((store) =>
      summaryLine(
        book.settings,
        cell(store),
        store === "" ? "" : book.settings.storeName,
        rows.filter((row) => row.trade.storeId === store),
      ),
    ),
    summaryLine(book.settings, "合计", "", rows),
    "#----------------------------------------业务汇总列表结束-------------------------------------",
    `#导出时间：[${stamp(nowMs)}]`,
  ];
  const end = book.settings.billLineEnd;
  const text = (lines: readonly string[]): string => lines.map((line) => line + end).join("");
  return [
    { name: `${base}_业务明细.csv`, text: text(detail) },
    { name: `${base}_业务明细(汇总).csv`, text: text(summary) },
  ];
}
