/** Which of the operator's acts still count: those of this sale, and those after which nothing went on. */
import { isLive } from "../../payment/states.ts";
import type { SaleFacts } from "../../till/can.ts";
import type { Case } from "../case.ts";
import type { OperatorAct, Seen } from "../evidence.ts";
import { allOf, recent } from "../picture.ts";

/** The newest act of each kind. An act of no sale counts until the next charge begins. */
export function actsThatCount(
  given: Case,
  kinds: ReadonlySet<OperatorAct>,
): readonly Seen<"act">[] {
  const { picture, sale, nowMs, settings } = given;
  const chargedAtMs = Math.max(
    0,
    ...allOf(picture, "attempt").map(({ fact, atMs }) =>
      sale === null || fact.saleId === sale.sale.id ? atMs : 0,
    ),
  );
  const acts = recent(
    picture,
    "act",
    nowMs,
    sale === null ? settings.freshMs : settings.freshMs * 10,
  );
  const own = acts.filter(({ fact, atMs }) => {
    if (!kinds.has(fact.act)) return false;
    if (sale === null) return atMs >= chargedAtMs;
    if (fact.saleId !== null) return fact.saleId === sale.sale.id && isWhy(fact.act, atMs, sale);
    // Once it was charged, what is scanned next is about the next customer.
    return sale.attempts.length === 0 && atMs >= sale.sale.createdAtMs;
  });
  const newest = new Map<OperatorAct, Seen<"act">>();
  for (const one of own) newest.set(one.fact.act, one);
  return [...newest.values()];
}

/**
 * An open charge was sent: of what was pressed only the stop explains why it has no outcome; that it was to be charged again
 * is named, for that is what must not go on. What was refused before a charge is no reason for what became of that one.
 */
function isWhy(act: OperatorAct, atMs: number, { attempts }: SaleFacts): boolean {
  const last = attempts.at(-1);
  if (last === undefined) return true;
  if (act === "stopped" || (act === "charge_while_open" && isLive(last)))
    return atMs >= last.createdAtMs;
  return !isLive(last) && atMs >= (last.endedAtMs ?? last.createdAtMs);
}
