import type { AttemptState } from "../../core/payment/attempt.ts";
import type { JobState } from "../../core/printing/job.ts";

/** Jobs of which nothing more is to be done; those of no sale are loaded at start unless they have ended. */
export const jobEnded: Readonly<Record<JobState, boolean>> = {
  queued: false,
  held: false,
  sending: false,
  doubtful: false,
  confirmed: true,
  replaced: true,
  waived: true,
};

/** States of which a sale has at most one attempt: it may still take the money, or has taken it. */
export const holdsSale: Readonly<Record<AttemptState, boolean>> = {
  created: true,
  sending: true,
  awaiting_buyer: true,
  unknown: true,
  reversing: true,
  paid: true,
  declined: false,
  reversed: false,
};

/** What a crash may leave between the commit and the first answer. */
export const interrupted: ReadonlySet<AttemptState> = new Set(["created", "sending"]);
