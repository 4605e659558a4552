/** The outside world of a box or hub: Alipay by real keys, else the sandbox. And where to listen. */
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createAlipay } from "../adapters/provider/alipay/alipay.ts";
import {
  type AlipayConfig,
  type ConfigRead,
  checkSettings,
  isConfigured,
  readAlipayConfig,
} from "../adapters/provider/alipay/config.ts";
import type { Text } from "../core/text/text.ts";
import type { Log } from "../ports/log.ts";
import type { Provider } from "../ports/provider.ts";
import { InputError } from "./output.ts";
import { ensureSandbox, type SandboxNews } from "./sandbox-process.ts";

/** The data folder, for its owner only; a sentence where it can't be had. */
export function makeFolder(path: string): void {
  try {
    makeEach(path);
    accessSync(path, constants.W_OK | constants.R_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new InputError("data_folder", {
      zh: `数据目录 ${path} 不能用（${code}）。请换一个可写的文件夹：--data 文件夹`,
      en: `The data folder ${path} can't be used (${code}). Choose one that can be written: --data FOLDER`,
    });
  }
}

/** One folder after the other: Node's own recursive way never comes back from a place like /proc that takes none. */
function makeEach(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeEach(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

export const defaultData = process.env["CHUPIAO_DATA"] ?? join(homedir(), ".chupiao");

export interface Outside {
  readonly provider: Provider;
  /** Null with real keys. */
  readonly sandbox: SandboxNews | null;
  /** About the real keys: a certificate that ends soon, a file that others can read. */
  readonly warnings: readonly Text[];
}

/** `notifyUrl`: where the sandbox tells of trades; null: it tells nothing, and queries find out. */
export async function openOutside(given: {
  readonly data: string;
  readonly alipayConfig: string | undefined;
  readonly notifyUrl: string | null;
  readonly log: Log;
}): Promise<Outside> {
  const real = alipayOf(given.alipayConfig);
  const sandbox = real === null ? await sandboxOf(given.data) : null;
  const alipay = real?.config ?? sandboxAlipay(sandbox as SandboxNews, given.notifyUrl);
  const log = (event: string, fields: Readonly<Record<string, unknown>>): void =>
    given.log("info", event, fields);
  const warnings = (real?.warnings ?? []).map((one) => one.text);
  return { provider: createAlipay(alipay, { nowMs: Date.now, log }), sandbox, warnings };
}

const sandboxOf = (data: string): Promise<SandboxNews> =>
  ensureSandbox(join(data, "sandbox"), resolve(import.meta.dirname, "chupiao.ts"));

/** Real keys if any are configured: then a mistake in them is an error, never a silent sandbox. */
function alipayOf(file: string | undefined): Extract<ConfigRead, { kind: "config" }> | null {
  const source = { file, env: process.env, folder: process.cwd(), nowMs: Date.now() };
  if (!isConfigured(source)) return null;
  const read = readAlipayConfig(source);
  if (read.kind === "config") return read;
  const lines = read.problems.map((one) => `  ${one.field}: ${one.text.zh} (${one.text.en})`);
  throw new Error(
    `支付宝配置有误，没有启动 (wrong Alipay settings, nothing was started):\n${lines.join("\n")}`,
  );
}

function sandboxAlipay(news: SandboxNews, notifyUrl: string | null): AlipayConfig {
  const settings = {
    app_id: news.app_id,
    seller_id: news.seller_id,
    gateway: news.wires.gateway,
    private_key: news.app_private_key_path,
    alipay_public_key: news.alipay_public_key_path,
    ...(notifyUrl === null ? {} : { notify_url: notifyUrl }),
  };
  const read = checkSettings(settings, () => "/", Date.now());
  if (read.kind === "config") return read.config;
  throw new Error(
    `the sandbox's own settings don't pass: ${read.problems.map((one) => one.text.en).join("; ")}`,
  );
}

/** The port to listen on: the wanted one if it is free, a free one for 0. */
export async function portOf(options: {
  readonly port: string;
  readonly host: string;
}): Promise<number> {
  const { port, host } = options;
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

const stopMsMax = 4_500;

/** What can't be finished in time is taken up at the next start: every state was written before it was acted on. */
export function stopOnSignal(stopAll: () => Promise<void>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), stopMsMax).unref();
    stopAll()
      .then(() => process.exit(0))
      .catch(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
