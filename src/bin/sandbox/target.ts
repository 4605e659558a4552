/** The command line's way to a running sandbox: its control interface, found by address or by what it wrote about itself. */
import { homedir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { folderOf } from "../folder.ts";
import { readNews } from "../../sandbox/servers/sandbox/news.ts";

export const defaultPort = 7081;

const findHelp =
  "沙盒的地址；默认读 CHUPIAO_SANDBOX_URL 或沙盒文件夹里的 sandbox.json (address of the sandbox)";

/** Options that every sandbox command has; `sandbox` itself uses --data and --json as well. */
export const addTarget = (command: Command): Command =>
  command
    .option("--url <address>", findHelp)
    .option("--data <folder>", "沙盒的文件夹，默认 ~/.chupiao/sandbox (the sandbox's folder)")
    .option("--json", "输出一个 JSON 对象 (print one JSON object)");

/** The options of the command itself and those given before its name. */
export const targetOf = <T extends SandboxTarget>(command: Command): T =>
  command.optsWithGlobals<T>();

export interface SandboxTarget {
  readonly url?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** Where the sandbox keeps its things unless told otherwise; the same folder that `start` gives it. */
export const sandboxFolder = ({ data }: SandboxTarget): string =>
  folderOf(data ?? join(process.env["CHUPIAO_DATA"] ?? join(homedir(), ".chupiao"), "sandbox"));

function urlOf(target: SandboxTarget): string {
  const given = target.url ?? process.env["CHUPIAO_SANDBOX_URL"];
  if (given !== undefined) return given.replace(/\/+$/, "");
  const folder = sandboxFolder(target);
  // `--data` may name the sandbox's own folder or the one of the box around it.
  const news = readNews(folder) ?? readNews(join(folder, "sandbox"));
  return news?.control ?? `http://127.0.0.1:${defaultPort}`;
}

/** Asks any part of the control server. Throws a sentence that says what to do when it is away or refuses. */
export async function reach(
  target: SandboxTarget,
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Response> {
  const url = urlOf(target);
  if (!URL.canParse(url)) throw new Error(`--url ${url} 不是网址 (not an address)`);
  const init =
    body === undefined
      ? { method }
      : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, init).catch(() => {
    throw new Error(
      `${url} 没有应答：沙盒没有在运行。请先运行 npx chupiao sandbox，或用 --url 指明地址。(No sandbox answers there; start one with npx chupiao sandbox, or name its address with --url.)`,
    );
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as {
    readonly detail?: string;
    readonly message?: string;
  };
  throw new Error(problem.detail ?? problem.message ?? `HTTP ${response.status}`);
}

/** Asks the gateway's control interface; its answers are all JSON. */
export async function ask<T>(
  ...[target, method, path, body]: Parameters<typeof reach>
): Promise<T> {
  return (await (await reach(target, method, `/control${path}`, body)).json()) as T;
}
