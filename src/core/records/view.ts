/** Qualifications and notices as the API, the page and the command line show them; times RFC 3339 +08:00. */
import type { QualificationSeen } from "../diagnosis/evidence.ts";
import { rfc3339China } from "../rules/time.ts";
import {
  type Notice,
  type NoticePhase,
  noticePhase,
  type Qualification,
  qualificationState,
} from "./records.ts";

export interface QualificationView {
  readonly id: string;
  readonly what: Qualification["what"];
  /** As it is now, by its date. */
  readonly state: QualificationSeen["state"];
  readonly until: string | null;
  readonly note: string;
  readonly source: string;
  /** Entered here, so that it can be removed here; what a feed tells ends when the feed doesn't tell it any more. */
  readonly by_hand: boolean;
}

export interface NoticeView {
  readonly id: string;
  readonly scope: Notice["scope"];
  readonly from: string;
  readonly until: string;
  readonly title: string;
  readonly source: string;
  readonly phase: NoticePhase;
  readonly by_hand: boolean;
}

export interface FeedView {
  /** Null: none is set. */
  readonly address: string | null;
  readonly read_at: string | null;
  /** Why the last read failed; null when it was good or none was made. What was read before still counts. */
  readonly error: string | null;
}

export const qualificationView = (
  one: Qualification,
  byHand: boolean,
  nowMs: number,
  aheadDays: number,
): QualificationView => ({
  id: one.id,
  what: one.what,
  state: qualificationState(one, nowMs, aheadDays),
  until: one.untilMs === null ? null : rfc3339China(one.untilMs),
  note: one.note,
  source: one.source,
  by_hand: byHand,
});

export const noticeView = (one: Notice, byHand: boolean, nowMs: number): NoticeView => ({
  id: one.id,
  scope: one.scope,
  from: rfc3339China(one.fromMs),
  until: rfc3339China(one.untilMs),
  title: one.title,
  source: one.source,
  phase: noticePhase(one, nowMs),
  by_hand: byHand,
});
