/** What the world had been told before a moment, and what must therefore be in the stores after a cut at it. */
import type { SaleView } from "../../core/till/view.ts";
import type { PaperFact, TradeFact } from "../../simulation/auditor/facts.ts";
import { slipsOf } from "../../simulation/auditor/slips.ts";

/** Something that was said or done outside, which must not be forgotten. */
export interface Promised {
  readonly atMs: number;
  /** In words, for the report. */
  readonly what: string;
  /** Null when it is kept; else what is missing. */
  readonly missing: (stores: Stores) => string | null;
}

/** What is asked of the two stores after the cut. */
export interface Stores {
  saleState(saleId: string): string | null;
  /** State of the terminal's copy. */
  attemptState(orderNo: string): string | null;
  receiptOf(saleId: string): string | null;
  jobStates(receiptNumber: string): readonly string[];
  /** State at the hub. */
  hubState(orderNo: string): string | null;
}

const ends = new Set(["paid", "declined", "reversed"]);
const beforeBytesLeave = new Set(["queued", "held"]);

/** An answer of the till: the sale is there, and an end that was told is an end. */
export function promisedByAnswer(sale: SaleView, atMs: number): Promised {
  const { sale_id: saleId, outcome, attempt, receipt } = sale;
  return {
    atMs,
    what: `the till told of sale ${saleId}: ${outcome}`,
    missing: (stores) => {
      if (stores.saleState(saleId) === null) return "the sale is gone";
      if (attempt === null) return null;
      const state = stores.attemptState(attempt.order_no);
      if (state === null) return "its attempt is gone";
      if (ends.has(attempt.state) && !ends.has(state)) return `${attempt.state} became ${state}`;
      if (receipt !== null && stores.receiptOf(saleId) === null) return "its receipt is gone";
      const wasProven = receipt?.job?.state === "confirmed";
      const isProven = receipt !== null && stores.jobStates(receipt.number).includes("confirmed");
      return wasProven && !isProven ? "the proof of its paper is gone" : null;
    },
  };
}

/** A request at the gateway: nothing is sent that wasn't written down, by terminal and hub. */
export const promisedByTrade = ({ orderNo, atMs }: TradeFact): Promised => ({
  atMs,
  what: `the gateway saw order ${orderNo}`,
  missing: (stores) => {
    if (stores.attemptState(orderNo) === null) return "the terminal doesn't know it";
    return stores.hubState(orderNo) === null ? "the hub doesn't know it" : null;
  },
});

/** A receipt on paper: its job says that bytes may have left. */
export const promisedByPaper = (paper: PaperFact): readonly Promised[] =>
  slipsOf([paper]).flatMap((slip) =>
    slip.kind !== "receipt" || slip.number === null
      ? []
      : [
          {
            atMs: paper.atMs,
            what: `paper ${slip.number} came out`,
            missing: (stores: Stores) => {
              const states = stores.jobStates(slip.number ?? "");
              const isKnown = states.some((state) => !beforeBytesLeave.has(state));
              return isKnown ? null : `its job is ${states.join(", ") || "gone"}`;
            },
          },
        ],
  );
