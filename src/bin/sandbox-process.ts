/**
 * The sandbox is a process of its own, so that killing the box leaves the outside world standing: trades stay booked
 * and the printer keeps its paper. The box starts it or takes up the one that is there.
 */
import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import type { Text } from "../core/text/text.ts";
import { InputError } from "./input-error.ts";
import { isAlive } from "../sandbox/servers/sandbox/lifetime.ts";
import { readNews, type SandboxNews as News } from "../sandbox/servers/sandbox/news.ts";

/** What the sandbox that the box started writes about itself: it has wires, and its keys are on disk. */
export interface SandboxNews extends News {
  readonly printer: { readonly host: string; readonly port: number };
  /** In front of gateway and printer, where a person can cut, delay and lose things. */
  readonly wires: {
    readonly gateway: string;
    readonly printer: { readonly host: string; readonly port: number };
  };
  readonly app_private_key_path: string;
  readonly alipay_public_key_path: string;
  readonly net: SandboxNet;
}

/** What stands for the shop's network and computer. */
export interface SandboxNet {
  readonly router: readonly string[];
  readonly dns: readonly string[];
  readonly dns_name: string;
  readonly internet: readonly string[];
  /** A tree that stands for /proc and /sys. */
  readonly system_root: string;
}

/** Address of its feed of licences and maintenance windows. */
export const sandboxFeed = (news: SandboxNews): string => `${news.control}/feed/records.json`;

const startMsMax = 20_000;
const answerMsMax = 2_000;

/** Finds the sandbox of this folder, or starts one; gives its addresses once it answers. */
export async function ensureSandbox(
  folder: string,
  command: string,
  onStart: (pid: number) => void,
): Promise<SandboxNews> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const known = read(folder);
  // Where nobody listens that is told at once. One that only is slow mustn't get a second one on its books; but where
  // its process is gone, another program has its port.
  if (known !== null && (await adopt(known, isAlive(known.pid) ? startMsMax : answerMsMax)))
    return known;
  const log = openSync(join(folder, "sandbox.log"), "a", 0o600);
  const args = [
    command,
    "sandbox",
    "--data",
    folder,
    "--port",
    "0",
    "--gateway-port",
    "0",
    "--printer-port",
    "0",
    "--owner-pid",
    String(process.pid),
    "--json",
  ];
  const child = spawn(process.execPath, args, { detached: true, stdio: ["ignore", log, log] });
  child.unref();
  if (child.pid !== undefined) onStart(child.pid);
  const endsAtMs = performance.now() + startMsMax;
  for (;;) {
    // The one that is there, if a person started it at the same moment: the other is refused.
    const over = performance.now() >= endsAtMs || child.exitCode !== null;
    const news = read(folder);
    if (news !== null && (await adopt(news))) return news;
    if (over) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw notStarted(readFileSync(join(folder, "sandbox.log"), "utf8").trim().split("\n"));
}

/** In the sandbox's own last words, where it had some. */
export function notStarted(log: readonly string[]): InputError {
  const { zh, en } = lastWords(log.at(-1) ?? "") ?? plain(log.slice(-5).join("\n"));
  return new InputError("sandbox_not_started", {
    zh: `沙盒没有启动起来，没有启动。\n${zh}`,
    en: `The sandbox didn't start, so nothing was started.\n${en}`,
  });
}

const plain = (text: string): Text => ({ zh: text, en: text });

function lastWords(line: string): Text | null {
  try {
    const { error } = JSON.parse(line) as {
      readonly error?: { readonly message: string; readonly message_en: string };
    };
    return error === undefined ? null : { zh: error.message, en: error.message_en };
  } catch {
    return null;
  }
}

const read = (folder: string): SandboxNews | null => readNews(folder) as SandboxNews | null;

/** Makes this process the owner: the sandbox ends some minutes after its last owner has died. */
async function adopt(news: SandboxNews, limitMs = answerMsMax): Promise<boolean> {
  const text = await post(news, "/control/adopt", { pid: process.pid }, limitMs);
  return text !== null && pidIn(text) === news.pid;
}

/** Of the sandbox that answered: another folder's may have got the port of a dead one. */
function pidIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly pid?: unknown }).pid;
  } catch {
    return null;
  }
}

/** A fresh payment code of the first wallet, for the one-line command that start prints. */
export async function freshCode(news: SandboxNews): Promise<string | null> {
  const text = await post(news, "/control/codes", {});
  return text === null ? null : (JSON.parse(text) as { readonly code: string }).code;
}

/** Null when it doesn't answer well. By node:http, which is loaded anyway: fetch would cost the idle box 10 MB. */
function post(
  news: SandboxNews,
  path: string,
  body: unknown,
  limitMs = answerMsMax,
): Promise<string | null> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json" };
    const asked = request(
      `${news.control}${path}`,
      { method: "POST", headers, timeout: limitMs },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (text += part));
        response.on("end", () =>
          resolve(response.statusCode === 200 || response.statusCode === 201 ? text : null),
        );
      },
    );
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(null));
    asked.end(JSON.stringify(body));
  });
}

/** Null for one that a person started: it isn't this process's to end. */
export const oursToEnd = (news: SandboxNews | null): SandboxNews | null =>
  news?.ends_with_box === true ? news : null;

export function endSandbox(news: Pick<SandboxNews, "pid">): void {
  try {
    process.kill(news.pid, "SIGTERM");
  } catch {
    // It is gone already.
  }
}
