/** How the sandbox commands reach the sandbox's control server, and say what came of it. */
import type { Command } from "commander";

/** Where a command writes; a test gives its own. */
export interface Terminal {
  print(text: string): void;
  fail(text: string): void;
}

export const processTerminal: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  fail: (text) => {
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  },
};

const defaultUrl = "http://127.0.0.1:7081";

export interface CallOptions {
  readonly url?: string;
  readonly json?: boolean;
}

/** Every sandbox command has these two. */
export const withCallOptions = (command: Command): Command =>
  command
    .option("--json", "输出 JSON / print JSON")
    .option("--url <url>", "沙箱控制地址 / control server, also CHUPIAO_SANDBOX_URL", sandboxUrl());

const sandboxUrl = (): string => process.env["CHUPIAO_SANDBOX_URL"] ?? defaultUrl;

/** A refusal of the control server, or nobody there; the message is for people. */
export class CallRefused extends Error {}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw new CallRefused(
      `沙箱没有回应：${url}。先运行 npm start 或 chupiao sandbox，或用 --url 指明地址。\n` +
        `No sandbox answers there: run npm start or chupiao sandbox first, or name it with --url.`,
    );
  }
}

/** Asks the control server; throws `CallRefused` with its reason. */
export async function callSandbox(
  options: CallOptions,
  path: string,
  body?: object,
): Promise<Response> {
  const url = `${(options.url ?? sandboxUrl()).replace(/\/+$/, "")}/${path}`;
  const post: RequestInit = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  };
  const reply = await send(url, body ? post : {});
  if (reply.ok) return reply;
  const problem = (await reply.json().catch(() => ({}))) as { detail?: string; message?: string };
  throw new CallRefused(problem.detail ?? problem.message ?? `HTTP ${reply.status}`);
}

/** Runs a command's work; a refusal becomes a sentence and exit code 1. */
export async function orSay(terminal: Terminal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    terminal.fail(error.message);
  }
}
