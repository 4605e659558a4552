/** `chupiao hub`: one hub for many terminals. */
import { Command } from "commander";
import { askHub } from "./hub-desk.ts";
import { type HubStartOptions, startHub } from "./hub-process.ts";
import { InputError, print } from "./output.ts";
import { defaultData } from "./data-folder.ts";
import { folderOf } from "./folder.ts";
import { terminalIdForm } from "../core/link/enrolment.ts";

interface HubTarget {
  readonly data: string;
  readonly json?: boolean;
}

interface EnrolOptions extends HubTarget {
  readonly terminal: string;
  readonly store?: string;
  readonly storeName?: string;
  readonly storeAddress?: string;
  readonly storePhone?: string;
}

const addTo = (command: Command): Command =>
  command
    .option("--data <folder>", "中心的数据目录 (the hub's data folder)", `${defaultData}/hub`)
    .option("--json", "输出一个 JSON 对象 (print one JSON object)");

export function hubCommand(): Command {
  const command = new Command("hub").description(
    "中心：一家连锁的账本、支付密钥和电子小票，供多台收银机使用 (one hub for many terminals)",
  );
  for (const one of [startCommand(), enrolCommand(), terminalsCommand(), revokeCommand()])
    command.addCommand(one.exitOverride());
  for (const one of [statusCommand(), verifyCommand()]) command.addCommand(one.exitOverride());
  return command;
}

function startCommand(): Command {
  return addTo(new Command("start"))
    .description("启动中心 (start the hub)")
    .option("--port <number>", "端口，0 为任意空闲端口 (0: a free one)", "7090")
    .option("--host <address>", "监听地址 (address to listen on)", "127.0.0.1")
    .option("--tls-cert <file>", "证书链，PEM (certificate chain)")
    .option("--tls-key <file>", "证书的私钥，PEM (its private key)")
    .option(
      "--insecure-lan",
      "允许在可信的局域网里明文监听 (allow plain http on a network that you trust)",
    )
    .option(
      "--public-url <address>",
      "顾客手机打开电子小票的地址 (where customers' phones reach this hub)",
    )
    .option(
      "--alipay-config <file>",
      "支付宝配置文件 (real Alipay settings; also CHUPIAO_ALIPAY_CONFIG)",
    )
    .option("--log-level <level>", "debug|info|warn|error", "warn")
    .action((options: HubStartOptions) => startHub(options));
}

function enrolCommand(): Command {
  return addTo(new Command("enrol"))
    .description("给一台收银机一个登记码，十分钟内用一次 (a one-time code for a terminal)")
    .requiredOption("--terminal <id>", "收银机编号，例如 T02 (the terminal's number)")
    .option("--store <id>", "门店编号，默认是中心自己的 (its store; default the hub's own)")
    .option("--store-name <name>", "门店名称 (the store's name)")
    .option("--store-address <text>", "门店地址 (its address)")
    .option("--store-phone <text>", "门店电话 (its phone)")
    .action(async (options: EnrolOptions) => {
      const { data, json: _json, ...ask } = options;
      if (!terminalIdForm.test(ask.terminal))
        throw new InputError("bad_request", {
          zh: "收银机编号请用 1 到 8 个字母或数字，例如 T02。",
          en: "A terminal's number is 1 to 8 letters or digits, e.g. T02.",
        });
      const offer = await askHub(folderOf(data), "enrol", ask);
      print(options, offer, () =>
        [
          `登记码 code   ${offer.code}`,
          `收银机 ${offer.terminal_id}，${offer.expires_at} 前用一次 (once, for this terminal, until then)`,
          `在那台机器上运行 run there:  npx chupiao terminal --hub <中心地址> --enrol ${offer.code}`,
        ].join("\n"),
      );
    });
}

function terminalsCommand(): Command {
  return addTo(new Command("terminals"))
    .description("已登记的收银机 (the terminals that are enrolled)")
    .action(async (options: HubTarget) => {
      const list = await askHub(folderOf(options.data), "terminals");
      print(
        options,
        list,
        () =>
          list.data
            .map((one) =>
              [
                one.terminal_id.padEnd(9),
                one.store_id.padEnd(9),
                one.revoked_at === null ? "有效 active" : `已停用 revoked ${one.revoked_at}`,
                one.last_heard_at === null ? "" : `最近 heard ${one.last_heard_at}`,
                one.key_id.slice(0, 8),
              ].join("  "),
            )
            .join("\n") || "还没有收银机 (no terminals yet)",
      );
    });
}

function revokeCommand(): Command {
  return addTo(new Command("revoke"))
    .description("停用一台收银机的密钥 (a terminal's key counts no more)")
    .requiredOption("--terminal <id>", "收银机编号 (the terminal's number)")
    .action(async (options: HubTarget & { readonly terminal: string }) => {
      const { terminal } = options;
      const done = await askHub(folderOf(options.data), "revoke", { terminal });
      print(options, done, () =>
        done.revoked
          ? `${terminal} 已停用。它没有结论的收款由中心继续处理。(Revoked; the hub goes on with its open attempts.)`
          : `没有有效的收银机 ${terminal} (no active terminal of this number)`,
      );
      if (!done.revoked) process.exitCode = 1;
    });
}

function statusCommand(): Command {
  return addTo(new Command("status"))
    .description("中心的状态 (how the hub is)")
    .action(async (options: HubTarget) => {
      const status = await askHub(folderOf(options.data), "status");
      print(options, status, () =>
        [
          status.running ? `运行中 running  ${status.url}` : "没有运行 (not running)",
          `收银机 terminals  ${status.terminals}（启动后有过联系 heard since the start: ${status.terminals_heard}）`,
          ...(status.livemode === false ? ["演示 · 非真实交易 (sandbox)"] : []),
        ].join("\n"),
      );
      if (!status.running) process.exitCode = 1;
    });
}

function verifyCommand(): Command {
  return addTo(new Command("verify"))
    .description("核对账本的哈希链：改过或少了的记录会显出来 (check the ledger's hash chains)")
    .action(async (options: HubTarget) => {
      const verdict = await askHub(folderOf(options.data), "verify");
      print(options, verdict, () => chainWords(verdict.broken));
      if (!verdict.whole) process.exitCode = 1;
    });
}

export const chainWords = (
  broken: { readonly stream: string; readonly seq: number } | null,
): string =>
  broken === null
    ? "哈希链完整 (the hash chains are whole)"
    : `哈希链在 ${broken.stream} 第 ${broken.seq} 条断了：有记录被改过或删过 (broken at this event: something was edited or removed)`;
