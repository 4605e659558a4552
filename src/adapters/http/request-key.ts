/** The Idempotency-Key of a request, with the hash of what was asked with it. */
import type { FastifyRequest } from "fastify";
import type { SaleInput } from "../../ports/till.ts";
import { inputHashOf } from "./input-hash.ts";

export function keyOf(request: FastifyRequest): string | null {
  const key = request.headers["idempotency-key"];
  return typeof key === "string" && key !== "" ? key : null;
}

/** Null without an Idempotency-Key. */
export function requestOf(
  request: FastifyRequest,
  body: Readonly<Record<string, unknown>>,
): SaleInput["request"] {
  const key = keyOf(request);
  return key === null ? null : { key, inputHash: inputHashOf(request.routeOptions.url, body) };
}
