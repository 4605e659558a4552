/**
 * What a charge met is told in the past once it is known what became of its money: words such as "may have been taken"
 * or "take cash" were for then. What stands in a paper's way, or in that of the next charge, is told as it is.
 */
import type { Attempt } from "../payment/attempt.ts";
import { awaitsProof } from "../payment/states.ts";
import { fill, joined, type Text } from "../text/text.ts";
import { pastText } from "../text/incident.ts";
import { type SaleFacts, strayAttempt } from "../till/can.ts";
import type { Evidence, NoticeSeen } from "./evidence.ts";
import { ofOneSale } from "./of-one-sale.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { standsInTheWay, waitsForPaper } from "./stage.ts";
import type { FindingView } from "./view.ts";

/** `over`: it was why; `next`: it stands in nobody's way now but the next sale's. */
type Tense = "now" | "over" | "next";

/** It is proven what became of everything that was sent for this sale. */
export const isMoneyKnown = (sale: SaleFacts): boolean =>
  !sale.attempts.some(awaitsProof) && strayAttempt(sale) === null;

/** Neither its money nor its paper waits for anything. */
export const isAllOver = (sale: SaleFacts): boolean =>
  isMoneyKnown(sale) && sale.sale.state !== "open" && !waitsForPaper(sale);

export function tenseOf(finding: Finding, sale: SaleFacts | null, nowMs: number): Tense {
  if (sale === null || !isMoneyKnown(sale)) return "now";
  if (sale.sale.state === "open") return isOfEndedCharge(finding, sale, nowMs) ? "over" : "now";
  if (waitsForPaper(sale) && standsInTheWay(finding.bears, "paper")) return "now";
  return isOfSale(finding, sale) ? "over" : "next";
}

/** Of the box: what one buyer or one sale met, while nobody has to see to that sale any more. */
export function isOfDoneSale(finding: Finding, unsettled: readonly SaleFacts[]): boolean {
  const fact = finding.proof?.fact;
  if (!ofOneSale.has(finding.family) || fact === undefined) return false;
  if (fact.kind === "attempt" || fact.kind === "act")
    return fact.saleId !== null && !unsettled.some(({ sale }) => sale.id === fact.saleId);
  if (fact.kind !== "provider_call" || fact.orderNo === null) return false;
  return !unsettled.some(({ attempts }) => attempts.some((one) => one.orderNo === fact.orderNo));
}

/** A charge was begun in the window. */
export const coversCharge = ({ fromMs, untilMs }: NoticeSeen, { attempts }: SaleFacts): boolean =>
  attempts.some(({ createdAtMs }) => fromMs <= createdAtMs && createdAtMs <= untilMs);

/** About this sale's own charge, act or cut, and not about the box. */
function isOfSale({ proof }: Finding, sale: SaleFacts): boolean {
  const fact = proof?.fact;
  switch (fact?.kind) {
    case "attempt":
    case "act":
    case "start":
    case "job":
      return true;
    case "notice":
      return coversCharge(fact, sale);
    case "provider_call":
      return sale.attempts.some(({ orderNo }) => orderNo === fact.orderNo);
    default:
      return false;
  }
}

/** The sale isn't paid and may be charged again: what became of its last charge is told, and what is in the way now. */
function isOfEndedCharge(finding: Finding, sale: SaleFacts, nowMs: number): boolean {
  const { proof } = finding;
  const last = sale.attempts.at(-1);
  if (last === undefined || proof === null || !isOfSale(finding, sale)) return false;
  const { fact, atMs } = proof;
  if (fact.kind === "attempt" || fact.kind === "provider_call") return !isItsEnd(proof, last);
  if (fact.kind === "notice") return fact.untilMs < nowMs;
  if (fact.kind === "job") return false;
  return atMs <= (last.endedAtMs ?? -Infinity);
}

/** The very "no" that this charge ended with, as its record or as the answer that brought it; or that it was taken back. */
export function isItsEnd({ fact }: Evidence, last: Attempt): boolean {
  if (fact.kind === "attempt")
    return fact.orderNo === last.orderNo || fact.unpaidEnd === "rolled_back";
  return (
    fact.kind === "provider_call" &&
    fact.orderNo === last.orderNo &&
    last.unpaidEnd === "declined" &&
    last.code?.subCode === fact.subCode
  );
}

/** `advice`: the sale's own, that says where the money is and what to do. */
export const toldAsOver = (finding: FindingView, advice: Text): FindingView => ({
  ...finding,
  over: true,
  explain: fill(pastText.ofSale, { title: finding.title }),
  next_step: advice,
});

/** Where no sale's own advice is at hand. */
export function toldAsOverOfBox(finding: FindingView, words: Text = pastText.ofBox): FindingView {
  const explain = fill(words, { title: finding.title });
  return { ...finding, over: true, explain, next_step: explain };
}

export const toldForNext = (finding: FindingView): FindingView => ({
  ...finding,
  explain: pastText.notThisSale,
  next_step: fill(pastText.forNext, { step: finding.next_step }),
});

/** The sale is over, and what the shop itself was refused for waits for the next one. The sale's own advice may say it already. */
export const stillForNext = (over: FindingView, step: Text): FindingView =>
  over.next_step.zh.includes(step.zh)
    ? over
    : { ...over, next_step: joined(over.next_step, fill(pastText.forNext, { step })) };

/**
 * What stands in this sale's own way now. Once its money is known, that is what the paper waits for, or the very "no" that
 * its last charge ended with; whatever else is found is for the next one.
 */
export function leadOf({ first }: Diagnosis, sale: SaleFacts | null): Finding | null {
  if (first === null || sale === null || !isMoneyKnown(sale)) return first;
  if (sale.sale.state === "paid")
    return waitsForPaper(sale) && standsInTheWay(first.bears, "paper") ? first : null;
  const last = sale.attempts.at(-1);
  if (last === undefined) return first;
  return first.proof !== null && isItsEnd(first.proof, last) ? first : null;
}

/** Of a sale that is over what concerned it leads, before what the box has now. */
export function leading(diagnosis: Diagnosis, sale: SaleFacts | null): Finding | null {
  if (sale === null || !isAllOver(sale)) return diagnosis.first;
  const all = diagnosis.families.flatMap(({ findings }) => findings);
  const own = all.filter((one) => isOfSale(one, sale)).toSorted((a, b) => a.rank - b.rank);
  return own.find(({ cause }) => cause === diagnosis.first?.cause) ?? own[0] ?? diagnosis.first;
}
