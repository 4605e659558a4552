/**
 * A sale whose outcome or receipt isn't settled in time: the money first, then what is known of why, how sure it is and
 * by what evidence, and the steps of the fix. The sale's own state stays; this says more about it.
 */
import { isInterrupted, isTrustedMute } from "../printing/job.ts";
import { END_TEXTS, VERDICT_TEXTS } from "../text/diagnosis.ts";
import type { FamilyView, FindingView, GuideDo, IncidentView } from "../diagnosis/view.ts";
import { durationText, incidentText } from "../text/incident.ts";
import { fill, joined, type Text } from "../text/text.ts";
import { tillText } from "../text/till.ts";
import { act } from "./acts.ts";
import { clockText } from "./clock.ts";
import { nearGuide } from "./guide-part.ts";
import type { Act, ActId, IncidentPart, MoneyLine, Screen, ScreenKind } from "./parts.ts";
import { isTakenElsewhere } from "./taken-elsewhere.ts";
import type { SaleView } from "./view.ts";

const t = incidentText;

/** Where the money is while this screen is shown; only these screens can have an open incident. */
const MONEY: Partial<Record<ScreenKind, MoneyLine>> = {
  charging: { tone: "care", icon: "dots", text: tillText.confirmingHead },
  awaiting_buyer: { tone: "care", icon: "dots", text: tillText.confirmingHead },
  confirming: { tone: "care", icon: "dots", text: tillText.confirmingHead },
  reversing: { tone: "care", icon: "back", text: tillText.reversingHead },
  paid: { tone: "good", icon: "tick", text: tillText.paidKeep },
  held: { tone: "good", icon: "tick", text: tillText.paidKeep },
  doubtful: { tone: "good", icon: "tick", text: tillText.paidKeep },
  declined: { tone: "calm", icon: "cross", text: t.notCharged },
  not_sent: { tone: "calm", icon: "cross", text: t.notCharged },
  rolled_back: { tone: "bad", icon: "alert", text: t.takenBack },
};

/** While a payment that was taken back isn't dealt with, no charge in vain after it is the whole of the matter. */
const MONEY_TAKEN_BACK: typeof MONEY = Object.fromEntries(
  (["declined", "not_sent", "reversed", "rolled_back"] as const).map((kind) => [
    kind,
    { tone: "bad", icon: "alert", text: t.takenBack },
  ]),
);

const moneyOn = (kind: ScreenKind, { why }: IncidentView): MoneyLine | undefined =>
  (why === "payment_taken_back" ? MONEY_TAKEN_BACK[kind] : undefined) ?? MONEY[kind];

/** A question to the person who can see the paper, and a "no" of the provider, name the matter themselves. */
const OWN_HEADLINE: ReadonlySet<ScreenKind> = new Set([
  "doubtful",
  "declined",
  "not_sent",
  "reversed",
  "rolled_back",
]);

const ORDINARY: ReadonlySet<ScreenKind> = new Set(["charging", "awaiting_buyer", "not_sent"]);

export function withIncident(screen: Screen, given: IncidentView | null, sale: SaleView): Screen {
  if (given === null || given.sale_id !== sale.sale_id) return screen;
  const incident = screen.kind === "declined" ? ofRefusal(given, sale) : given;
  if (incident.closed_at !== null) return solved(screen, incident, sale);
  // What to do is known for sure; an incident is open for want of a restart, or of the paper.
  if (isTakenElsewhere(sale) || sale.contradicted) return { ...screen, incident: partOf(incident) };
  // The receipt is there; the incident is about to close by itself.
  if (screen.kind === "paid" && sale.receipt?.job?.state === "confirmed") return screen;
  // What an earlier charge was refused for says nothing of this one, which goes its ordinary way or didn't leave.
  if (incident.why === "payment_refused" && ORDINARY.has(screen.kind)) return screen;
  // Nothing holds the paper: what held it, or what the charge met before it was paid, is over.
  if (screen.kind === "paid" && isWithoutCause(incident)) return screen;
  const money = moneyOn(screen.kind, incident);
  if (money === undefined) return screen.full ? withCase(screen, incident) : screen;
  const part = partOf(incident);
  const guide = nearGuide(incident.guide);
  return {
    ...screen,
    money,
    incident: part,
    ...(OWN_HEADLINE.has(screen.kind) || isBrokenOff(sale) ? {} : named(incident)),
    guide: guide.steps.length === 0 ? null : guide,
    acts: actsOf(screen, incident, sale),
    urgent: true,
  };
}

const isWithoutCause = ({ why, first }: IncidentView): boolean =>
  why !== "receipt_late" && (first === null || first.over === true);

/** What is out is being found out: "don't reprint" counts more than why. */
const isBrokenOff = ({ receipt }: SaleView): boolean =>
  receipt !== null && receipt.job !== null && isInterrupted(receipt.job);

