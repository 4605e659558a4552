/**
 * What is known about the merchant beforehand: qualifications (商户资质: licence, contract, account, limits, products) and
 * notices (公告: announced windows of maintenance). A person enters them, or a feed tells them. Here they become evidence.
 */
import type { NoticeSeen, QualificationSeen } from "../diagnosis/evidence.ts";

export const qualificationKinds = [
  "licence",
  "contract",
  "account",
  "limit",
  "payment_product",
] as const satisfies readonly QualificationSeen["what"][];

/** What somebody says of it. Whether it is expiring or expired is not said but seen, by its date. */
export const qualificationSaid = ["valid", "missing", "frozen", "limited"] as const;

export const noticeScopes = [
  "provider",
  "hub",
  "terminal",
  "network",
] as const satisfies readonly NoticeSeen["scope"][];

export interface Qualification {
  readonly id: string;
  readonly what: QualificationSeen["what"];
  readonly state: (typeof qualificationSaid)[number];
  /** The last moment at which it holds, epoch ms; null: without an end. */
  readonly untilMs: number | null;
  readonly note: string;
  /** Who said it: an operator's name, or the feed's address. */
  readonly source: string;
  /** When it was said so first, epoch ms; absent in what an older version kept. */
  readonly saidAtMs?: number;
}

export interface Notice {
  readonly id: string;
  readonly scope: NoticeSeen["scope"];
  readonly fromMs: number;
  readonly untilMs: number;
  readonly title: string;
  readonly source: string;
}

export interface Records {
  readonly qualifications: readonly Qualification[];
  readonly notices: readonly Notice[];
}

export const noRecords: Records = { qualifications: [], notices: [] };

const dayMs = 86_400_000;

/** Its state by its date: what is frozen stays frozen, whatever its date says. `aheadDays`: how early it is expiring. */
export function qualificationState(
  { state, untilMs }: Qualification,
  nowMs: number,
  aheadDays: number,
): QualificationSeen["state"] {
  if (state !== "valid" && state !== "limited") return state;
  if (untilMs !== null && untilMs < nowMs) return "expired";
  if (state === "limited") return "limited";
  return untilMs !== null && untilMs - nowMs <= aheadDays * dayMs ? "expiring" : "valid";
}

export const qualificationSeen = (
  one: Qualification,
  nowMs: number,
  aheadDays: number,
): QualificationSeen => ({
  kind: "qualification",
  id: one.id,
  what: one.what,
  state: qualificationState(one, nowMs, aheadDays),
  untilMs: one.untilMs,
  note: one.note,
  ...(one.saidAtMs === undefined ? {} : { saidAtMs: one.saidAtMs }),
});

export const noticeSeen = (one: Notice): NoticeSeen => ({ kind: "notice", ...one });

export type NoticePhase = "ahead" | "now" | "over";

export function noticePhase({ fromMs, untilMs }: Notice, nowMs: number): NoticePhase {
  if (nowMs < fromMs) return "ahead";
  return nowMs <= untilMs ? "now" : "over";
}

/** What a feed tells, each entry with when it was told so first: what it has told before isn't news. */
export function dated(told: Records, before: Records, nowMs: number): Records {
  const qualifications = told.qualifications.map((one): Qualification => {
    const old = before.qualifications.find((other) => other.id === one.id);
    return old !== undefined && saysTheSame(old, one) ? old : { ...one, saidAtMs: nowMs };
  });
  return { ...told, qualifications };
}

const saysTheSame = (one: Qualification, other: Qualification): boolean =>
  one.what === other.what &&
  one.state === other.state &&
  one.untilMs === other.untilMs &&
  one.note === other.note &&
  one.source === other.source;

/** Both lists as one. Of one id the entry by hand counts: a person corrects the feed, not the other way round. */
export function joined(byHand: Records, byFeed: Records): Records {
  return {
    qualifications: united(byHand.qualifications, byFeed.qualifications),
    notices: united(byHand.notices, byFeed.notices),
  };
}

function united<T extends { readonly id: string }>(
  first: readonly T[],
  second: readonly T[],
): readonly T[] {
  const ids = new Set(first.map((one) => one.id));
  return [...first, ...second.filter((one) => !ids.has(one.id))];
}
