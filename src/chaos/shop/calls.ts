/** Calls to box and sandbox, and the two ways in which they don't succeed. */

/** Nobody answered, or not to the end: whether anything was done, the caller can't know. */
export class Away extends Error {}

/** It answered, and refused; `code` is the problem's. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, text: string) {
    super(text);
    this.status = status;
    this.code = code;
  }
}

/** Away, or an answer that says so: worth asking again later. */
export const isTrouble = (error: unknown): boolean =>
  error instanceof Away || (error instanceof Refused && error.status >= 500);

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

const answerMsMax = 8_000;

/** Rejects with Away or Refused and with nothing else. */
export async function call<T>(
  url: string,
  method: Method,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const { status, text } = await exchange(url, method, body, headers);
  if (status < 400) return (text === "" ? null : parsed(text)) as T;
  throw new Refused(status, codeOf(text), `${method} ${url}: ${status} ${text.slice(0, 300)}`);
}

async function exchange(
  url: string,
  method: Method,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly text: string }> {
  const json = body === undefined ? {} : { "content-type": "application/json" };
  try {
    const response = await fetch(url, {
      method,
      headers: { ...json, ...headers },
      redirect: "manual",
      signal: AbortSignal.timeout(answerMsMax),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const why = error instanceof Error ? (error.cause ?? error) : error;
    throw new Away(`${method} ${url}: ${String(why)}`, { cause: error });
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const codeOf = (text: string): string => {
  const problem = parsed(text);
  return typeof problem === "object" && problem !== null && "code" in problem
    ? String(problem.code)
    : "";
};

/** Waits until it holds, asking again; false when the time is over. What is away just doesn't hold yet. */
export async function eventually(
  holds: () => Promise<boolean>,
  limitMs: number,
  everyMs = 100,
): Promise<boolean> {
  const endsAtMs = performance.now() + limitMs;
  while (performance.now() < endsAtMs) {
    if (await holds().catch(() => false)) return true;
    await pause(everyMs);
  }
  return false;
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
