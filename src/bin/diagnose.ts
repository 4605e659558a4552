/** `chupiao diagnose` and `chupiao incidents`: why is there no receipt, and what happened before. */
import { Command } from "commander";
import type {
  DiagnosisView,
  FamilyView,
  FindingView,
  IncidentRow,
  IncidentView,
  OpenSaleView,
} from "../core/diagnosis/view.ts";
import { figureText } from "../core/money/money.ts";
import { END_TEXTS, FIXER_TEXTS, VERDICT_TEXTS, WHY_TEXTS } from "../core/text/diagnosis.ts";
import { get, type Target } from "./client.ts";
import { addTarget, print } from "./output.ts";

interface DiagnoseOptions extends Target {
  readonly sale?: string;
  readonly watch?: boolean;
}

const watchMs = 1_000;

export function diagnoseCommand(): Command {
  const command = new Command("diagnose")
    .description(
      "为什么没有出票：九类原因各有结论和证据 (why there is no receipt: all nine families, each with its evidence)",
    )
    .option("--sale <number>", "交易号、订单号或小票号 (any number of the sale)")
    .option("--watch", "一直看着，有变化就再输出 (print again whenever it changes)")
    .addHelpText(
      "after",
      "\n退出码 exit: 0 没有发现问题，也没有未办完的交易 nothing found, no sale open; 2 有确认或怀疑的原因，或有未办完的交易 something confirmed or suspected, or a sale is open; 1 其他 anything else",
    );
  return addTarget(command).action(run);
}

async function run(options: DiagnoseOptions): Promise<void> {
  const path =
    options.sale === undefined
      ? "/api/diagnosis"
      : `/api/diagnosis?sale=${encodeURIComponent(options.sale)}`;
  let shown = "";
  for (;;) {
    const view = await get<DiagnosisView>(options, path);
    const face = JSON.stringify({ ...view, at: "" });
    if (face !== shown) print(options, view, () => diagnosisWords(view));
    shown = face;
    const others = options.sale === undefined ? view.open_sales.length : 0;
    process.exitCode = view.first === null && others === 0 ? 0 : 2;
    if (options.watch !== true) return;
    await new Promise((resolve) => setTimeout(resolve, watchMs));
  }
}

/** The fault first; else what is still open says itself what it waits for. */
export function diagnosisWords({ first, families, at, open_sales: open }: DiagnosisView): string {
  const count = open.length;
  const head =
    first === null
      ? [
          count === 0
            ? `${at}  没有发现问题 nothing found`
            : `${at}  没有发现故障，但有 ${count} 笔还没有办完 no fault found, but ${count} open`,
        ]
      : [
          `${at}  ${headWord(first)}：${first.title.zh}（${first.title.en}）`,
          `  ${first.explain.zh}`,
          `  现在：${first.next_step.zh}  谁来做：${FIXER_TEXTS[first.fixer].zh}`,
        ];
  return [...head, ...open.map(openWords), ...families.flatMap(familyWords)].join("\n");
}

const headWord = ({ over, verdict }: FindingView): string =>
  over === true ? "当时 then" : VERDICT_TEXTS[verdict].zh;

const openWords = ({ order_no: orderNo, sale_id: saleId, ...sale }: OpenSaleView): string =>
  `  未办完 open  ${orderNo ?? saleId}  ${figureText(sale.amount_fen)}  ${sale.advice.zh}`;

function familyWords(family: FamilyView): readonly string[] {
  const { name, verdict, findings, against, asking } = family;
  const said = verdict === "not_known" && asking !== null ? `：${asking.zh}` : "";
  return [
    `[${VERDICT_TEXTS[verdict].zh}] ${name.zh} ${name.en}${said}`,
    ...findings.flatMap(findingWords),
    ...against.map((one) => `    ${one.at.slice(11, 19)} ${one.source.zh} ${one.text.zh}`),
  ];
}

const findingWords = ({ verdict, title, cause, evidence }: FindingView): readonly string[] => [
  `    ${VERDICT_TEXTS[verdict].zh} ${title.zh} (${cause})`,
  ...evidence.map((one) => `      ${one.at.slice(11, 19)} ${one.source.zh} ${one.text.zh}`),
];

interface IncidentsOptions extends Target {
  readonly limit: string;
}

export function incidentsCommand(): Command {
  const command = new Command("incidents")
    .description("未出票事件的记录 (incidents, open and past)")
    .argument("[number]", "编号，例如 CP-1129-0007 (case number: show this one)")
    .option("--limit <count>", "最多几条 (how many)", "20");
  return addTarget(command).action(list);
}

async function list(number: string | undefined, options: IncidentsOptions): Promise<void> {
  if (number !== undefined) {
    const path = `/api/incidents/${encodeURIComponent(number)}`;
    const incident = await get<IncidentView>(options, path);
    return print(options, incident, () => incidentWords(incident));
  }
  const path = `/api/incidents?limit=${encodeURIComponent(options.limit)}`;
  const page = await get<{ readonly data: readonly IncidentRow[] }>(options, path);
  print(options, page, () =>
    page.data.length === 0 ? "没有事件 (no incidents)" : page.data.map(rowWords).join("\n"),
  );
}

function rowWords(row: IncidentRow): string {
  const end = row.ended === null ? "处理中 open" : END_TEXTS[row.ended].zh;
  const took = row.took_ms === null ? "" : `  ${Math.round(row.took_ms / 1_000)} 秒`;
  return `${row.case_no}  ${row.opened_at}  ${row.title.zh}  ${end}${took}`;
}

function incidentWords(incident: IncidentView): string {
  const { case_no: caseNo, opened_at: openedAt, why, money, ended, guide, families } = incident;
  const steps = guide.map((one) => `  ${STEP_MARKS[one.state]} ${one.text.zh}`);
  const end =
    ended === null
      ? []
      : [
          `结束：${END_TEXTS[ended.how].zh}，${ended.fixed_by.zh}，${Math.round(ended.took_ms / 1_000)} 秒`,
        ];
  return [
    `${caseNo}  ${openedAt}  ${WHY_TEXTS[why].zh}`,
    money.zh,
    ...end,
    ...steps,
    ...families.flatMap(familyWords),
  ].join("\n");
}

const STEP_MARKS = { done: "✓", tried: "×", now: "▶", later: "·" } as const;
