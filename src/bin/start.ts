/** `chupiao start`: the one box. Prints where everything is, and ends cleanly within five seconds of SIGTERM. */
import { createServer } from "node:net";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { createLog } from "../adapters/log/log.ts";
import { createAlipay } from "../adapters/provider/alipay/alipay.ts";
import {
  type AlipayConfig,
  checkSettings,
  isConfigured,
  readAlipayConfig,
} from "../adapters/provider/alipay/config.ts";
import type { Log } from "../ports/log.ts";
import { type Box, startBox } from "./box.ts";
import { type BoxConfig, readBoxConfig } from "./config.ts";
import { InputError } from "./output.ts";
import { endSandbox, ensureSandbox, freshCode, type SandboxNews } from "./sandbox-process.ts";
import { version } from "./version.ts";

interface StartOptions {
  readonly data: string;
  readonly port: string;
  readonly host: string;
  readonly alipayConfig?: string;
  readonly logLevel: string;
  readonly json?: boolean;
}

const defaultData = process.env["CHUPIAO_DATA"] ?? join(homedir(), ".chupiao");
const stopMsMax = 4_500;

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
    .option("--log-level <level>", "debug|info|warn|error", "warn")
    .option("--json", "启动后输出一个 JSON 对象 (print one JSON object once it is up)")
    .action(start);
}

async function start(options: StartOptions): Promise<void> {
  const data = resolve(options.data);
  // Journals hold the shop's trade: nobody else on this computer reads them.
  process.umask(0o077);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const log = createLog(options.logLevel);
  const config = readBoxConfig(data);
  const port = await portOf(options);
  const running: { box: Box | null; sandbox: SandboxNews | null } = { box: null, sandbox: null };
  stopOnSignal(running);
  const real = alipayOf(options);
  running.sandbox =
    real === null
      ? await ensureSandbox(join(data, "sandbox"), resolve(import.meta.dirname, "chupiao.ts"))
      : null;
  const alipay =
    real ?? sandboxAlipay(running.sandbox as SandboxNews, `http://127.0.0.1:${port}/notify/alipay`);
  running.box = await startBox({
    data,
    host: options.host,
    port,
    config,
    provider: createAlipay(alipay, {
      nowMs: Date.now,
      log: (event, fields) => log("info", event, fields),
    }),
    printerAddress: config.printer.address ?? printerOf(running.sandbox),
    receiptBase:
      config.receipt_base === undefined
        ? defaultReceiptBase(running.sandbox, port)
        : config.receipt_base,
    version,
    log,
  });
  await announce(options, running.box, running.sandbox, config, log);
}

/** Real keys if any are configured: then a mistake in them is an error, never a silent sandbox. */
function alipayOf({ alipayConfig }: StartOptions): AlipayConfig | null {
  const source = { file: alipayConfig, env: process.env, folder: process.cwd(), nowMs: Date.now() };
  if (!isConfigured(source)) return null;
  const read = readAlipayConfig(source);
  if (read.kind === "config") return read.config;
  const lines = read.problems.map((one) => `  ${one.field}: ${one.text.zh} (${one.text.en})`);
  throw new Error(
    `支付宝配置有误，没有启动 (wrong Alipay settings, nothing was started):\n${lines.join("\n")}`,
  );
}

function sandboxAlipay(news: SandboxNews, notifyUrl: string): AlipayConfig {
  const settings = {
    app_id: news.app_id,
    seller_id: news.seller_id,
    gateway: news.wires.gateway,
    private_key: news.app_private_key_path,
    alipay_public_key: news.alipay_public_key_path,
    notify_url: notifyUrl,
  };
  const read = checkSettings(settings, () => "/", Date.now());
  if (read.kind === "config") return read.config;
  throw new Error(
    `the sandbox's own settings don't pass: ${read.problems.map((one) => one.text.en).join("; ")}`,
  );
}

const printerOf = (sandbox: SandboxNews | null): string | null =>
  sandbox === null ? null : `tcp://${sandbox.wires.printer.host}:${sandbox.wires.printer.port}`;

/** In a demo this very computer opens the receipt; real phones need an address that is set by hand. */
const defaultReceiptBase = (sandbox: SandboxNews | null, port: number): string | null =>
  sandbox === null ? null : `http://127.0.0.1:${port}`;

async function portOf({ port, host }: StartOptions): Promise<number> {
  const wanted = Number(port);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
    throw new InputError("bad_request", {
      zh: `端口 ${port} 不对，请写 0 到 65535。`,
      en: `Port ${port} is wrong; use 0 to 65535.`,
    });
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        taken
          ? new InputError("port_taken", {
              zh: `端口 ${port} 已被占用：收银程序可能已经在运行。换一个：--port 0`,
              en: `Port ${port} is taken; the box may be running already. Choose another: --port 0`,
            })
          : error,
      );
    });
    probe.listen(wanted, host, () => {
      const address = probe.address();
      const found = typeof address === "object" && address !== null ? address.port : wanted;
      probe.close(() => resolvePort(found));
    });
  });
}

function stopOnSignal(running: { box: Box | null; sandbox: SandboxNews | null }): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    if (running.sandbox !== null) endSandbox(running.sandbox);
    // What can't be finished in time is taken up at the next start: every state was written before it was acted on.
    setTimeout(() => process.exit(0), stopMsMax).unref();
    const stopped = running.box === null ? Promise.resolve() : running.box.stop();
    stopped.then(() => process.exit(0)).catch(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

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
    `出票 Chupiao ${version} · ${config.merchant.name} ${config.store.name} · ${config.terminal.id}${sandbox === null ? "" : " · 演示 · 非真实交易"}`,
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
