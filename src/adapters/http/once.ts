/**
 * Idempotency-Key for commands: the same key and input get the same answer while the box runs, also when the first is
 * still on its way. Sales, refunds and day closes are kept in the journal as well; for the rest a repeat after a restart finds the
 * state table against it, or makes one more paper that is marked as a copy.
 */
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { RefusedError } from "./problem.ts";

interface Kept {
  readonly inputHash: string;
  readonly answer: Promise<unknown>;
}

const keptMax = 5_000;

export class Once {
  readonly #kept = new Map<string, Kept>();

  /** The answer of `act`, or of the earlier request with this key. A refusal isn't kept: it may be asked again. */
  async do<T>(request: FastifyRequest, act: () => Promise<T>): Promise<T> {
    const key = request.headers["idempotency-key"];
    if (typeof key !== "string" || key === "") return act();
    const inputHash = createHash("sha256")
      .update(`${request.method} ${request.url}\n${JSON.stringify(request.body)}`)
      .digest("hex");
    const known = this.#kept.get(key);
    if (known !== undefined) {
      if (known.inputHash !== inputHash) throw new RefusedError("idempotency_key_reused");
      return known.answer as Promise<T>;
    }
    const answer = act();
    this.#kept.set(key, { inputHash, answer });
    answer.catch(() => this.#kept.delete(key));
    this.#forgetOldest();
    return answer;
  }

  #forgetOldest(): void {
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > keptMax && oldest.done !== true) this.#kept.delete(oldest.value);
  }
}

/** Refuses keys that no client would make. */
export function guardKeys(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    const key = request.headers["idempotency-key"];
    if (typeof key === "string" && key.length > 255) throw new RefusedError("bad_request");
  });
}
