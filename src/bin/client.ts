/** The command line's way to the box: its API, with errors that say what to do. */
import { randomUUID } from "node:crypto";
import type { Text } from "../core/text/text.ts";
import { InputError } from "./input-error.ts";
import type { Problem } from "../core/till/view.ts";

export const defaultUrl = "http://127.0.0.1:7080";

export interface Target {
  readonly url?: string;
  readonly json?: boolean;
}

export class ApiError extends Error {
  readonly problem: Problem;
  /** What the command exits with where nothing better says it. */
  readonly exitCode: number;
  constructor(problem: Problem, exitCode = 1) {
    super(problem.text.zh);
    this.problem = problem;
    this.exitCode = exitCode;
  }

  exitingWith(exitCode: number): ApiError {
    return new ApiError(this.problem, exitCode);
  }
}

/** The request may or may not have reached the box. */
export class BoxAway extends Error {
  /** Proven: nobody was listening, so nothing was sent. */
  readonly neverConnected: boolean;
  readonly text: Text;
  constructor(url: string, neverConnected: boolean) {
    const text = neverConnected
      ? {
          zh: `${url} 没有应答：收银程序没有在运行。请先运行 npm start。`,
          en: `${url} doesn't answer: the box isn't running there. Start it with npm start.`,
        }
      : { zh: `${url} 的连接断了。`, en: `The connection to ${url} broke.` };
    super(`${text.zh} (${text.en})`);
    this.text = text;
    this.neverConnected = neverConnected;
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
  if (!URL.canParse(url))
    throw new InputError("bad_request", {
      zh: `--url ${url} 不是网址，例如 ${defaultUrl}`,
      en: `--url ${url} is no address; write one like ${defaultUrl}`,
    });
  let response: Response;
  try {
    response = await fetch(`${url}${path}`, init);
  } catch (error) {
    throw new BoxAway(url, codeOf(error) === "ECONNREFUSED");
  }
  const text = await response.text().catch(() => {
    throw new BoxAway(url, false);
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new InputError("not_a_box", {
      zh: `${url} 不是收银程序的地址。`,
      en: `There is no Chupiao box at ${url}.`,
    });
  }
  if (!response.ok) throw new ApiError(parsed as Problem);
  return parsed as T;
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error && "code" in error.cause
    ? error.cause.code
    : null;
