/** What can happen to a printer, as plain values: set by a person, a test or the simulator. */
import type { Signals } from "./status.ts";

export interface Conditions {
  readonly power: "on" | "off";
  readonly paper: "ok" | "near_end" | "out";
  /** What is left on the roll; null for a roll without end. At 0 paper is out, in the middle of whatever prints. */
  readonly rollDots: number | null;
  readonly cover: "closed" | "open";
  /** `jammed`: the blade is blocked; the printer learns of it at the next cut. */
  readonly cutter: "ok" | "jammed";
  readonly head: "ok" | "hot";
  /** `error` is recoverable, `broken` is not. */
  readonly mechanism: "ok" | "error" | "broken";
  readonly drawer: "closed" | "open";
  readonly feedButton: "up" | "down";
}

export const CALM: Conditions = {
  power: "on",
  paper: "ok",
  rollDots: null,
  cover: "closed",
  cutter: "ok",
  head: "ok",
  mechanism: "ok",
  drawer: "closed",
  feedButton: "up",
};

/** When the power goes by itself. Fires once. */
export type PowerTrap =
  | { readonly at: "before_print" }
  | { readonly at: "after_lines"; readonly lines: number }
  /** Everything asked for is on the paper, and its answer never leaves. */
  | { readonly at: "before_answer" };

/** Misbehaviour that no sensor reports. */
export interface Faults {
  /** Prints and says nothing. */
  readonly mute: boolean;
  /** A line of text that some print servers send after each job; null: none. */
  readonly garbage: string | null;
  /** Process ids come back changed. */
  readonly wrongIds: boolean;
  readonly powerLoss: PowerTrap | null;
}

export const NO_FAULTS: Faults = { mute: false, garbage: null, wrongIds: false, powerLoss: null };

/** Errors that the device itself has latched, beside what its surroundings are. */
export interface Latched {
  readonly cutterError: boolean;
  readonly waitingForRecovery: boolean;
}

export function signalsOf(conditions: Conditions, latched: Latched): Signals {
  const coverOpen = conditions.cover === "open";
  const paperEnd = conditions.paper === "out";
  const feedPressed = conditions.feedButton === "down";
  const mechanicalError = conditions.mechanism === "error";
  const unrecoverableError = conditions.mechanism === "broken";
  const autoRecoverableError = conditions.head === "hot";
  const nearEnd = conditions.paper === "near_end" || (paperEnd && conditions.rollDots !== null);
  const error =
    latched.cutterError || mechanicalError || unrecoverableError || autoRecoverableError;
  return {
    drawerHigh: conditions.drawer === "open",
    offline: coverOpen || paperEnd || feedPressed || error || latched.waitingForRecovery,
    coverOpen,
    feedPressed,
    waitingForRecovery: latched.waitingForRecovery,
    paperEnd,
    nearEnd,
    mechanicalError,
    cutterError: latched.cutterError,
    unrecoverableError,
    autoRecoverableError,
  };
}