/** The refusal is the headline, so what stands under it is about the refusal, whatever else was found. */
function ofRefusal(incident: IncidentView, { cause }: SaleView): IncidentView {
  const { why, first, families } = incident;
  if (why !== "payment_refused" || cause === null || first?.cause === cause.code) return incident;
  const own = families.flatMap(({ findings }) => findings).find((one) => one.cause === cause.code);
  return own === undefined ? incident : { ...incident, first: own, guide: [] };
}

const named = ({ first }: IncidentView): Pick<Screen, "headline" | "plain" | "tone" | "icon"> => ({
  tone: "care",
  icon: first === null ? "dots" : "alert",
  headline: fill(t.noReceipt, { why: first?.title ?? t.whyAsked }),
  plain: first?.next_step ?? t.verdictAsked,
});

/** 撤销成功 settles the matter; its number and cause are for whoever asks about it later. */
function withCase(screen: Screen, { case_no: no, first }: IncidentView): Screen {
  const words =
    first === null ? fill(t.caseIs, { no }) : fill(t.caseIsOf, { no, what: first.title });
  return { ...screen, caution: screen.caution === null ? words : joined(screen.caution, words) };
}

function solved(screen: Screen, incident: IncidentView, sale: SaleView): Screen {
  const { ended } = incident;
  if (screen.full) return withCase(screen, incident);
  if (screen.kind !== "paid" || ended === null) return screen;
  const how = fill(t.solvedIn, {
    how: END_TEXTS[ended.how],
    took: durationText(ended.took_ms),
  });
  // Somebody saw the paper: what stood in its way may still be there.
  const first = isSeen(sale) ? null : incident.first;
  const what = first === null ? how : fill(t.solvedOf, { title: first.title, how });
  const words = fill(t.solved, { what });
  const isToldToo = sale.extra !== null && screen.caution !== null;
  return { ...screen, caution: isToldToo ? joined(screen.caution, words) : words };
}

function isSeen({ receipt }: SaleView): boolean {
  const job = receipt?.job ?? null;
  return job?.proof === "person" && !isTrustedMute(job.evidence);
}

function partOf(incident: IncidentView): IncidentPart {
  const { first } = incident;
  const verdict = first?.verdict ?? "not_known";
  return {
    id: incident.id,
    caseNo: incident.case_no,
    verdict,
    verdictText: first === null ? t.verdictAsked : VERDICT_TEXTS[verdict],
    evidence: first === null ? askedNow(incident.families) : proofOf(first),
    also: othersOf(incident),
  };
}

function proofOf({ evidence }: FindingView): Text | null {
  const line = evidence[0];
  if (line === undefined) return null;
  const { source, text } = line;
  return fill(t.proof, { source, time: clockText(line.at), text });
}

function askedNow(families: readonly FamilyView[]): Text | null {
  const asked = families.flatMap(({ asking }) => (asking === null ? [] : [asking]));
  return asked[0] ?? null;
}

/** Several causes at once are normal; the second must not be a surprise after the first is fixed. */
function othersOf({ first, families }: IncidentView): Text | null {
  const other = families
    .flatMap(({ findings }) => findings)
    // Two causes may have one title, and it is read but once.
    .find(({ title }) => title.zh !== first?.title.zh);
  if (other === undefined || first === null) return null;
  const also = other.verdict === "confirmed" ? t.alsoConfirmed : t.alsoSuspected;
  return fill(also, { what: other.title });
}

const ACT_OF: Record<GuideDo, ActId | null> = {
  none: null,
  query: "query",
  charge_again: "charge_again",
  answer_printed: null,
  reprint: "reprint",
  e_receipt: "e_receipt",
  other_path: "other_path",
  escalate: "call_help",
};

const dueStep = ({ guide }: IncidentView) => guide.find(({ state }) => state === "now");

/** The button of the step that is due, of those on the screen; null where it takes a hand and no button. */
export function dueActOf({ acts }: Pick<Screen, "acts">, incident: IncidentView): Act | null {
  const due = dueStep(incident);
  const id = due === undefined ? null : ACT_OF[due.action];
  return acts.find((one) => one.id === id) ?? null;
}

/** The button of the step that is due stands first, if the sale allows it too; help is always one key away. */
function actsOf(screen: Screen, incident: IncidentView, sale: SaleView): readonly Act[] {
  const due = dueStep(incident);
  const dueId = due === undefined ? null : ACT_OF[due.action];
  const mine = screen.acts.find(({ id }) => id === dueId);
  const first = dueId === null || due === undefined ? null : (mine ?? act(dueId, "go", sale));
  const go: readonly Act[] =
    first === null || due === undefined
      ? []
      : [{ ...first, look: "go", enabled: first.enabled === true ? due.enabled : first.enabled }];
  const rest = screen.acts
    .filter(({ id }) => id !== dueId)
    .map((one) => (go.length > 0 && one.look === "go" ? { ...one, look: "plain" as const } : one));
  const help = dueId === "call_help" ? [] : [act("call_help", "plain", sale)];
  const why = rest.some(({ id }) => id === "why") ? [] : [act("why", "more", sale)];
  const more = rest.filter(({ look }) => look === "more");
  return [...go, ...rest.filter(({ look }) => look !== "more"), ...help, ...more, ...why];
}
