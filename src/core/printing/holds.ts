/** Whom a paper that can't go on waits for, and what that is called: not everything that holds one is a printer. */
import type { Text } from "../text/text.ts";
import { type HoldCause, isInterrupted, type PrintJob } from "./job.ts";
import { jobStates } from "./states.ts";

/** `nobody`: this till won't print it, so no wait helps. */
type Holder = "printer" | "hub" | "customer" | "nobody";

const HELD_BY: Readonly<Record<HoldCause, Holder>> = {
  paper_out: "printer",
  cover_open: "printer",
  cutter_error: "printer",
  head_hot: "printer",
  printer_error: "printer",
  printer_offline: "printer",
  unreachable: "printer",
  busy: "printer",
  no_answer: "printer",
  garbage: "printer",
  no_printer: "printer",
  hub_not_asked: "hub",
  e_receipt_unopened: "customer",
  not_printable: "nobody",
  terminal_replaced: "nobody",
};

const NAMES: Readonly<Record<Holder, Text>> = {
  printer: jobStates.held.name,
  hub: { zh: "等待中心", en: "Waiting for the hub" },
  customer: { zh: "等电子小票打开", en: "Waiting for the e-receipt" },
  nobody: { zh: "这里不打印", en: "Not printed here" },
};

type State = Pick<PrintJob, "state" | "hold">;

export const isHeldByPrinter = (hold: HoldCause): boolean => HELD_BY[hold] === "printer";

/** What its state is called, by what holds it. */
export const jobName = ({ state, hold }: State): Text =>
  state === "held" && hold !== null ? NAMES[HELD_BY[hold]] : jobStates[state].name;

const isWaitedFor: Readonly<Record<Holder, boolean>> = {
  printer: true,
  hub: true,
  customer: false,
  nobody: false,
};

/** Nobody has to say or answer anything for it: it comes as soon as what holds it is over. */
export function comesByItself(job: State): boolean {
  if (job.state === "doubtful" || isInterrupted(job)) return false;
  return job.hold === null || isWaitedFor[HELD_BY[job.hold]];
}

/** Whoever loads paper opens the cover for it: what the paper waits for is still the roll. */
export const heldBy = <Seen extends HoldCause | null>(
  before: HoldCause | null,
  seen: Seen,
): Seen | "paper_out" => (before === "paper_out" && seen === "cover_open" ? "paper_out" : seen);
