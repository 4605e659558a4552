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

/** `nothingDone`: proven, so that a pay intent refused by it was never sent. */
export const LINK_REFUSALS: Readonly<
  Record<LinkRefusal, { readonly status: number; readonly nothingDone: boolean }>
> = {
  bad_message: { status: 400, nothingDone: true },
  unknown_key: { status: 401, nothingDone: true },
  bad_signature: { status: 401, nothingDone: true },
  clock_off: { status: 401, nothingDone: true },
  replayed: { status: 401, nothingDone: true },
  revoked: { status: 403, nothingDone: true },
  not_yours: { status: 403, nothingDone: true },
  settings_changed: { status: 409, nothingDone: true },
  too_many_requests: { status: 429, nothingDone: true },
  enrol_refused: { status: 403, nothingDone: true },
  ledger_unavailable: { status: 503, nothingDone: false },
  stopping: { status: 503, nothingDone: true },
  internal_error: { status: 500, nothingDone: false },
};
