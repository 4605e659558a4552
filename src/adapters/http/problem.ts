/** Errors of the API: RFC 9457 problems with our own stable code and the text a person reads. */
import type { FastifyReply } from "fastify";
import { type RefusalCode, REFUSALS } from "../../core/rules/refusals.ts";
import { fill, type Text } from "../../core/text/text.ts";
import type { Problem } from "../../core/till/view.ts";

export function problemOf(
  code: RefusalCode,
  values: Readonly<Record<string, string | number>> = {},
): Problem {
  const { status, text } = REFUSALS[code];
  const filled: Text = fill(text, values);
  return {
    type: `urn:chupiao:problem:${code}`,
    title: code.replaceAll("_", " "),
    status,
    detail: filled.en,
    code,
    text: filled,
  };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type("application/problem+json").send(problem);
}

/** Thrown inside a route; the one error handler turns it into its problem. */
export class RefusedError extends Error {
  readonly problem: Problem;
  constructor(code: RefusalCode, values: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.problem = problemOf(code, values);
  }
}

/** The value of an answer, or its refusal as a problem. */
export function valueOf<T>(
  answer:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly refusal: RefusalCode },
): T {
  if (!answer.ok) throw new RefusedError(answer.refusal);
  return answer.value;
}

/** Names the field that the schema refused. */
export function badRequest(field: string, why: string): Problem {
  const problem = problemOf("bad_request");
  const where = field === "" ? "body" : field;
  return {
    ...problem,
    detail: `${problem.detail} ${where}: ${why}`,
    text: { zh: `${problem.text.zh}（${where}）`, en: `${problem.text.en} (${where}: ${why})` },
  };
}
