/** `chupiao day`: the business day, and its close. */
import { Command } from "commander";
import { figureText } from "../core/money/money.ts";
import { fill, type Text } from "../core/text/text.ts";
import type { DayRow, DaySlipAnswer, DayView } from "../core/till/view.ts";
import { ApiError, get, post, type Target } from "./client.ts";
import { dayWords, openWords } from "./day-words.ts";
import { listLimit } from "./list-limit.ts";
import { addTarget, InputError, print } from "./output.ts";
import { below } from "./words.ts";

interface Options extends Target {
  readonly cash?: string;
  readonly slips?: string;
  readonly carryOver?: boolean;
  readonly empty?: boolean;
  readonly no?: string;
  readonly print?: boolean;
  readonly limit?: string;
}

export function dayCommand(): Command {
  const command = new Command("day")
    .description("营业日：查看、日结、以前的日结 (the business day: look, close, earlier closes)")
    .argument("[close|list]", "close: 日结；list: 以前的日结 (earlier closes)")
    .option("--cash <yuan>", "清点的现金 (counted cash)")
    .option("--slips <n>", "清点的小票张数 (counted slips)")
    .option("--empty", "没有交易也日结 (close a day without sales too)")
    .option("--carry-over", "把未结的单转入下一日 (carry open sales over by name)")
    .option("--no <n>", "看第 n 号日结 (look at close number n)")
    .option("--print", "再打一张它的日结单，印明补打 (print its slip again, as a marked copy)")
    .option("--limit <n>", "列几次日结，最多 100 (how many closes, 100 at most)", "20");
  return addTarget(command).action(dayAction);
}

async function dayAction(what: string | undefined, options: Options): Promise<void> {
  const no = options.no === undefined ? null : wholeOf("--no", options.no);
  if (options.print === true && no === null) throw printWithoutNo;
  if (what === undefined) return no === null ? look(options) : lookBack(options, no);
  if (no !== null) throw noAlone;
  if (what === "close") return close(options);
  if (what === "list") return list(options);
  throw onlyThese;
}

async function look(options: Options): Promise<void> {
  const day = await get<DayView>(options, "/api/day");
  print(options, day, () => dayWords(day).join("\n"));
}

async function close(options: Options): Promise<void> {
  const slips = options.slips === undefined ? null : slipsOf(options.slips);
  const body = {
    carry_over: options.carryOver ?? false,
    refuse_empty: options.empty !== true,
    ...(options.cash === undefined ? {} : { counted_cash: options.cash }),
    ...(slips === null ? {} : { counted_slips: slips }),
  };
  const day = await post<DayView>(options, "/api/day/close", body).catch((error: unknown) =>
    refusedClose(options, error),
  );
  print(options, day, () => dayWords(day).join("\n"));
}

/** An earlier close as it was, and with --print its slip once more. */
async function lookBack(options: Options, no: number): Promise<void> {
  const day = await get<DayView>(options, `/api/days/${no}`);
  if (options.print !== true) return print(options, day, () => dayWords(day).join("\n"));
  const slip = await post<DaySlipAnswer>(options, `/api/days/${no}/print`);
  const { copy, job_id } = slip;
  print(options, { ...day, slip: { copy, job_id } }, () =>
    [...dayWords(day), below(fill(slipSent, { copy }))].join("\n"),
  );
}

async function list(options: Options): Promise<void> {
  const limit = listLimit(options.limit ?? "20");
  const page = await get<DayPage>(options, `/api/days?limit=${limit}`);
  print(options, page, () =>
    page.data.length === 0 ? below(noCloses) : page.data.map(rowWords).join("\n"),
  );
}

interface DayPage {
  readonly data: readonly DayRow[];
  readonly next_cursor: string | null;
}

const slipSent: Text = {
  zh: "日结单已送去打印：补打 第 {copy} 次",
  en: "Its slip is on its way to the printer: copy {copy}",
};
const noCloses: Text = { zh: "还没有日结过。", en: "No day has been closed yet." };
const rowLine: Text = {
  zh: "第 {no} 号  {date}  收款 {count} 笔，净 {net}  {at} 由 {by} 日结",
  en: "No. {no}  {date}  {count} paid, net {net}  closed {at} by {by}",
};

const rowWords = (row: DayRow): string =>
  below(
    fill(rowLine, {
      no: row.close_no,
      date: row.date,
      count: row.paid_count,
      net: figureText(row.net_fen),
      at: row.closed_at.slice(0, 16).replace("T", " "),
      by: row.closed_by,
    }),
  );

const refusedWords = (zh: string, en: string): InputError =>
  new InputError("bad_request", { zh, en });

const onlyThese = refusedWords(
  "只能写 day、day close 或 day list。",
  "Only `day`, `day close` or `day list`.",
);
const printWithoutNo = refusedWords(
  "没有打印：请用 --no 写明是第几号日结，例如 --no 12 --print。",
  "Nothing was printed: --no says which close, e.g. --no 12 --print.",
);
const noAlone = refusedWords(
  "没有执行：--no 只用来看以前的日结，写成 chupiao day --no 12。",
  "Nothing was done: --no is for looking at an earlier close: chupiao day --no 12.",
);

/** Whoever typed it is to know which sales stand in the way. */
async function refusedClose(target: Target, error: unknown): Promise<never> {
  if (!(error instanceof ApiError) || error.problem.code !== openSales) throw error;
  const day = await get<DayView>(target, "/api/day");
  if (target.json === true) throw error.telling({ open_sales: day.open_sales });
  console.error(openWords(day).join("\n"));
  throw error;
}

const openSales = "day_has_open_sales";

function slipsOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw refusedWords(
    `没有日结：--slips ${text} 不是张数，请写整数，例如 84。`,
    `Nothing was closed: --slips ${text} is no number of slips; write a whole one, e.g. 84.`,
  );
}

function wholeOf(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw refusedWords(
    `没有执行：${option} ${text} 不是号数，请写整数，例如 12。`,
    `Nothing was done: ${option} ${text} is no number; write a whole one, e.g. 12.`,
  );
}
