/** `chupiao answer`: a person's word for a paper of which nobody knows whether it came out. */
import { Command } from "commander";
import { REFUSALS } from "../core/rules/refusals.ts";
import { slipText } from "../core/text/sheets.ts";
import { fill, type Text } from "../core/text/text.ts";
import type { PaperView, SaleView } from "../core/till/view.ts";
import type { PrinterView } from "../ports/till.ts";
import { get, post, type Target } from "./client.ts";
import { addTarget, InputError, print } from "./output.ts";
import { afterOrder, copyText, paperOrdered } from "./patience.ts";
import { salePath } from "./sale-path.ts";
import { exitOf, sellResult } from "./sell.ts";
import { below } from "./words.ts";

export function answerCommand(): Command {
  const command = new Command("answer")
    .description("回答“票打出来了吗” (say whether a doubtful paper is out)")
    .argument(
      "<number>",
      "小票号、订单号或交易编号；不属于交易的票写它的名字（日结单、测试页、求助凭条，或 day、test、case）或打印任务编号 (any number of the sale; a paper of no sale by its name or its job)",
    )
    .argument("<printed|missing>", "printed 打出来了；missing 没有，补打一张")
    .addHelpText(
      "after",
      "\n不属于交易的票，退出码 exit code for a paper of no sale: 0 有了结论 settled; 3 补打的一张还没有确认 the copy isn't confirmed yet\n待确认的票 papers in doubt: chupiao printer status",
    );
  return addTarget(command).action(async (number: string, word: string, target: Target) => {
    if (word !== "printed" && word !== "missing")
      throw new InputError("bad_request", {
        zh: "请写 printed（打出来了）或 missing（没有）。",
        en: "Write printed or missing.",
      });
    const path = salePath(number);
    const paper = await paperNamed(target, number);
    if (paper !== null) return answerPaper(target, paper, word === "printed");
    const sale = await get<SaleView>(target, path);
    const job = [...(sale.receipt?.jobs ?? []), ...sale.slips].find(
      (one) => one.state === "doubtful",
    );
    if (job === undefined)
      throw new InputError("paper_not_doubtful", REFUSALS.paper_not_doubtful.text);
    await answerOfSale(target, job.id, sale.sale_id, word === "printed");
  });
}

/** A paper in doubt by its job, or one of no sale by its name. Null: it must be a number of a sale. */
async function paperNamed(target: Target, name: string): Promise<PaperView | null> {
  const { in_doubt: papers } = await get<PrinterView>(target, "/api/printer");
  const byJob = papers.find(({ job }) => job.id === name);
  if (byJob !== undefined) return byJob;
  const named = papers
    .filter(({ sale_id }) => sale_id === null)
    .filter((one) => isCalled(one, name));
  if (named.length > 1) throw new InputError("paper_not_clear", notClear(named));
  if (named.length === 0 && isName(name))
    throw new InputError("paper_not_doubtful", REFUSALS.paper_not_doubtful.text);
  return named[0] ?? null;
}

const looseSlips = ["day", "case", "test"] as const;

/** The name of a kind of paper, which no sale has for a number. */
const isName = (text: string): boolean =>
  looseSlips.some((slip) => [slip, slipText[slip].zh, slipText[slip].en].includes(text));

function isCalled({ job, name }: PaperView, text: string): boolean {
  const names = [job.slip, slipText[job.slip].zh, slipText[job.slip].en, name.zh, name.en];
  return names.includes(text) || name.zh.split(" ").includes(text);
}

function notClear(papers: readonly PaperView[]): { readonly zh: string; readonly en: string } {
  const rows = papers.map(({ job, name }) => `\n  ${job.id}  ${name.zh}`).join("");
  return {
    zh: `这样的票有 ${papers.length} 张，请写打印任务编号：${rows}`,
    en: `There are ${papers.length} such papers; name one by its job:${rows}`,
  };
}

/** What stands once the answer was taken: "missing" orders a copy. */
const afterAnswer = (printed: boolean, look: string): Text =>
  printed
    ? {
        zh: `回答已记下，票算已出，但收银程序断开了。重新启动后用“${look}”看结果。`,
        en: `Your answer was noted: the paper counts as out. Then the box went away; once it is back, look with "${look}".`,
      }
    : paperOrdered(copyText, look);

async function answerOfSale(
  target: Target,
  jobId: string,
  saleId: string,
  printed: boolean,
): Promise<void> {
  await post(target, `/api/jobs/${jobId}/answer`, { printed });
  const now = (): Promise<SaleView> => get<SaleView>(target, salePath(saleId, "?wait_ms=20000"));
  const after = await afterOrder(afterAnswer(printed, `chupiao sales ${saleId}`), now);
  print(target, sellResult(after), () => below(after.advice));
  process.exitCode = exitOf(after);
}

async function answerPaper(target: Target, paper: PaperView, printed: boolean): Promise<void> {
  const { job, sale_id: saleId, name } = paper;
  if (saleId !== null) return answerOfSale(target, job.id, saleId, printed);
  await post(target, `/api/jobs/${job.id}/answer`, { printed });
  const { after, copy } = await afterOrder(
    afterAnswer(printed, "chupiao printer status"),
    async () => {
      const after = await jobNow(target, job.id);
      const by = after.replaced_by;
      return { after, copy: by === null ? null : await printedJob(target, by) };
    },
  );
  const isSettled = copy === null || copy.job.state === "confirmed";
  print(target, { paper: after, copy }, () => below(answered(name, copy, isSettled)));
  process.exitCode = isSettled ? 0 : 3;
}

function answered(name: Text, copy: PaperView | null, isSettled: boolean): Text {
  if (copy === null) return fill(noted, { name });
  const { copy: count, state, cause } = copy.job;
  if (isSettled) return fill(copied, { name, count });
  const none = { zh: state, en: state };
  return fill(copyOpen, {
    name,
    count,
    why: cause?.title ?? none,
    todo: cause?.cashier ?? { zh: "", en: "" },
  });
}

const noted: Text = { zh: "{name}：已记下，票已出。", en: "{name}: noted, the paper is out." };
const copied: Text = {
  zh: "{name}：补打第 {count} 次，已由打印机确认。",
  en: "{name}: copy {count}, confirmed by the printer.",
};
const copyOpen: Text = {
  zh: "{name}：补打第 {count} 次，还没有确认：{why}\n{todo}",
  en: "{name}: copy {count}, not confirmed yet: {why}\n{todo}",
};

const jobNow = (target: Target, jobId: string): Promise<PaperView> =>
  get<PaperView>(target, `/api/jobs/${encodeURIComponent(jobId)}`);

const printPatienceMs = 20_000;

/** Waits until the printer has dealt with it: for sure, in doubt or called off. */
export async function printedJob(target: Target, jobId: string): Promise<PaperView> {
  const endsAtMs = performance.now() + printPatienceMs;
  let paper = await jobNow(target, jobId);
  while (isUnderWay(paper) && performance.now() < endsAtMs) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    paper = await jobNow(target, jobId);
  }
  return paper;
}

const isUnderWay = ({ job }: PaperView): boolean =>
  job.state === "queued" || job.state === "held" || job.state === "sending";
