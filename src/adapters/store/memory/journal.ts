/** The journal in memory, with the contract of the one in a file; for tests and simulated shops. */
import type { Incident } from "../../../core/diagnosis/incident.ts";
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { Fen } from "../../../core/money/money.ts";
import type { Sale } from "../../../core/payment/sale.ts";
import { JournalFailed } from "../../../ports/journal.ts";
import type { Journal, SaleRecord, SaleRow } from "../../../ports/journal.ts";
import { packEvent } from "../chain.ts";
import type { Sha256 } from "../chain.ts";
import { jobEnded } from "../ended.ts";
import { lastSentOf, newestJobs } from "../last-sent.ts";
import { checkPlain } from "../plain.ts";
import { append, brokenChain, eventsOfSale } from "./chain.ts";
import { type JournalDisk, newJournalDisk, ofSale, write } from "./journal-disk.ts";

export { newJournalDisk, type JournalDisk } from "./journal-disk.ts";

/** `disk` may hold what an earlier journal left; commits are applied at once and in order. */
export function memoryJournal(sha256: Sha256, disk: JournalDisk = newJournalDisk()): Journal {
  let closed = false;
  return {
    async commit(writes, events) {
      checkPlain(writes, "commit");
      const packed = events.map(packEvent);
      if (closed) throw new JournalFailed("the journal is closed");
      if (disk.failing) throw new JournalFailed("the disk failed");
      write(disk, writes);
      append(disk.events, packed, sha256);
    },
    open: () => ({
      records: [...disk.unsettled]
        .toSorted((a, b) => (disk.sales.get(a)?.n ?? 0) - (disk.sales.get(b)?.n ?? 0))
        .flatMap((id) => record(disk, id) ?? []),
      looseJobs: ofSale(disk.jobs, null).filter((job) => !jobEnded[job.state]),
    }),
    record: (saleId) => record(disk, saleId),
    findSale: (number) => findSale(disk, number),
    receipts: (saleId) => ofSale(disk.receipts, saleId),
    saleOfJob: (jobId) => disk.jobs.byKey.get(jobId)?.saleId ?? null,
    job: (jobId) => disk.jobs.byKey.get(jobId) ?? null,
    lastSent: () => lastSentOf([...disk.jobs.byKey.values()].slice(-newestJobs)),
    sales: (limit, before) => page(disk, limit, before),
    unpaidSince: (fromMs) => unpaidSince(disk, fromMs),
    money: (businessDay) =>
      [...disk.money.values()].filter((row) => row.businessDay === businessDay),
    moneyDays: () => moneyDays(disk),
    setting: (key) => disk.settings.get(key) ?? null,
    request: (key) => disk.requests.get(key) ?? null,
    incidents: (limit, before) => incidentPage(disk, limit, before),
    incidentsOfSale: (saleId) =>
      [...disk.incidents.values()].filter((one) => one.saleId === saleId).toReversed(),
    incident: (number) =>
      disk.incidents.get(number) ??
      [...disk.incidents.values()].find((one) => one.caseNo === number) ??
      null,
    openIncidents: () => [...disk.incidents.values()].filter((one) => one.closedAtMs === null),
    evidence: (fromMs, untilMs) =>
      disk.evidence.filter(({ atMs }) => fromMs <= atMs && atMs <= untilMs),
    events: (saleId) => eventsOfSale(disk.events, saleId),
    brokenChain: () => brokenChain(disk.events, sha256),
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}

function record(disk: JournalDisk, saleId: string): SaleRecord | null {
  const sale = disk.sales.get(saleId)?.sale;
  if (sale === undefined) return null;
  return {
    sale,
    attempts: ofSale(disk.attempts, saleId),
    receipt: ofSale(disk.receipts, saleId).at(-1) ?? null,
    jobs: ofSale(disk.jobs, saleId),
    refunds: ofSale(disk.refunds, saleId),
  };
}

function findSale(disk: JournalDisk, number: string): string | null {
  if (disk.sales.has(number)) return number;
  const traded = (): Attempt | undefined =>
    [...disk.attempts.byKey.values()].find((attempt) => attempt.providerTradeNo === number);
  const found =
    disk.attempts.byKey.get(number) ??
    disk.receipts.byKey.get(number) ??
    traded() ??
    disk.refunds.byKey.get(number);
  return found?.saleId ?? null;
}

function moneyDays(disk: JournalDisk): ReturnType<Journal["moneyDays"]> {
  const counts = new Map<string, number>();
  for (const { businessDay } of disk.money.values())
    counts.set(businessDay, (counts.get(businessDay) ?? 0) + 1);
  return [...counts].map(([businessDay, count]) => ({ businessDay, count }));
}

function incidentPage(
  disk: JournalDisk,
  limit: number,
  before: string | null,
): readonly Incident[] {
  const all = [...disk.incidents.values()];
  const end = before === null ? all.length : all.findIndex((one) => one.id === before);
  return all.slice(0, Math.max(0, end)).toReversed().slice(0, limit);
}

function unpaidSince(disk: JournalDisk, fromMs: number): number {
  const isUnpaid = ({ sale }: { readonly sale: Sale }): boolean => {
    if (sale.state === "paid" || sale.state === "paid_otherwise") return false;
    const attempt = shownAttempt(disk, sale.id);
    const hasEnded = attempt?.state === "declined" || attempt?.state === "reversed";
    return hasEnded && attempt.endedAtMs !== null && attempt.endedAtMs >= fromMs;
  };
  return [...disk.sales.values()].filter(isUnpaid).length;
}

/** The paid one, else the last. */
function shownAttempt(disk: JournalDisk, saleId: string): Attempt | null {
  const attempts = ofSale(disk.attempts, saleId);
  return attempts.findLast(({ state }) => state === "paid") ?? attempts.at(-1) ?? null;
}

function page(disk: JournalDisk, limit: number, before: string | null): readonly SaleRow[] {
  const end = before === null ? Infinity : (disk.sales.get(before)?.n ?? 0);
  return [...disk.sales.values()]
    .filter(({ n }) => n < end)
    .toReversed()
    .slice(0, limit)
    .map(({ sale }) => {
      const papers = ofSale(disk.jobs, sale.id).filter(
        (job) => job.slip.kind === "receipt" && job.holder === "customer",
      );
      const refundedFen = ofSale(disk.refunds, sale.id)
        .filter((refund) => refund.state === "done")
        .reduce((sum, refund) => sum + refund.amountFen, 0);
      return {
        sale,
        attempt: shownAttempt(disk, sale.id),
        receipt: ofSale(disk.receipts, sale.id).at(-1) ?? null,
        job: papers.at(-1) ?? null,
        refundedFen: refundedFen as Fen,
      };
    });
}
