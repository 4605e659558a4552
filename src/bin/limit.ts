/** An amount that is too large is told by the shop's own limit, which only the box knows. */
import { amountOverLimit } from "../core/text/input-causes.ts";
import type { TillView } from "../core/till/view.ts";
import { ApiError, get, type Target } from "./client.ts";
import { InputError } from "./output.ts";

const tooMuch: ReadonlySet<string> = new Set(["amount_too_large", "amount_over_limit"]);

/** Does it, and names the limit where that is what stands against it. */
export async function namingTheLimit<T extends Target>(
  options: T,
  deed: (options: T) => Promise<void>,
): Promise<void> {
  try {
    await deed(options);
  } catch (error) {
    const limitFen = tooMuch.has(codeOf(error)) ? await limitOf(options) : null;
    if (limitFen === null) throw error;
    throw new InputError("amount_over_limit", amountOverLimit(limitFen));
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ApiError) return error.problem.code;
  return error instanceof InputError ? error.code : "";
}

/** Null where the box can't be asked: then what was said first is all that is known. */
const limitOf = (target: Target): Promise<number | null> =>
  get<TillView>(target, "/api/till").then(
    (view) => view.amount_max_fen,
    () => null,
  );
