/**
 * An incident (未出票事件): opened by the system when a promise wasn't kept, following the facts, and closed by the system
 * when money and paper are settled. Pure: what opens, changes and closes is decided here and made durable by the caller.
 */
import type { Fen } from "../money/money.ts";
import type { Text } from "../text/text.ts";
import { isLive } from "../payment/states.ts";
import { waitsForEReceipt } from "../printing/job.ts";
import { isTakenBack, isWithheld, newestPaper, type SaleFacts } from "../till/can.ts";
import type { CauseFamily } from "../till/view.ts";
import { familyView } from "./build-view.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import type { Gate } from "./gate.ts";
import { coversCharge, isItsEnd } from "./past.ts";
import { rootTurns } from "./root.ts";
import { endOf } from "./incident-end.ts";
import type { DiagnosisSettings } from "./settings.ts";
import { type Stage, stageOf, standsInTheWay, waitsForPaper } from "./stage.ts";
import type { FamilyView, IncidentEnd, IncidentWhy } from "./view.ts";

/** One turn in what is believed to be the cause. */
export interface Turn {
  readonly atMs: number;
  readonly family: CauseFamily;
  readonly cause: string;
  readonly verdict: "confirmed" | "suspected";
  readonly title: Text;
  /** What the sale waited for then; of the box's own case, and of what an older version kept, it isn't told. */
  readonly stage?: Exclude<Stage, "any">;
  /** It began after the promise was broken: it may keep the sale open, and isn't why. */
  readonly isLater?: true;
}

export interface Ended {
  readonly how: IncidentEnd;
  readonly fixedBy: Text;
  readonly tookMs: number;
}

export interface Incident {
  readonly id: string;
  readonly caseNo: string;
  readonly why: IncidentWhy;
  readonly saleId: string | null;
  readonly orderNo: string | null;
  readonly amountFen: Fen | null;
  readonly openedAtMs: number;
  /** When the customer began to wait for what didn't come; of the box's own case, and of an older version's, it isn't told. */
  readonly waitsSinceMs?: number;
  readonly closedAtMs: number | null;
  /** How the first cause changed, oldest first; bounded. */
  readonly turns: readonly Turn[];
  readonly escalatedAtMs: number | null;
  readonly ended: Ended | null;
  /** All nine families as they stood when the cause that it is about was found last, or when help was called. */
  readonly judged: readonly FamilyView[] | null;
}

const turnsMax = 30;

/** A window that was announced and has begun: nobody learns more by waiting for the promise to break. */
export const isAnnounced = ({ first }: Diagnosis): boolean =>
  first !== null && first.family === "maintenance" && first.verdict === "confirmed";

/**
 * Why this sale's promise is broken now, or null. `isCutOff`: it is proven that nothing reaches the provider now, or
 * that it is being worked on.
 */
export function brokenPromise(
  sale: SaleFacts,
  settings: DiagnosisSettings,
  nowMs: number,
  isCutOff = false,
): IncidentWhy | null {
  const live = sale.attempts.find(isLive);
  const stray = sale.attempts.some((one) => one.latePayment !== null);
  if (live !== undefined) {
    const sinceMs = live.sentAtMs ?? live.createdAtMs;
    const waitsForBuyer = live.state === "awaiting_buyer";
    const usualMs = waitsForBuyer || live.method === "qr" ? settings.buyerMs : settings.outcomeMs;
    // Where it is proven that nothing gets through, nobody has to wait for the promise to break.
    const patienceMs = isCutOff && !waitsForBuyer ? settings.graceMs : usualMs;
    return nowMs - sinceMs >= patienceMs ? "outcome_late" : null;
  }
  if (sale.sale.state === "paid") return brokenPaper(sale, settings, nowMs);
  const last = sale.attempts.at(-1);
  if (stray || sale.sale.state === "paid_otherwise" || sale.sale.state === "abandoned") return null;
  if (last === undefined)
    return nowMs - sale.sale.createdAtMs >= settings.leftMs ? "outcome_late" : null;
  if (isTakenBack(sale)) return "payment_taken_back";
  // A sale of one charge has ended with it, and was refused all the same.
  return last.unpaidEnd === "declined" ? "payment_refused" : null;
}

function brokenPaper(
  sale: SaleFacts,
  settings: DiagnosisSettings,
  nowMs: number,
): IncidentWhy | null {
  const { receipt } = sale;
  const job = newestPaper(sale);
  if (job === null || (receipt !== null && (receipt.openedAtMs !== null || receipt.void)))
    return null;
  if (waitsForEReceipt(job) || isWithheld(sale, job)) return null;
  const ageMs = nowMs - job.changedAtMs;
  if (job.hold !== null && job.state !== "confirmed")
    return ageMs >= settings.graceMs && job.hold !== "no_printer" ? "printer_cannot" : null;
  if (job.state === "doubtful") return ageMs >= settings.graceMs ? "receipt_late" : null;
  const isOpen = job.state === "queued" || job.state === "sending" || job.state === "held";
  return isOpen && nowMs - job.createdAtMs >= settings.receiptMs ? "receipt_late" : null;
}

export interface Opening {
  readonly id: string;
  readonly caseNo: string;
  readonly why: IncidentWhy;
  readonly sale: SaleFacts | null;
  readonly diagnosis: Diagnosis;
  readonly nowMs: number;
}

