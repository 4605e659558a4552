/** `chupiao start`: the one box. Prints where everything is, and ends cleanly within five seconds of SIGTERM. */
import { Command } from "commander";
import { ribbonText } from "../core/till/ribbon.ts";
import type { Log } from "../ports/log.ts";
import { type Box, startBox } from "./box.ts";
import type { BoxConfig } from "./config.ts";
import { defaultData } from "./data-folder.ts";
import { openOutside } from "./outside.ts";
import { watchOf } from "./probes.ts";
import { freshCode, oursToEnd, type SandboxNews } from "./sandbox-process.ts";
import { begin, headOf, stayUntilStopped } from "./stay.ts";
import { version } from "./version.ts";

interface StartOptions {
  readonly data: string;
  readonly port: string;
  readonly host: string;
  readonly alipayConfig?: string;
  readonly training?: boolean;
  readonly logLevel: string;
  readonly json?: boolean;
}

export function startCommand(): Command {
  return new Command("start")
    .description(
      "启动收银：收银台、中心；没有配置真实密钥时带沙盒 (the one box: till, hub and, without real keys, the sandbox)",
    )
    .option("--data <folder>", "数据目录 (data folder)", defaultData)
    .option("--port <number>", "端口，0 为任意空闲端口 (0: a free one)", "7080")
    .option("--host <address>", "监听地址 (address to listen on)", "127.0.0.1")
    .option(
      "--alipay-config <file>",
      "支付宝配置文件 (real Alipay settings; also CHUPIAO_ALIPAY_CONFIG)",
    )
    .option(
      "--training",
      "培训：只用沙盒，屏幕和每张纸都写明，另用一个数据目录 (training: the sandbox only, told on every screen and paper; in a folder of its own)",
    )
    .option("--log-level <level>", "debug|info|warn|error", "warn")
    .option("--json", "启动后输出一个 JSON 对象 (print one JSON object once it is up)")
    .action(start);
}

async function start(options: StartOptions): Promise<void> {
  const head = await headOf(options);
  const { data, log, port } = head;
  const training = options.training === true || head.config.training;
  const config = { ...head.config, training };
  const running = stayUntilStopped<Box>();
  const notifyUrl = `http://127.0.0.1:${port}/notify/alipay`;
  const { provider, identity, alipay, sandbox, warnings } = await openOutside({
    data,
    alipayConfig: options.alipayConfig,
    training,
    notifyUrl,
    log,
    onSandbox: (pid) => (running.sandbox = { pid }),
  });
  const watch = watchOf(alipay, sandbox);
  warnings.forEach((one) => console.error(`${one.zh} (${one.en})`));
  const startAgain = (): Promise<Box> =>
    startBox({
      data,
      host: options.host,
      port,
      config,
      provider,
      identity,
      watch,
      printerAddress: config.printer.address ?? printerOf(sandbox),
      receiptBase:
        config.receipt_base === undefined ? defaultReceiptBase(sandbox, port) : config.receipt_base,
      version,
      log,
    });
  const box = await begin(running, startAgain, head);
  running.sandbox = oursToEnd(sandbox);
  await announce(options, box, sandbox, config, log);
}

const printerOf = (sandbox: SandboxNews | null): string | null =>
  sandbox === null ? null : `tcp://${sandbox.printer.host}:${sandbox.printer.port}`;

/** In a demo this very computer opens the receipt; real phones need an address that is set by hand. */
const defaultReceiptBase = (sandbox: SandboxNews | null, port: number): string | null =>
  sandbox === null ? null : `http://127.0.0.1:${port}`;

async function announce(
  options: StartOptions,
  box: Box,
  sandbox: SandboxNews | null,
  config: BoxConfig,
  log: Log,
): Promise<void> {
  log("info", "started", { url: box.url, livemode: sandbox === null });
  const code = sandbox === null ? null : await freshCode(sandbox);
  const sell = `npx chupiao sell --url ${box.url} --amount 128.50 --code ${code ?? "<付款码>"}`;
  if (options.json === true) {
    console.log(
      JSON.stringify({
        url: box.url,
        display_url: `${box.url}/display`,
        sandbox_url: sandbox?.control ?? null,
        printer_url: sandbox === null ? null : `${sandbox.control}/printer`,
        code,
        sell,
        pid: process.pid,
      }),
    );
    return;
  }
  const lines = [
    `出票 Chupiao ${version} · ${config.merchant.name} ${config.store.name} · ${config.terminal.id}${madeUp(config, sandbox)}`,
    `收银台 till        ${box.url}/`,
    `顾客屏 display     ${box.url}/display`,
    ...(sandbox === null
      ? []
      : [
          `沙盒 sandbox      ${sandbox.control}/   钱包、付款码、故障 (wallets, codes, faults)`,
          `打印机 printer     ${sandbox.control}/printer`,
        ]),
    ...(code === null
      ? []
      : [
          `付款码 code        ${code}   一分钟内有效 (good for one minute; another: npx chupiao sandbox code --url ${sandbox?.control})`,
        ]),
    `第一笔 first sale  ${sell}`,
  ];
  console.log(lines.join("\n"));
}

function madeUp({ training }: BoxConfig, sandbox: SandboxNews | null): string {
  const text = ribbonText({ livemode: sandbox === null, training });
  return text === null ? "" : ` · ${text.zh}`;
}
