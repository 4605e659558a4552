/** Talks to the box: one press is one key, kept over every retry, so that a lost answer never acts twice. */
import { frameText } from "../../core/text/frame.ts";
import type { Text } from "../../core/text/text.ts";
import type { Problem } from "../../core/till/view.ts";
import { newKey } from "./ids.ts";

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly text: Text };

/** Waits between tries of one press; a box that restarts is back within seconds. */
const retryWaitsMs = [300, 700, 1500, 3000, 5000, 8000] as const;

/** The gateway in front, or the box while it starts, couldn't answer: asking again with the same key is safe. */
const passing: ReadonlySet<number> = new Set([502, 503, 504]);

/** POSTs and gives the reply or the problem's text. Retries with the same Idempotency-Key while nobody answers. */
export async function post<T>(path: string, body: object = {}): Promise<Answer<T>> {
  const key = newKey();
  for (const waitMs of [...retryWaitsMs, null]) {
    const answer = await ask<T>(path, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
    });
    if (answer !== null) return answer;
    if (waitMs !== null) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return { ok: false, code: "box_unreachable", text: frameText.requestFailed };
}

/** Removes what `path` names. Asked once: a repeat of what is gone would only say so. */
export async function remove(path: string): Promise<Answer<unknown>> {
  const answer = await ask(path, { method: "DELETE", headers: { accept: "application/json" } });
  return answer ?? { ok: false, code: "box_unreachable", text: frameText.requestFailed };
}

export async function get<T>(path: string): Promise<Answer<T>> {
  const answer = await ask<T>(path, { headers: { accept: "application/json" } });
  return answer ?? { ok: false, code: "box_unreachable", text: frameText.away };
}

/** One request; null when nobody answered, so that nothing is known. */
async function ask<T>(path: string, request: RequestInit): Promise<Answer<T> | null> {
  try {
    const response = await fetch(path, request);
    if (passing.has(response.status)) return null;
    const text = await response.text();
    const value: unknown = text === "" ? null : JSON.parse(text);
    // The box's own types stand behind its API; nothing else serves this page.
    if (response.ok) return { ok: true, value: value as T };
    return { ok: false, ...problemOf(value) };
  } catch {
    return null;
  }
}

function problemOf(value: unknown): { code: string; text: Text } {
  const problem = value as Partial<Problem> | null;
  const plain = problem?.detail ?? problem?.title ?? "";
  return {
    code: problem?.code ?? "problem",
    text: problem?.text ?? (plain === "" ? frameText.requestFailed : { zh: plain, en: plain }),
  };
}