export function openIncident({ id, caseNo, why, sale, diagnosis, nowMs }: Opening): Incident {
  return follow(
    {
      id,
      caseNo,
      why,
      saleId: sale?.sale.id ?? null,
      orderNo: sale?.attempts.at(-1)?.orderNo ?? null,
      amountFen: sale?.sale.amountFen ?? null,
      openedAtMs: nowMs,
      ...(sale === null ? {} : { waitsSinceMs: Math.min(waitsSinceMs(sale), nowMs) }),
      closedAtMs: null,
      turns: [],
      escalatedAtMs: null,
      ended: null,
      judged: null,
    },
    diagnosis,
    sale,
  );
}

/** Its newest charge, or the paper of one that is paid. */
function waitsSinceMs(facts: SaleFacts): number {
  const job = facts.sale.state === "paid" ? newestPaper(facts) : null;
  return job?.createdAtMs ?? facts.attempts.at(-1)?.createdAtMs ?? facts.sale.createdAtMs;
}

/** The same incident where nothing turned, so that nothing needs to be written. */
export function follow(before: Incident, diagnosis: Diagnosis, sale: SaleFacts | null): Incident {
  const orderNo = sale?.attempts.at(-1)?.orderNo ?? before.orderNo;
  const { first, atMs } = diagnosis;
  const isNews = first !== null && explains(first, before, sale);
  const turns = isNews ? withTurn(before, turnOf(first, before, sale, atMs)) : before.turns;
  if (turns === before.turns && orderNo === before.orderNo) return before;
  if (turns === before.turns) return { ...before, orderNo };
  return { ...before, orderNo, turns, judged: judgedWith(before, turns, diagnosis) };
}

/** What is suspected later, or passed by on the way back, doesn't take the place of the root. */
function judgedWith(
  { judged }: Incident,
  turns: readonly Turn[],
  diagnosis: Diagnosis,
): readonly FamilyView[] | null {
  const [main, other] = rootTurns(turns);
  const last = turns.at(-1)?.cause;
  const now = diagnosis.families.map(familyView);
  if (judged === null || last === main?.cause) return now;
  if (last !== other?.cause) return judged;
  return judged.map((one) => {
    const found = now.find(({ family }) => family === other?.family);
    if (found === undefined || one.family !== found.family) return one;
    const before = one.findings.filter(({ cause }) => cause !== last);
    return {
      ...found,
      findings: [...found.findings.filter((each) => each.cause === last), ...before],
    };
  });
}

/** What begins so soon after the promise broke may have broken it: nobody sees everything at once. */
const seenLateMs = 5_000;

function turnOf(first: Finding, before: Incident, sale: SaleFacts | null, atMs: number): Turn {
  const { family, cause, verdict, title, sinceMs } = first;
  const turn = { atMs, family, cause, verdict, title };
  const stage = stageOf(sale);
  if (stage === "any") return turn;
  const isLater = stage === "payment" && sinceMs > before.openedAtMs + seenLateMs;
  return { ...turn, stage, ...(isLater ? { isLater } : {}) };
}

/** A window that began after every charge, or ended before, kept none of them from being answered. */
const isInItsTime = ({ proof }: Finding, sale: SaleFacts): boolean =>
  proof?.fact.kind !== "notice" || coversCharge(proof.fact, sale);

/**
 * What is found after the outcome was proven is no reason why it was missing. Then only the proof itself counts, and
 * for a paper that doesn't come what stands in the paper's way.
 */
function explains(first: Finding, { why }: Incident, sale: SaleFacts | null): boolean {
  if (sale === null) return true;
  if (sale.attempts.some(isLive))
    return standsInTheWay(first.bears, "payment") && isInItsTime(first, sale);
  if (sale.sale.state === "paid") {
    const isLate = why === "receipt_late" || why === "printer_cannot" || isPaperStuck(sale);
    return isLate && waitsForPaper(sale) && standsInTheWay(first.bears, "paper");
  }
  const last = sale.attempts.at(-1);
  if (last === undefined) return sale.sale.state === "open";
  return first.proof !== null && isItsEnd(first.proof, last);
}

function isPaperStuck(sale: SaleFacts): boolean {
  const job = newestPaper(sale);
  return job !== null && (job.hold !== null || job.state === "doubtful");
}

function withTurn({ turns }: Incident, turn: Turn): readonly Turn[] {
  const last = turns.at(-1);
  const isSame = last?.cause === turn.cause && last.verdict === turn.verdict;
  if (isSame && last.stage === turn.stage) return turns;
  // Flapping back to what was found before is no news once the list is full.
  return turns.length < turnsMax ? [...turns, turn] : turns;
}

/** An unpaid sale keeps nobody waiting once its last charge has ended; somebody may put it aside much later. */
const settledMs = ({ sale, attempts }: SaleFacts): number | null =>
  sale.state === "paid" ? null : (attempts.at(-1)?.endedAtMs ?? null);

/**
 * Closes it when money and paper are settled, or its light is no longer red; else null. `isLeft`: the till has begun
 * another sale since its last charge.
 */
export function closeIncident(
  incident: Incident,
  sale: SaleFacts | null,
  gate: Gate,
  nowMs: number,
  isLeft = false,
): Incident | null {
  const how = endOf(incident, sale, gate, isLeft);
  if (how === null) return null;
  const untilMs = Math.min(nowMs, (sale === null ? null : settledMs(sale)) ?? nowMs);
  const tookMs = Math.max(0, untilMs - (incident.waitsSinceMs ?? incident.openedAtMs));
  return { ...incident, closedAtMs: nowMs, ended: { ...how, tookMs } };
}
