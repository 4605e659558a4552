/** Sales for tests of diagnosis, in the states that it asks about. */
import type { Attempt } from "../../src/core/payment/attempt.ts";
import type { Sale } from "../../src/core/payment/sale.ts";
import type { PrintJob } from "../../src/core/printing/job.ts";
import type { SaleFacts } from "../../src/core/till/can.ts";
import { attempt, job, receipt, sale } from "../contract/store-samples.ts";
import { nowMs } from "./evidence.ts";

const s = (seconds: number): number => nowMs - seconds * 1_000;

export const saleOf = (
  seconds: number,
  parts: {
    readonly sale?: Partial<Sale>;
    readonly attempts?: readonly Partial<Attempt>[];
    readonly jobs?: readonly Partial<PrintJob>[];
    readonly opened?: boolean;
  } = {},
): SaleFacts => ({
  sale: sale(1, { createdAtMs: s(seconds), changedAtMs: s(seconds), ...parts.sale }),
  attempts: (parts.attempts ?? []).map((one) =>
    attempt(1, { createdAtMs: s(seconds), sentAtMs: s(seconds), code: null, ...one }),
  ),
  receipt:
    parts.jobs === undefined
      ? null
      : receipt(1, { openedAtMs: parts.opened === true ? s(1) : null, void: false }),
  jobs: (parts.jobs ?? []).map((one) =>
    job(1, { createdAtMs: s(seconds), changedAtMs: s(seconds), ...one }),
  ),
  refunds: [],
});

export const unknownSale = (seconds: number, more: Partial<Attempt> = {}): SaleFacts =>
  saleOf(seconds, { attempts: [{ state: "unknown", ...more }] });

export const declinedSale = (subCode: string, more: Partial<Sale> = {}): SaleFacts =>
  saleOf(10, {
    sale: more,
    attempts: [
      {
        state: "declined",
        unpaidEnd: "declined",
        endedAtMs: s(8),
        code: { code: "40004", subCode, message: null },
      },
    ],
  });

export const takenBackSale = (more: Partial<Sale> = {}): SaleFacts => {
  const taken = saleOf(20, {
    sale: more,
    attempts: [{ state: "reversed", unpaidEnd: "rolled_back", endedAtMs: s(8) }],
    jobs: [{ state: "confirmed" }],
  });
  return { ...taken, receipt: receipt(1, { openedAtMs: null, void: true }) };
};

export const paidSale = (seconds: number, paper: Partial<PrintJob>, opened = false): SaleFacts =>
  saleOf(seconds, {
    sale: { state: "paid" },
    attempts: [{ state: "paid", paidAtMs: s(seconds), endedAtMs: s(seconds) }],
    jobs: [paper],
    opened,
  });

/** Its paper is out, and then Alipay says that the trade is closed: a second answer is to decide. */
export const contradictedSale = (seconds: number): SaleFacts => {
  const out = paidSale(seconds, { state: "confirmed" });
  return { ...out, attempts: out.attempts.map((one) => ({ ...one, contradictions: 1 })) };
};
