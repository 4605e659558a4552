/** `chupiao terminal`: a till of a chain, whose hub is another process. */
import { existsSync } from "node:fs";
import { Command } from "commander";
import { z } from "zod";
import { createLog } from "../adapters/log/log.ts";
import { openJournal } from "../adapters/store/sqlite/journal.ts";
import { callControl } from "./control.ts";
import { chainWords } from "./hub.ts";
import { InputError, print } from "./output.ts";
import { defaultData } from "./data-folder.ts";
import { folderOf } from "./folder.ts";
import { homeOf, openLink, terminalControl } from "./terminal-home.ts";
import { journalPath } from "./terminal-part.ts";
import { startTerminal, type TerminalStartOptions } from "./terminal-process.ts";

interface TerminalTarget {
  readonly data: string;
  readonly hub?: string;
  readonly json?: boolean;
}

const addTo = (command: Command): Command =>
  command
    .option("--data <folder>", "收银机的数据目录 (data folder)", `${defaultData}/terminal`)
    .option("--hub <address>", "中心的地址 (the hub's address)")
    .option("--json", "输出一个 JSON 对象 (print one JSON object)");

export function terminalCommand(): Command {
  const command = new Command("terminal").description(
    "收银机：连到一个中心的收银台 (a till whose hub is elsewhere)",
  );
  command.addCommand(startCommand().exitOverride(), { isDefault: true });
  for (const one of [statusCommand(), verifyCommand()]) command.addCommand(one.exitOverride());
  return command;
}

function startCommand(): Command {
  return addTo(new Command("start"))
    .description("启动收银台；第一次带上 --hub 和 --enrol (start; the first time with both)")
    .option("--enrol <code>", "中心给的登记码 (the one-time code from chupiao hub enrol)")
    .option("--hub-ca <file>", "签发中心证书的机构，PEM (authority of the hub's certificate)")
    .option(
      "--insecure-lan",
      "允许在可信的局域网里明文连接 (allow plain http on a network that you trust)",
    )
    .option("--port <number>", "端口，0 为任意空闲端口 (0: a free one)", "7080")
    .option("--host <address>", "监听地址 (address to listen on)", "127.0.0.1")
    .option("--log-level <level>", "debug|info|warn|error", "warn")
    .action((options: TerminalStartOptions) => startTerminal(options));
}

const runningShape = z.object({ url: z.string(), pid: z.number(), away: z.string().nullable() });

function statusCommand(): Command {
  return addTo(new Command("status"))
    .description("收银机的状态，并问一次中心 (how the till is; asks the hub once)")
    .action(async (options: TerminalTarget) => {
      const data = folderOf(options.data);
      const answer = await callControl(terminalControl(data), "status");
      const running = answer === null ? null : runningShape.parse(answer.value);
      const hub = await askHubOnce(data, options);
      const status = {
        running: running !== null,
        url: running?.url ?? null,
        pid: running?.pid ?? null,
        ...hub,
      };
      print(options, status, () =>
        [
          `收银机 ${hub.terminal_id}  ${running === null ? "没有运行 (not running)" : running.url}`,
          `中心 ${hub.hub_url}  ${hub.hub_reached ? "应答正常 (answers)" : `没有应答 (not reached): ${hub.hub_error}`}`,
        ].join("\n"),
      );
      if (running === null || !hub.hub_reached) process.exitCode = 1;
    });
}

function verifyCommand(): Command {
  return addTo(new Command("verify"))
    .description(
      "核对本机流水的哈希链，并核对中心的签名 (check the journal, and the hub's signature)",
    )
    .action(async (options: TerminalTarget) => {
      const data = folderOf(options.data);
      const broken = await brokenChain(data);
      const hub = await askHubOnce(data, options);
      const verdict = { whole: broken === null, broken, ...hub };
      print(options, verdict, () =>
        [
          chainWords(broken),
          hub.hub_reached
            ? "中心的签名与登记时相同 (the hub signs with the key of the enrolment)"
            : `中心没有应答，签名没有核对 (the hub wasn't reached): ${hub.hub_error}`,
        ].join("\n"),
      );
      if (broken !== null || !hub.hub_reached) process.exitCode = 1;
    });
}

interface HubSeen {
  readonly terminal_id: string;
  readonly hub_url: string;
  readonly hub_reached: boolean;
  readonly hub_error: string | null;
  readonly hub_version: string | null;
  readonly livemode: boolean | null;
  /** How far this computer's clock is ahead of the hub's, in ms. */
  readonly clock_ahead_ms: number | null;
}

/** One signed question: its answer proves both keys. */
async function askHubOnce(data: string, { hub }: TerminalTarget): Promise<HubSeen> {
  const home = await homeOf(data, {});
  const asked = hub === undefined ? home : { ...home, hub_url: hub };
  const link = openLink(data, asked, createLog("silent"), false);
  const known = { terminal_id: home.terminal_id, hub_url: asked.hub_url };
  try {
    const { version, livemode } = await link.hello();
    const aheadMs = Date.now() - link.hubTimeMs();
    const seen = { hub_version: version, livemode, clock_ahead_ms: aheadMs };
    return { ...known, hub_reached: true, hub_error: null, ...seen };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const unseen = { hub_version: null, livemode: null, clock_ahead_ms: null };
    return { ...known, hub_reached: false, hub_error: words, ...unseen };
  } finally {
    link.close();
  }
}

const chainShape = z.object({ stream: z.string(), seq: z.number() }).nullable();

async function brokenChain(data: string): Promise<z.output<typeof chainShape>> {
  const answer = await callControl(terminalControl(data), "verify");
  if (answer !== null) return chainShape.parse(answer.value);
  if (!existsSync(journalPath(data)))
    throw new InputError("no_terminal_here", {
      zh: `${data} 里没有收银机的流水。请用 --data 指出它的数据目录。`,
      en: `There is no terminal's journal in ${data}. Name its folder with --data.`,
    });
  const journal = openJournal(journalPath(data));
  try {
    return journal.brokenChain();
  } finally {
    await journal.close();
  }
}
