/**
 * Why is there no receipt? All nine families, each confirmed, suspected, ruled out or not known yet, with the evidence
 * that says so. Pure and total: any evidence in any order gives an answer.
 */
import { awaitsProof } from "../payment/states.ts";
import type { CauseFamily } from "../till/view.ts";
import type { Case, Judge, Judgement, Suspicion } from "./case.ts";
import { apiOf } from "./api-of.ts";
import { CAUSES, codeCauseRow, isNamed } from "./causes/causes.ts";
import type { CauseRow } from "./causes/row.ts";
import { amountOrInput } from "./families/amount-or-input.ts";
import { buyerAccount } from "./families/buyer-account.ts";
import { device } from "./families/device.ts";
import { maintenance } from "./families/maintenance.ts";
import { merchant } from "./families/merchant.ts";
import { network } from "./families/network.ts";
import { operation } from "./families/operation.ts";
import { providerApi } from "./families/provider-api.ts";
import { system } from "./families/system.ts";
import type { Diagnosis, FamilyAnswer, Finding } from "./finding.ts";
import { ofOneSale } from "./of-one-sale.ts";
import { canProve } from "./proof.ts";
import { toldOf } from "./whose.ts";
import { bearsNow, stageOf, standsInTheWay } from "./stage.ts";

/** In the order of the cashier's guide. */
const JUDGES: Readonly<Record<CauseFamily, Judge>> = {
  network,
  device,
  buyer_account: buyerAccount,
  amount_or_input: amountOrInput,
  system,
  provider_api: providerApi,
  operation,
  merchant,
  maintenance,
};

export const FAMILIES = Object.keys(JUDGES) as readonly CauseFamily[];

export function diagnose(given: Case): Diagnosis {
  const families = FAMILIES.map((family) => answerOf(family, JUDGES[family](given), given));
  const ranked = families.flatMap((one) => one.findings).toSorted(byUrgency(given));
  return { atMs: given.nowMs, families, ranked, first: ranked[0] ?? null };
}

/** The same judgement, for what concerns no sale: what to act on first is never about one. */
export function ofTheBox(diagnosis: Diagnosis): Diagnosis {
  const ranked = diagnosis.ranked.filter((one) => !ofOneSale.has(one.family));
  return { ...diagnosis, ranked, first: ranked[0] ?? null };
}

function answerOf(family: CauseFamily, judgement: Judgement, given: Case): FamilyAnswer {
  const findings = judgement.suspicions
    .map((one) => findingOf(family, one, given))
    .toSorted(byUrgency(given));
  const [top] = findings;
  if (top !== undefined)
    return { family, verdict: top.verdict, findings, against: [], asking: null };
  const { asking } = judgement;
  const against = judgement.against.map(toldOf(given.sale, given.unsettled));
  return against.length > 0
    ? { family, verdict: "ruled_out", findings: [], against, asking: null }
    : { family, verdict: "not_known", findings: [], against: [], asking };
}

function findingOf(family: CauseFamily, one: Suspicion, given: Case): Finding {
  const { sale, unsettled } = given;
  const row = rowOf(family, one);
  const about = sale === null ? unsettled : [sale];
  const isOpen = about.some((each) => each.attempts.some(awaitsProof));
  const advice = isOpen ? (row.nextStepOpen ?? row.nextStep) : row.nextStep;
  const { title, explain, nextStep } = { ...row, nextStep: advice, ...one.words };
  return {
    family,
    cause: one.cause,
    verdict: one.proof !== null && canProve(one.proof) ? "confirmed" : "suspected",
    bears: bearsNow(row, given),
    title,
    explain,
    fixer: row.fixer,
    nextStep,
    guide: row.guide,
    rank: one.rank ?? row.rank,
    sinceMs: one.sinceMs,
    evidence: one.because.map(toldOf(sale, unsettled)),
    ...(one.isPast === true ? { isPast: true as const } : {}),
    proof: one.proof,
  };
}

function rowOf(family: CauseFamily, { cause, proof, hint }: Suspicion): CauseRow {
  if (isNamed(cause)) return CAUSES[cause];
  const fact = (proof ?? hint)?.fact;
  const isCode = fact?.kind === "attempt" || fact?.kind === "provider_call";
  const asked = fact?.kind === "provider_call" ? apiOf(fact.asked) : undefined;
  const row = isCode && fact.code !== null ? codeCauseRow(fact.code, fact.subCode, asked) : null;
  return row ?? { ...CAUSES.unlisted_code, family };
}

/**
 * Of the box: what one sale met or a person did, while that sale needs nobody any more, stands in nothing's way now. What
 * was pressed for no sale is newer than any sale that is over.
 */
function isOver({ family, proof }: Finding, { sale, unsettled }: Case): 0 | 1 | 2 {
  if (sale !== null || !ofOneSale.has(family)) return 0;
  const fact = proof?.fact;
  const saleId = fact !== undefined && "saleId" in fact ? fact.saleId : null;
  if (unsettled.some((one) => one.sale.id === saleId)) return 0;
  return fact?.kind === "act" && saleId === null ? 1 : 2;
}

/** What stands in the way of this sale's next step, then what is proven, then what is nearest to the root. */
function byUrgency(given: Case): (a: Finding, b: Finding) => number {
  const stage = stageOf(given.sale);
  const weight = (one: Finding): number =>
    isOver(one, given) * 8_000 +
    (standsInTheWay(one.bears, stage) ? 0 : 4_000) +
    (one.verdict === "confirmed" ? 0 : 2_000) +
    one.rank;
  return (a, b) => weight(a) - weight(b) || a.sinceMs - b.sinceMs;
}
