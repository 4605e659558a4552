/** `chupiao sandbox printer …`: every fault of the printer, from the command line. */
import { writeFileSync } from "node:fs";
import { Argument, Command } from "commander";
import type { PrinterState, StateChange } from "../../sandbox/servers/printer/state.ts";
import { print } from "../output.ts";
import { numberOf } from "./number.ts";
import { addTarget, reach, targetOf, type SandboxTarget } from "./target.ts";

/** A command is a name, at most one argument, and what it posts to the printer's `state`. */
interface FaultCommand {
  readonly name: string;
  readonly help: string;
  /** The words that the argument may be, and what each sets. */
  readonly words?: Readonly<Record<string, StateChange>>;
  /** A number instead, with its unit. */
  readonly number?: { readonly unit: string; readonly change: (value: number) => StateChange };
  readonly change?: StateChange;
}

const FAULTS: readonly FaultCommand[] = [
  { name: "paper-out", help: "缺纸", change: { paper: "out" } },
  { name: "paper-low", help: "纸将尽", change: { paper: "near_end" } },
  { name: "paper-load", help: "装纸", change: { paper: "ok" } },
  {
    name: "paper-left",
    help: "只剩这么长的纸，打到头就缺纸",
    number: { unit: "mm", change: (paper_left_mm) => ({ paper_left_mm }) },
  },
  {
    name: "cover",
    help: "开盖或合盖",
    words: { open: { cover: "open" }, close: { cover: "closed" } },
  },
  { name: "power", help: "断电或上电", words: { off: { power: "off" }, on: { power: "on" } } },
  { name: "jam", help: "切刀卡住", change: { cutter: "jammed" } },
  { name: "clear-jam", help: "排除卡刀", change: { cutter: "ok" } },
  { name: "overheat", help: "打印头过热", change: { head: "hot" } },
  { name: "cool", help: "打印头降温", change: { head: "ok" } },
  {
    name: "mechanism",
    help: "机芯：正常、可恢复故障、不可恢复故障",
    words: {
      ok: { mechanism: "ok" },
      error: { mechanism: "error" },
      broken: { mechanism: "broken" },
    },
  },
  {
    name: "drawer",
    help: "打开或关上钱箱",
    words: { open: { drawer: "open" }, close: { drawer: "closed" } },
  },
  {
    name: "speed",
    help: "打印速度，0 为不费时",
    number: { unit: "mm-per-s", change: (speed_mm_per_s) => ({ speed_mm_per_s }) },
  },
  { name: "slow", help: "慢速（10 毫米/秒）", change: { speed_mm_per_s: 10 } },
  { name: "mute", help: "只打印，不回应", change: { mute: true } },
  { name: "unmute", help: "恢复回应", change: { mute: false } },
  {
    name: "garbage",
    help: "每次打完发一行乱码",
    words: { on: { garbage: "JOB DONE 0001\r\n" }, off: { garbage: null } },
  },
  {
    name: "wrong-ids",
    help: "出票编号回错",
    words: { on: { wrong_ids: true }, off: { wrong_ids: false } },
  },
  { name: "refuse", help: "拒绝连接", change: { refuse: true } },
  { name: "accept", help: "接受连接", change: { refuse: false } },
  {
    name: "second",
    help: "第二个连接：排队、拒绝、挂起",
    words: {
      queue: { second_connection: "queue" },
      refuse: { second_connection: "refuse" },
      hang: { second_connection: "hang" },
    },
  },
  {
    name: "power-loss",
    help: "自己断电：下次打印前，或打完、回应前",
    words: {
      "before-print": { power_loss: "before_print" },
      "before-answer": { power_loss: "before_answer" },
      never: { power_loss: null },
    },
  },
  {
    name: "power-loss-after",
    help: "打完这么多行就断电",
    number: { unit: "lines", change: (after_lines) => ({ power_loss: { after_lines } }) },
  },
];

const ACTIONS: readonly (readonly [name: string, action: string, help: string])[] = [
  ["feed", "feed", "走纸"],
  ["tear", "tear", "撕下还没切的纸"],
  ["reset", "reset_connection", "重置连接"],
  ["clear", "clear_papers", "清空纸槽"],
];

