/** The command line's way to the box: its API, with errors that say what to do. */
import { randomUUID } from "node:crypto";
import type { Problem } from "../core/till/view.ts";
import { BoxAway, fetchOrAway } from "./away.ts";
import { InputError } from "./input-error.ts";

export { BoxAway } from "./away.ts";

export const defaultUrl = "http://127.0.0.1:7080";

export interface Target {
  readonly url?: string;
  readonly json?: boolean;
}

export class ApiError extends Error {
  readonly problem: Problem;
  /** What the command exits with where nothing better says it. */
  readonly exitCode: number;
  /** What a program is told beside the problem. */
  readonly more: Readonly<Record<string, unknown>>;
  constructor(problem: Problem, exitCode = 1, more: Readonly<Record<string, unknown>> = {}) {
    super(problem.text.zh);
    this.problem = problem;
    this.exitCode = exitCode;
    this.more = more;
  }

  telling(more: Readonly<Record<string, unknown>>): ApiError {
    return new ApiError(this.problem, this.exitCode, more);
  }

  exitingWith(exitCode: number): ApiError {
    return new ApiError(this.problem, exitCode, this.more);
  }
}

/** Whoever answers there, it isn't a box: nothing of this was done. */
export class NotABox extends InputError {
  constructor(url: string) {
    super("not_a_box", {
      zh: `${url} 不是收银程序的地址，没有执行，没有扣款。请用 --url 写收银台的地址，例如 ${defaultUrl}；沙盒的地址只给 chupiao sandbox 用。`,
      en: `There is no Chupiao box at ${url}, so nothing was done and no money was taken. Give the till's address with --url, e.g. ${defaultUrl}; the sandbox's is for chupiao sandbox only.`,
    });
  }
}

export const urlOf = (target: Target): string =>
  (target.url ?? process.env["CHUPIAO_URL"] ?? defaultUrl).replace(/\/+$/, "");

export async function get<T>(target: Target, path: string): Promise<T> {
  return request<T>(target, path, { method: "GET" });
}

/** `key` stays the same over every repeat of one command, so that a repeat does nothing twice. */
export async function post<T>(
  target: Target,
  path: string,
  body: unknown = {},
  key: string = randomUUID(),
): Promise<T> {
  return request<T>(target, path, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify(body),
  });
}

export async function remove<T>(target: Target, path: string): Promise<T> {
  return request<T>(target, path, { method: "DELETE" });
}

async function request<T>(target: Target, path: string, init: RequestInit): Promise<T> {
  const url = urlOf(target);
  refuseNoAddress(url);
  const response = await fetchOrAway(url, path, init);
  const text = await response.text().catch(() => {
    throw new BoxAway(url, "broken", init.method === "GET");
  });
  const parsed = parsedOf(text);
  if (response.ok && parsed !== undefined) return parsed as T;
  if (isProblem(parsed)) throw new ApiError(parsed);
  // A proxy before the box says 5xx when it had no answer: the box may have done it all the same.
  if (response.status >= 500) throw new BoxAway(url, "broken", init.method === "GET");
  throw new NotABox(url);
}

/** What fetch itself would refuse; such an address isn't repeated where it holds a password. */
function refuseNoAddress(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed !== null && `${parsed.username}${parsed.password}` !== "")
    throw new InputError("bad_request", {
      zh: `--url 里不能有用户名和密码，没有执行，没有扣款。请写 ${defaultUrl} 这样的地址。`,
      en: `--url can't hold a user name or password, so nothing was done and no money was taken. Write an address like ${defaultUrl}.`,
    });
  if (parsed === null || !["http:", "https:"].includes(parsed.protocol))
    throw new InputError("bad_request", {
      zh: `--url ${url} 不是 http 或 https 网址，没有执行，没有扣款。请写 ${defaultUrl} 这样的地址。`,
      en: `--url ${url} is no http or https address, so nothing was done and no money was taken. Write one like ${defaultUrl}.`,
    });
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Others' problems, such as the sandbox's, say nothing about a sale. */
const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" &&
  value !== null &&
  "type" in value &&
  String(value.type).startsWith("urn:chupiao:problem:");
