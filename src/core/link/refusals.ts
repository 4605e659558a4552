/** What the hub's side of the link refuses, before anything is done: each is signed where the hub knows the caller. */
export type LinkRefusal =
  | "bad_message"
  | "unknown_key"
  | "bad_signature"
  | "clock_off"
  | "replayed"
  | "revoked"
  | "not_yours"
  | "settings_changed"
  | "too_many_requests"
  | "enrol_refused"
  | "ledger_unavailable"
  | "stopping"
  | "internal_error";

interface Meaning extends RefusalMeaning {
  readonly status: number;
}

export interface RefusalMeaning {
  /** Proven, so that a pay intent refused by it was never sent. */
  readonly nothingDone: boolean;
  /** It is about what is asked, not about who asks or when: the next question may well be answered. */
  readonly isOnlyThis: boolean;
}

export const LINK_REFUSALS: Readonly<Record<LinkRefusal, Meaning>> = {
  bad_message: { status: 400, nothingDone: true, isOnlyThis: true },
  unknown_key: { status: 401, nothingDone: true, isOnlyThis: false },
  bad_signature: { status: 401, nothingDone: true, isOnlyThis: false },
  clock_off: { status: 401, nothingDone: true, isOnlyThis: false },
  replayed: { status: 401, nothingDone: true, isOnlyThis: false },
  revoked: { status: 403, nothingDone: true, isOnlyThis: false },
  not_yours: { status: 403, nothingDone: true, isOnlyThis: true },
  settings_changed: { status: 409, nothingDone: true, isOnlyThis: false },
  too_many_requests: { status: 429, nothingDone: true, isOnlyThis: false },
  enrol_refused: { status: 403, nothingDone: true, isOnlyThis: false },
  ledger_unavailable: { status: 503, nothingDone: false, isOnlyThis: false },
  stopping: { status: 503, nothingDone: true, isOnlyThis: false },
  internal_error: { status: 500, nothingDone: false, isOnlyThis: false },
};

export const isLinkRefusal = (word: string): word is LinkRefusal =>
  Object.hasOwn(LINK_REFUSALS, word);