/** The state in one line, what is wrong first. */
function stateLine(state: PrinterState): string {
  const wrong = [
    state.power === "off" && "断电",
    state.refuse && "拒绝连接",
    state.cover === "open" && "机盖打开",
    state.paper === "out" && "缺纸",
    state.paper === "near_end" && "纸将尽",
    state.cutter_error ? "切刀出错" : state.cutter === "jammed" && "切刀卡住（下次切纸时报告）",
    state.head === "hot" && "打印头过热",
    state.mechanism !== "ok" && "机芯故障",
    state.waiting_for_feed && "等待按 FEED",
    state.mute && "不回应",
    state.garbage !== null && "打完发乱码",
    state.wrong_ids && "编号回错",
    state.power_loss !== null && "将自己断电",
  ].filter((word) => word !== false);
  const connections = `${state.connections} 个连接`;
  const buffered = state.buffered_bytes > 0 ? ` · 缓冲区 ${state.buffered_bytes} 字节` : "";
  return `打印机 ${state.address}（${state.profile}）：${wrong.join("、") || "正常"} · ${connections} · 纸槽 ${state.papers} 张${buffered}`;
}

async function tell(target: SandboxTarget, reply: Response): Promise<void> {
  const state = (await reply.json()) as PrinterState;
  print(target, state, () => stateLine(state));
}

const named = (name: string, help: string): Command =>
  addTarget(new Command(name).description(help));

function faultCommand({ name, help, words, number, change }: FaultCommand): Command {
  const command = named(name, help);
  const post = async (body: StateChange): Promise<void> => {
    const target = targetOf(command);
    await tell(target, await reach(target, "POST", "/printer/state", body));
  };
  if (words)
    return command
      .addArgument(new Argument("<what>").choices(Object.keys(words)))
      .action((word: string) => post(words[word] ?? {}));
  if (number)
    return command
      .addArgument(new Argument(`<${number.unit}>`).argParser(numberOf))
      .action((value: number) => post(number.change(value)));
  return command.action(() => post(change ?? {}));
}

interface PapersOptions extends SandboxTarget {
  readonly last?: boolean;
  readonly png?: string;
}

interface ListedPaper {
  readonly n: number;
  readonly ended_at: string;
  readonly text: string;
}

const paperWords = (paper: ListedPaper): string =>
  `—— 第 ${paper.n} 张 · ${paper.ended_at} ——\n${paper.text}\n`;

/** Lists the tray, or shows the last paper; a picture goes into a file. */
async function papers(options: PapersOptions): Promise<void> {
  const { png, last } = options;
  if (png !== undefined) {
    const picture = await reach(options, "GET", "/printer/papers/last.png");
    writeFileSync(png, Buffer.from(await picture.arrayBuffer()));
    return print(options, { png }, () => png);
  }
  const reply = await reach(options, "GET", "/printer/papers");
  const list = (await reply.json()) as { readonly papers: readonly ListedPaper[] };
  const shown = last ? list.papers.slice(-1) : list.papers;
  print(options, last ? (shown[0] ?? null) : { papers: shown }, () =>
    shown.length === 0 ? "纸槽是空的。" : shown.map(paperWords).join("\n"),
  );
}

/** `printer`, to be added to `chupiao sandbox`. */
export function printerCommand(): Command {
  const printer = new Command("printer").description("沙盒打印机：看状态，弄出故障，取打出的纸");
  printer.addCommand(
    named("state", "打印机状态").action(async (_own, command: Command) => {
      const target = targetOf(command);
      await tell(target, await reach(target, "GET", "/printer/state"));
    }),
  );
  for (const fault of FAULTS) printer.addCommand(faultCommand(fault));
  for (const [name, action, help] of ACTIONS)
    printer.addCommand(
      named(name, help).action(async (_own, command: Command) => {
        const target = targetOf(command);
        await tell(target, await reach(target, "POST", `/printer/actions/${action}`, {}));
      }),
    );
  printer.addCommand(
    named("papers", "打出的纸")
      .option("--last", "只要最后一张")
      .option("--png <file>", "最后一张存成图片")
      .action((_own, command: Command) => papers(targetOf(command))),
  );
  return printer;
}
