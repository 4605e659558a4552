/** `chupiao diagnose` and `chupiao incidents`: why is there no receipt, and what happened before. */
import { Command } from "commander";
import type {
  DiagnosisView,
  EvidenceLineView,
  FamilyView,
  FindingView,
  IncidentRow,
  IncidentView,
  OpenSaleView,
} from "../core/diagnosis/view.ts";
import { figureText } from "../core/money/money.ts";
import { END_TEXTS, FIXER_TEXTS, VERDICT_TEXTS, WHY_TEXTS } from "../core/text/diagnosis.ts";
import { healthText } from "../core/text/health.ts";
import { durationText } from "../core/text/incident.ts";
import { fill, type Text } from "../core/text/text.ts";
import { clockText } from "../core/till/clock.ts";
import { get, type Target } from "./client.ts";
import { listLimit } from "./list-limit.ts";
import { addTarget, InputError, print } from "./output.ts";
import { below, beside } from "./words.ts";

interface DiagnoseOptions extends Target {
  readonly sale?: string;
  readonly watch?: boolean;
}

type Ended = NonNullable<IncidentView["ended"]>;

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
          below(fill(headLine, { at, how: headWord(first), title: first.title })),
          below(first.explain, "  "),
          below(fill(nextLine, { next: first.next_step, who: FIXER_TEXTS[first.fixer] }), "  "),
        ];
  return [...head, ...open.map(openWords), ...families.flatMap(familyWords)].join("\n");
}

const headLine: Text = { zh: "{at}  {how}：{title}", en: "{at}  {how}: {title}" };
const nextLine: Text = { zh: "现在：{next}  谁来做：{who}", en: "Now: {next}  By: {who}" };
const then: Text = { zh: "当时", en: "then" };

const headWord = ({ over, verdict }: FindingView): Text =>
  over === true ? then : VERDICT_TEXTS[verdict];

const openWords = ({ order_no: orderNo, sale_id: saleId, ...sale }: OpenSaleView): string =>
  `  未办完 open  ${orderNo ?? saleId}  ${figureText(sale.amount_fen)}\n${below(sale.advice, "    ")}`;

function familyWords(family: FamilyView): readonly string[] {
  const { name, verdict, findings, against, asking } = family;
  const isAsked = verdict === "not_known" && asking !== null;
  return [
    `[${beside(VERDICT_TEXTS[verdict])}] ${beside(name)}`,
    ...(isAsked ? [below(asking, "    ")] : []),
    ...findings.flatMap(findingWords),
    ...against.map((one) => evidenceWords(one, "    ")),
  ];
}

const findingWords = (finding: FindingView): readonly string[] => [
  `    ${beside(headWord(finding))}：${beside(finding.title)} (${finding.cause})`,
  ...finding.evidence.map((one) => evidenceWords(one, "      ")),
];

const evidenceWords = ({ at, source, text }: EvidenceLineView, margin: string): string =>
  below(fill(evidenceLine, { time: clockText(at), source, text }), margin);
const evidenceLine: Text = { zh: "{time} {source} {text}", en: "{time} {source}: {text}" };

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
    if (number.trim() === "") throw new InputError("bad_request", caseMissing);
    const path = `/api/incidents/${encodeURIComponent(number)}`;
    const incident = await get<IncidentView>(options, path);
    return print(options, incident, () => incidentWords(incident));
  }
  const path = `/api/incidents?limit=${listLimit(options.limit)}`;
  const page = await get<{ readonly data: readonly IncidentRow[] }>(options, path);
  print(options, page, () =>
    page.data.length === 0 ? "没有事件 (no incidents)" : page.data.map(rowWords).join("\n"),
  );
}

const caseMissing: Text = {
  zh: "没有执行：没有写是哪个事件。请写事件编号，例如 CP-1129-0007；不写就列出全部。",
  en: "Nothing was done: no incident is named. Write its case number, e.g. CP-1129-0007; with none, all are listed.",
};

function rowWords(row: IncidentRow): string {
  const { case_no: no, opened_at: at, title, ended, took_ms: tookMs } = row;
  const end = ended === null ? open : END_TEXTS[ended];
  const took = tookMs === null ? "" : `  ${Math.round(tookMs / 1_000)} s`;
  return `${no}  ${at}${took}\n${below(fill(rowLine, { title, end }), "  ")}`;
}

const open: Text = { zh: "处理中", en: "open" };
const rowLine: Text = { zh: "{title}：{end}", en: "{title}: {end}" };

function incidentWords(incident: IncidentView): string {
  const { case_no: no, opened_at: at, why, money, ended, guide, families } = incident;
  return [
    `${no}  ${at}`,
    below(WHY_TEXTS[why]),
    below(money),
    ...(ended === null ? [] : [below(endOf(ended, incident.sale_id))]),
    ...guide.map((one) => `  ${STEP_MARKS[one.state]} ${below(one.text, "    ").trimStart()}`),
    ...families.flatMap(familyWords),
  ].join("\n");
}

const endOf = ({ how, fixed_by: who, took_ms: ms }: Ended, saleId: string | null): Text =>
  fill(endLine, {
    how: END_TEXTS[how],
    who,
    took: fill(saleId === null ? healthText.tookTime : healthText.waitedTime, {
      took: durationText(ms),
    }),
  });
const endLine: Text = {
  zh: "结束：{how}，{who}，{took}",
  en: "Ended: {how}, {who}, {took}",
};

const STEP_MARKS = { done: "✓", tried: "×", now: "▶", later: "·" } as const;
