/** `chupiao printer`: what the box knows of its printer, and a test print that the printer itself confirms. */
import { Command } from "commander";
import type { PrinterView } from "../ports/till.ts";
import { get, post, type Target } from "./client.ts";
import { printedJob } from "./answer.ts";
import { addTarget, print } from "./output.ts";
import { afterOrder, paperOrdered } from "./patience.ts";
import { printerState, testPage } from "./printer-words.ts";
import { beside } from "./words.ts";

export function printerCommand(): Command {
  const command = new Command("printer").description(
    "打印机：状态与测试打印 (printer: state and test print)",
  );
  command.addCommand(
    addTarget(new Command("status").description("现在的状态 (its state now)")).action(status),
  );
  command.addCommand(
    addTarget(
      new Command("test").description(
        "打一张测试页，等打印机确认 (a test page, confirmed by the printer)",
      ),
    ).action(test),
  );
  const probe = new Command("probe")
    .description("配对：问打印机会什么并记住 (pairing: asks what the printer can do)")
    .option(
      "--may-print-stray",
      "同意陌生机型可能打出几个杂字，以便问全 (an unknown printer may print stray characters)",
    );
  command.addCommand(addTarget(probe).action(pair));
  return command;
}

async function pair(options: Target & { readonly mayPrintStray?: boolean }): Promise<void> {
  const body = { may_print_stray: options.mayPrintStray ?? false };
  const printer = await post<PrinterView>(options, "/api/printer/probe", body);
  print(options, printer, () => `${nameOf(printer)}\n${abilities(printer)}`);
}

function abilities({ profile }: PrinterView): string {
  const all: readonly (readonly [string, boolean])[] = [
    ["出票确认号 process id GS ( H", profile.processId],
    ["实时状态 real-time status DLE EOT", profile.realtimeStatus],
    ["自动状态 automatic status GS a", profile.automaticStatus],
    ["顺序状态 in-order status GS r", profile.inOrderStatus],
    ["切刀计数 cut counter GS g 2", profile.cutCounter],
    ["清缓冲 buffer clear DLE DC4 8", profile.bufferClear],
  ];
  return all.map(([name, has]) => `${has ? "✓" : "—"} ${name}`).join("\n");
}

async function status(target: Target): Promise<void> {
  const printer = await get<PrinterView>(target, "/api/printer");
  print(target, printer, () => words(printer));
  process.exitCode = printerState(printer).fine ? 0 : 3;
}

const testOrdered = paperOrdered({ zh: "测试页", en: "The test page" }, "chupiao printer status");

async function test(target: Target): Promise<void> {
  const { job_id: jobId } = await post<{ readonly job_id: string }>(target, "/api/printer/test");
  const { job, printer } = await afterOrder(testOrdered, async () => {
    const { job } = await printedJob(target, jobId);
    return { job, printer: await get<PrinterView>(target, "/api/printer") };
  });
  const { fine: confirmed, words: outcome } = testPage(job);
  print(target, { job_id: jobId, confirmed, job, printer }, () =>
    job.state === "doubtful" ? `${outcome}\n${toAnswer(jobId)}` : outcome,
  );
  process.exitCode = confirmed ? 0 : 3;
}

function nameOf({ address, profile }: PrinterView): string {
  const { maker, model, paperMm, columns } = profile;
  return `打印机 printer ${address ?? "未设置 not set"}  ${maker ?? ""} ${model ?? ""} ${paperMm} mm，${columns} 列 columns`;
}

/** Each with what to type about it. */
function doubts({ in_doubt: papers }: PrinterView): readonly string[] {
  if (papers.length === 0) return [];
  return [
    `是否打出待确认 ${papers.length} 张：看一下有没有票，再回答 (look for the paper, then answer)`,
    ...papers.map(({ job, name }) => `  ${beside(name)}  ${toAnswer(job.id)}`),
  ];
}

const toAnswer = (jobId: string): string => `chupiao answer ${jobId} printed|missing`;

function words(printer: PrinterView): string {
  return [
    nameOf(printer),
    `状态 state：${printerState(printer).words}`,
    `等待打印 waiting：${printer.waiting.length}`,
    ...doubts(printer),
  ].join("\n");
}
