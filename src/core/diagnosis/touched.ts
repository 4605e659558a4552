/** Which sales a stop of the program or the computer can have touched: one begun later was never in its way. */
import type { Attempt } from "../payment/attempt.ts";
import { isLive } from "../payment/states.ts";
import { jobHasEnded } from "../printing/states.ts";
import type { SaleFacts } from "../till/can.ts";
import type { Case } from "./case.ts";
import type { Seen } from "./evidence.ts";
import { allOf, type Picture, recent } from "./picture.ts";

/** A start explains nothing that is later than this. */
const restartMs = 600_000;

/**
 * The unclean start that counts now. For one sale: that cut it off. For the box as such: one that a sale is still open
 * from, or that was only just; once everything is settled it is history.
 */
export function uncleanStart({
  picture,
  sale,
  unsettled,
  nowMs,
  settings,
}: Case): Seen<"start"> | null {
  const counts = (start: Seen<"start">): boolean => {
    if (start.fact.clean) return false;
    if (sale !== null) return touchedBy(sale, start, picture);
    return (
      nowMs - start.atMs <= settings.restartNewsMs ||
      unsettled.some((one) => isOpenFrom(one, start))
    );
  };
  return recent(picture, "start", nowMs, restartMs).findLast(counts) ?? null;
}

function touchedBy(sale: SaleFacts, start: Seen<"start">, picture: Picture): boolean {
  if (sale.sale.createdAtMs >= start.atMs) return false;
  return (
    (sale.sale.state === "open" && sale.attempts.length === 0) ||
    sale.attempts.some((one) => isCutOff(one, start, picture)) ||
    sale.jobs.some(
      (one) =>
        one.createdAtMs < start.atMs &&
        // What holds it is the reason, and not the stop before.
        one.hold === null &&
        (!jobHasEnded(one.state) || one.changedAtMs >= start.atMs),
    )
  );
}

/**
 * The charge was on the wire when the program stopped. One that had come back before without an outcome, or had ended,
 * was cut off by nothing: it was open for another reason already. What the records have as ended before the start had
 * ended before the stop: the last sign of life may be much older than that.
 */
function isCutOff(one: Attempt, start: Seen<"start">, picture: Picture): boolean {
  const { createdAtMs, openSinceMs, endedAtMs, orderNo } = one;
  if (createdAtMs >= start.atMs || (endedAtMs !== null && endedAtMs < start.atMs)) return false;
  if (openSinceMs !== null && openSinceMs < start.atMs) return false;
  return !allOf(picture, "provider_call").some(
    ({ fact, atMs }) => fact.orderNo === orderNo && isCharge(fact.asked) && atMs < start.atMs,
  );
}

const isCharge = (asked: string): boolean => asked === "pay" || asked === "precreate";

/**
 * What that stop left is still to be settled: a charge without an outcome, a paper on its way or in doubt. Not a sale
 * that took no money and waits for a button, nor a paper that the printer holds up: the stop is no reason for those.
 */
const isOpenFrom = ({ attempts, jobs }: SaleFacts, { atMs }: Seen<"start">): boolean =>
  attempts.some((one) => one.createdAtMs < atMs && isLive(one)) ||
  jobs.some((one) => one.createdAtMs < atMs && !jobHasEnded(one.state) && one.hold === null);
