/** Which of the operator's acts still count: those of this sale, and those after which nothing went on. */
import { isLive } from "../../payment/states.ts";
import type { AmountRefusal } from "../../money/money.ts";
import { AMOUNT_CAUSES } from "../../text/input-causes.ts";
import type { SaleFacts } from "../../till/can.ts";
import type { Case, Suspicion } from "../case.ts";
import type { OperatorAct, Seen } from "../evidence.ts";
import { lineOf } from "../lines.ts";
import { allOf, recent } from "../picture.ts";

export const mistakes: ReadonlySet<OperatorAct> = new Set([
  "code_scanned_twice",
  "code_scanned_without_amount",
  "amount_left",
  "charge_while_open",
  "sale_left_half_way",
  "stopped",
]);

export const refusedInput: ReadonlySet<OperatorAct> = new Set([
  "code_is_product",
  "code_of_other_wallet",
  "code_unreadable",
  "amount_unreadable",
]);

/** Before there is a sale: whatever sale was or is there, this is nobody's. */
const ofNoSale: ReadonlySet<OperatorAct> = new Set([
  "amount_unreadable",
  "amount_left",
  "code_scanned_without_amount",
]);

const all: ReadonlySet<OperatorAct> = new Set([...mistakes, ...refusedInput]);

/** Something else was tried since: it is told after what was done last. */
const afterNewest = 64;

/** What was done last leads, whichever of the two families it is of. A stop is no try: it is why the charge ended. */
export function actSuspicions(given: Case, kinds: ReadonlySet<OperatorAct>): readonly Suspicion[] {
  const newestMs = Math.max(...actsThatCount(given, all).map(({ atMs }) => atMs));
  return actsThatCount(given, kinds).map((seen) => ({
    cause: seen.fact.act,
    proof: isNoReason(seen, given) ? null : seen,
    because: [lineOf(seen)],
    sinceMs: seen.atMs,
    ...wordsOf(seen),
    ...(seen.atMs < newestMs && seen.fact.act !== "stopped" ? { rank: afterNewest } : {}),
  }));
}

/** A refused amount is named by what refused it. */
function wordsOf({ fact: { refusal } }: Seen<"act">): Pick<Suspicion, "words"> {
  if (refusal === null || !isAmountRefusal(refusal)) return {};
  const { title, todo } = AMOUNT_CAUSES[refusal];
  return { words: { title, nextStep: todo } };
}

const isAmountRefusal = (refusal: string): refusal is AmountRefusal =>
  Object.hasOwn(AMOUNT_CAUSES, refusal);

/** It was stopped in time, so it can't be proven to be why the first charge has no outcome. */
const isNoReason = ({ fact }: Seen<"act">, { sale }: Case): boolean =>
  fact.act === "charge_while_open" && (sale?.attempts.some(isLive) ?? false);

/** The newest act of each kind. An act of no sale counts until the next charge begins. */
function actsThatCount(given: Case, kinds: ReadonlySet<OperatorAct>): readonly Seen<"act">[] {
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
    return !ofNoSale.has(fact.act) && sale.attempts.length === 0 && atMs >= sale.sale.createdAtMs;
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
