/** The command line's way to a running sandbox: its control interface, found by address or by what it wrote about itself. */
import { homedir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { folderOf } from "../folder.ts";
import { InputError } from "../input-error.ts";
import { readNews } from "../../sandbox/servers/sandbox/news.ts";

export const defaultPort = 7081;

const findHelp =
  "沙盒的地址；不写时按 --data 的文件夹，都不写时按 CHUPIAO_SANDBOX_URL (address of the sandbox; else by --data, else CHUPIAO_SANDBOX_URL)";

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

/** What is typed by hand wins over what stands in the environment. */
export function sandboxUrl(target: SandboxTarget, env = process.env): string {
  const given = target.url ?? (target.data === undefined ? env["CHUPIAO_SANDBOX_URL"] : undefined);
  if (given !== undefined && given.trim() !== "") return given.replace(/\/+$/, "");
  const folder = sandboxFolder(target);
  // `--data` may name the sandbox's own folder or the one of the box around it.
  const news = readNews(folder) ?? readNews(join(folder, "sandbox"));
  if (news !== null) return news.control;
  if (target.data === undefined) return `http://127.0.0.1:${defaultPort}`;
  throw new InputError("sandbox_away", {
    zh: `${folder} 里没有在运行的沙盒。请看 --data 写得对不对，或先运行 npx chupiao sandbox --data ${target.data}。`,
    en: `No sandbox runs in ${folder}. Look at what --data names, or start one with npx chupiao sandbox --data ${target.data}.`,
  });
}

/** Asks any part of the control server. Throws a sentence that says what to do when it is away or refuses. */
export async function reach(
  target: SandboxTarget,
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Response> {
  const url = sandboxUrl(target);
  if (!URL.canParse(url))
    throw new InputError("bad_request", {
      zh: `--url ${url} 不是网址。请写 http://127.0.0.1:${defaultPort} 这样的地址。`,
      en: `--url ${url} is no address. Write one like http://127.0.0.1:${defaultPort}.`,
    });
  const init =
    body === undefined
      ? { method }
      : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, init).catch(() => {
    throw new InputError("sandbox_away", {
      zh: `${url} 没有应答：沙盒没有在运行。请先运行 npx chupiao sandbox，或用 --url 指明地址。`,
      en: `No sandbox answers at ${url}. Start one with npx chupiao sandbox, or name its address with --url.`,
    });
  });
  if (response.ok) return response;
  throw refusalIn(await response.json().catch(() => null), url);
}

/** Words of the sandbox itself. Whoever else answers there, the box for one, isn't a sandbox. */
function refusalIn(problem: unknown, url: string): InputError {
  const { type, code, text } = (problem ?? {}) as Partial<Record<string, unknown>>;
  const { zh, en } = (text ?? {}) as Partial<Record<string, unknown>>;
  const isOurs = type === "about:blank" && typeof zh === "string" && typeof en === "string";
  if (isOurs && code !== "no_such_page") return new InputError(String(code), { zh, en });
  return new InputError("not_a_sandbox", {
    zh: `${url} 不是沙盒的地址，没有执行。请用 --url 写沙盒的地址，例如 http://127.0.0.1:${defaultPort}。`,
    en: `There is no sandbox at ${url}, so nothing was done. Give its address with --url, e.g. http://127.0.0.1:${defaultPort}.`,
  });
}

/** Asks the gateway's control interface; its answers are all JSON. */
export async function ask<T>(
  ...[target, method, path, body]: Parameters<typeof reach>
): Promise<T> {
  return (await (await reach(target, method, `/control${path}`, body)).json()) as T;
}
