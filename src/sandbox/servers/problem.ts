/** Refusals of the sandbox's control interfaces: RFC 9457 problems with a stable code. */
import type { FastifyReply } from "fastify";
import type { z } from "zod";

export function refuse(
  reply: FastifyReply,
  status: number,
  code: string,
  detail: string,
): FastifyReply {
  return reply
    .code(status)
    .type("application/problem+json; charset=utf-8")
    .send({ type: "about:blank", title: code, status, code, detail });
}

/** Which fields are wrong, in one sentence a field. */
export const whatIsWrong = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ");
