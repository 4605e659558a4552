/** The command line's way to a running sandbox: its control interface, found by address or by what it wrote about itself. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { readNews } from "../../sandbox/servers/sandbox/news.ts";

export const defaultPort = 7081;

export interface SandboxTarget {
  readonly url?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** Where the sandbox keeps its things unless told otherwise; the same folder that `start` gives it. */
export const sandboxFolder = ({ data }: SandboxTarget): string =>
  resolve(data ?? join(process.env["CHUPIAO_DATA"] ?? join(homedir(), ".chupiao"), "sandbox"));

function urlOf(target: SandboxTarget): string {
  const given = target.url ?? process.env["CHUPIAO_SANDBOX_URL"];
  if (given !== undefined) return given.replace(/\/+$/, "");
  const folder = sandboxFolder(target);
  // `--data` may name the sandbox's own folder or the one of the box around it.
  const news = readNews(folder) ?? readNews(join(folder, "sandbox"));
  return news?.control ?? `http://127.0.0.1:${defaultPort}`;
}

/** Asks the control interface. Throws a sentence that says what to do when it is away or refuses. */
export async function ask<T>(
  target: SandboxTarget,
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Promise<T> {
  const url = urlOf(target);
  if (!URL.canParse(url)) throw new Error(`--url ${url} 不是网址 (not an address)`);
  const init =
    body === undefined
      ? { method }
      : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${url}/control${path}`, init).catch(() => {
    throw new Error(
      `${url} 没有应答：沙盒没有在运行。请先运行 npx chupiao sandbox，或用 --url 指明地址。(No sandbox answers there; start one with npx chupiao sandbox, or name its address with --url.)`,
    );
  });
  const answer = (await response.json().catch(() => ({}))) as T & { readonly detail?: string };
  if (response.ok) return answer;
  throw new Error(answer.detail ?? `HTTP ${response.status}`);
}
