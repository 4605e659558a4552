/** `chupiao sandbox`: the outside world as a process of its own, until it is told to end or nobody needs it. */
import { startSandbox, type Sandbox } from "../../sandbox/servers/sandbox/sandbox.ts";
import { makeFolder } from "../folder.ts";
import { InputError } from "../output.ts";
import type { SandboxNews } from "../sandbox-process.ts";
import { endBy } from "../signals.ts";
import { sandboxParts, type PartsOptions } from "./parts.ts";
import { defaultPort, sandboxFolder, type SandboxTarget } from "./target.ts";

export interface StartOptions extends SandboxTarget {
  readonly port?: string;
  readonly gatewayPort?: string;
  readonly printerPort?: string;
  readonly gatewayWirePort?: string;
  readonly printerWirePort?: string;
  readonly printerProfile?: PartsOptions["profile"];
  readonly paper?: "58" | "80";
  readonly ownerPid?: string;
}

const defaultGatewayPort = 7082;
const defaultPrinterPort = 9100;
const endMsMax = 1_500;

export async function start(options: StartOptions): Promise<void> {
  const folder = sandboxFolder(options);
  makeFolder(folder);
  const ending = { sandbox: null as Sandbox | null };
  const end = (): void => void stop(ending.sandbox);
  endBy(end);
  const sandbox = await startSandbox({
    dataDir: folder,
    port: portOf("--port", options.port, defaultPort),
    gatewayPort: portOf("--gateway-port", options.gatewayPort, defaultGatewayPort),
    parts: sandboxParts({
      dataDir: folder,
      printerPort: portOf("--printer-port", options.printerPort, defaultPrinterPort),
      gatewayWirePort: portOf("--gateway-wire-port", options.gatewayWirePort, 0),
      printerWirePort: portOf("--printer-wire-port", options.printerWirePort, 0),
      profile: options.printerProfile ?? "epson",
      paperMm: options.paper === "58" ? 58 : 80,
    }),
    onOrphaned: end,
    ...(options.ownerPid === undefined ? {} : { ownerPid: pidOf(options.ownerPid) }),
  }).catch((error: unknown) => {
    throw inUse(error) ?? error;
  });
  ending.sandbox = sandbox;
  console.log(options.json === true ? JSON.stringify(sandbox.news) : words(sandbox));
}

function words({ url, news }: Sandbox): string {
  const { host, port } = news["printer"] as SandboxNews["printer"];
  return [
    "沙盒已启动 · 演示 · 非真实交易 (the sandbox is running; no real trades)",
    `页面与控制 page, control   ${url}/`,
    `支付宝网关 gateway         ${news.gateway}`,
    `打印机     printer         tcp://${host}:${port}   纸和故障 (papers, faults): ${url}/printer/`,
    `连接参数   settings        npx chupiao sandbox env --url ${url}`,
    `付款码     payment code    npx chupiao sandbox code --url ${url}`,
  ].join("\n");
}

/** Ends cleanly, and in any case: a connection that hangs must not keep the process. */
async function stop(sandbox: Sandbox | null): Promise<void> {
  setTimeout(() => process.exit(0), endMsMax).unref();
  await sandbox?.close();
  process.exit(0);
}

function portOf(option: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InputError("bad_port", {
    zh: `${option} ${text} 不对，请写 0 到 65535；0 表示任意空闲端口。`,
    en: `${option} ${text} is wrong; use 0 to 65535, where 0 means any free port.`,
  });
}

function pidOf(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new InputError("bad_pid", {
    zh: `--owner-pid ${text} 不是进程号。`,
    en: `--owner-pid ${text} isn't a process number.`,
  });
}

/** A port that is taken, as a sentence. */
function inUse(error: unknown): Error | null {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") return null;
  const port = "port" in error ? String(error.port) : "";
  return new InputError("port_in_use", {
    zh: `端口 ${port} 已被占用，可能沙盒已经在运行。可用 --port、--gateway-port、--printer-port 换一个，或写 0。`,
    en: `Port ${port} is taken; perhaps a sandbox is running already. Choose others with --port, --gateway-port and --printer-port, or 0.`,
  });
}
