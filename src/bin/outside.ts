/** The outside world of a box or hub: Alipay by real keys, else the sandbox. And where to listen. */
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { tillAt } from "../adapters/http/guard.ts";
import { createAlipay } from "../adapters/provider/alipay/alipay.ts";
import {
  type AlipayConfig,
  alipayIdentity,
  type ConfigRead,
  checkSettings,
  isConfigured,
  readAlipayConfig,
} from "../adapters/provider/alipay/config.ts";
import { type ProviderIdentity, sandboxIdentity } from "../core/payment/provider-identity.ts";
import type { Text } from "../core/text/text.ts";
import type { Log } from "../ports/log.ts";
import type { Provider } from "../ports/provider.ts";
import { InputError } from "./output.ts";
import { ensureSandbox, type SandboxNews } from "./sandbox-process.ts";
import { refuseAtRest } from "./tie-at-rest.ts";

export interface Outside {
  readonly provider: Provider;
  /** Whose money it is: a data folder belongs to one. */
  readonly identity: ProviderIdentity;
  /** The keys and addresses that it works with. */
  readonly alipay: AlipayConfig;
  /** Null with real keys. */
  readonly sandbox: SandboxNews | null;
  /** About the real keys: a certificate that ends soon, a file that others can read. */
  readonly warnings: readonly Text[];
}

/** `notifyUrl`: where the sandbox tells of trades; null: it tells nothing, and queries find out. */
export async function openOutside(given: {
  readonly data: string;
  readonly alipayConfig: string | undefined;
  /** The sandbox, whatever keys there are. */
  readonly training?: boolean;
  readonly notifyUrl: string | null;
  readonly log: Log;
  /** Called as soon as a sandbox was started, before it answers. */
  readonly onSandbox: (pid: number) => void;
}): Promise<Outside> {
  const { data, training = false } = given;
  const real = training ? null : alipayOf(given.alipayConfig);
  const identity = real === null ? sandboxIdentity : alipayIdentity(real.config);
  refuseAtRest({ data, identity, training });
  const sandbox = real === null ? await sandboxOf(data, given.onSandbox) : null;
  const alipay = real?.config ?? sandboxAlipay(sandbox as SandboxNews, given.notifyUrl);
  const log = (event: string, fields: Readonly<Record<string, unknown>>): void =>
    given.log("info", event, fields);
  const warnings = (real?.warnings ?? []).map((one) => one.text);
  const provider = createAlipay(alipay, { nowMs: Date.now, log });
  return { provider, identity, alipay, sandbox, warnings };
}

const sandboxOf = (data: string, onStart: (pid: number) => void): Promise<SandboxNews> =>
  ensureSandbox(join(data, "sandbox"), resolve(import.meta.dirname, "chupiao.ts"), onStart);

/** Real keys if any are configured: then a mistake in them is an error, never a silent sandbox. */
function alipayOf(file: string | undefined): Extract<ConfigRead, { kind: "config" }> | null {
  const source = { file, env: process.env, folder: process.cwd(), nowMs: Date.now() };
  if (!isConfigured(source)) return null;
  const read = readAlipayConfig(source);
  if (read.kind === "config") return read;
  const lines = (language: "zh" | "en"): string =>
    read.problems.map((one) => `\n  ${one.field}: ${one.text[language]}`).join("");
  throw new InputError("alipay_config_wrong", {
    zh: `支付宝配置有误，没有启动：${lines("zh")}`,
    en: `Wrong Alipay settings, so nothing was started:${lines("en")}`,
  });
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

/** The port to listen on: the wanted one if it is free, a free one for 0. A till needs it on this computer too. */
export async function portOf(
  options: { readonly port: string; readonly host: string },
  hasTill: boolean,
): Promise<number> {
  const { port, host } = options;
  const wanted = Number(port);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
    throw new InputError("bad_request", {
      zh: `端口 ${port} 不对，请写 0 到 65535。`,
      en: `Port ${port} is wrong; use 0 to 65535.`,
    });
  const found = await freePort(wanted, options);
  const till = tillAt(host);
  return hasTill && till.isExtra
    ? freePort(found, { port: String(found), host: till.host })
    : found;
}

function freePort(
  wanted: number,
  options: { readonly port: string; readonly host: string },
): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      reject(new InputError(...whyNotListening(error, options)));
    });
    probe.listen(wanted, options.host, () => {
      const address = probe.address();
      const found = typeof address === "object" && address !== null ? address.port : wanted;
      probe.close(() => resolvePort(found));
    });
  });
}

function whyNotListening(
  { code }: NodeJS.ErrnoException,
  { port, host }: { readonly port: string; readonly host: string },
): readonly [code: string, text: Text] {
  if (code === "EADDRINUSE")
    return [
      "port_taken",
      {
        zh: `端口 ${port} 已被占用：收银程序可能已经在运行。换一个：--port 0`,
        en: `Port ${port} is taken; the box may be running already. Choose another: --port 0`,
      },
    ];
  if (code === "EACCES")
    return [
      "port_not_allowed",
      {
        zh: `没有权限使用端口 ${port}。请换一个 1024 以上的端口，例如 --port 7080`,
        en: `Port ${port} needs more rights. Choose one above 1024, e.g. --port 7080`,
      },
    ];
  return [
    "bad_host",
    {
      zh: `--host ${host} 不是这台电脑的地址（${code ?? ""}）。请写 127.0.0.1，或本机的一个网络地址。`,
      en: `--host ${host} is no address of this computer (${code ?? ""}). Use 127.0.0.1 or one of its own addresses.`,
    },
  ];
}
