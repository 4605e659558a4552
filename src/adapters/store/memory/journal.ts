/** The journal in memory, with the contract of the one in a file; for tests and simulated shops. */
import type { Evidence } from "../../../core/diagnosis/evidence.ts";
import type { Incident } from "../../../core/diagnosis/incident.ts";
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { Fen } from "../../../core/money/money.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import type { Sale } from "../../../core/payment/sale.ts";
import type { PrintJob } from "../../../core/printing/job.ts";
import type { Receipt } from "../../../core/receipt/receipt.ts";
import { JournalFailed } from "../../../ports/journal.ts";
import type {
  Journal,
  JournalWrite,
  MoneyRow,
  SaleRecord,
  SaleRow,
} from "../../../ports/journal.ts";
import { packEvent } from "../chain.ts";
import type { Sha256 } from "../chain.ts";
import { jobEnded } from "../ended.ts";
import { checkPlain } from "../plain.ts";
import { append, brokenChain, eventsOfSale, newEventShelf } from "./chain.ts";
import type { EventShelf } from "./chain.ts";

/** What stands for the file: it outlives the journal, so a shop can be killed and started again on it. */
export interface JournalDisk {
  /** Set to make every commit reject with JournalFailed, as a dead disk does. */
  failing: boolean;
  readonly sales: Map<
    string,
    { readonly n: number; readonly sale: Sale; readonly settled: boolean }
  >;
  readonly unsettled: Set<string>;
  readonly attempts: Index<Attempt>;
  readonly receipts: Index<Receipt>;
  readonly jobs: Index<PrintJob>;
  readonly refunds: Index<Refund>;
  readonly money: Map<string, MoneyRow>;
  readonly settings: Map<string, string>;
  readonly requests: Map<string, { readonly inputHash: string; readonly result: string }>;
  /** By id, in the order in which they were first recorded. */
  readonly incidents: Map<string, Incident>;
  readonly evidence: Evidence[];
  readonly events: EventShelf;
}

/** Entities by their own key and by their sale, each in the order in which they were first recorded. */
interface Index<T> {
  readonly byKey: Map<string, T>;
  readonly bySale: Map<string | null, Set<string>>;
}

const newIndex = <T>(): Index<T> => ({ byKey: new Map(), bySale: new Map() });

export const newJournalDisk = (): JournalDisk => ({
  failing: false,
  sales: new Map(),
  unsettled: new Set(),
  attempts: newIndex(),
  receipts: newIndex(),
  jobs: newIndex(),
  refunds: newIndex(),
  money: new Map(),
  settings: new Map(),
  requests: new Map(),
  incidents: new Map(),
  evidence: [],
  events: newEventShelf(),
});

function put<T>(index: Index<T>, key: string, saleId: string | null, entity: T): void {
  index.byKey.set(key, entity);
  const keys = index.bySale.get(saleId);
  if (keys === undefined) index.bySale.set(saleId, new Set([key]));
  else keys.add(key);
}

const ofSale = <T>(index: Index<T>, saleId: string | null): readonly T[] =>
  [...(index.bySale.get(saleId) ?? [])].flatMap((key) => index.byKey.get(key) ?? []);

/** `disk` may hold what an earlier journal left; commits are applied at once and in order. */
export function memoryJournal(sha256: Sha256, disk: JournalDisk = newJournalDisk()): Journal {
  let closed = false;
  return {
    async commit(writes, events) {
      checkPlain(writes, "commit");
      const packed = events.map(packEvent);
      if (closed) throw new JournalFailed("the journal is closed");
      if (disk.failing) throw new JournalFailed("the disk failed");
      checkRequests(disk, writes);
      checkOwners(disk, writes);
      for (const write of writes) apply(disk, write);
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
    sales: (limit, before) => page(disk, limit, before),
    unpaidSince: (fromMs) => unpaidSince(disk, fromMs),
    money: (businessDay) =>
      [...disk.money.values()].filter((row) => row.businessDay === businessDay),
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

/** Only this and `checkOwners` refuse, so that all or none holds when both are asked first. */
function checkRequests(disk: JournalDisk, writes: readonly JournalWrite[]): void {
  const answered = new Map(disk.requests);
  for (const write of writes.filter((one) => one.kind === "request")) {
    const before = answered.get(write.key) ?? write;
    if (before.inputHash !== write.inputHash || before.result !== write.result) {
      throw new Error(`request "${write.key}" was answered with something else before`);
    }
    answered.set(write.key, write);
  }
}

/** A number belongs to the sale that first had it. */
function checkOwners(disk: JournalDisk, writes: readonly JournalWrite[]): void {
  const owners = new Map<string, string>();
  for (const write of writes) {
    const owned = ownedBy(disk, write);
    if (owned === null) continue;
    const name = `${write.kind} "${owned.number}"`;
    const owner = owners.get(name) ?? owned.owner ?? owned.saleId;
    if (owner !== owned.saleId) throw new Error(`${name} belongs to another sale`);
    owners.set(name, owner);
  }
}

function ownedBy(
  disk: JournalDisk,
  write: JournalWrite,
): { readonly number: string; readonly saleId: string; readonly owner: string | undefined } | null {
  const owned = <T extends { readonly saleId: string }>(
    index: Index<T>,
    number: string,
    one: T,
  ) => ({
    number,
    saleId: one.saleId,
    owner: index.byKey.get(number)?.saleId,
  });
  switch (write.kind) {
    case "attempt":
      return owned(disk.attempts, write.attempt.orderNo, write.attempt);
    case "receipt":
      return owned(disk.receipts, write.receipt.number, write.receipt);
    case "refund":
      return owned(disk.refunds, write.refund.requestNo, write.refund);
    default:
      return null;
  }
}

function apply(disk: JournalDisk, write: JournalWrite): void {
  switch (write.kind) {
    case "sale": {
      const { sale, settled } = write;
      const n = disk.sales.get(sale.id)?.n ?? disk.sales.size + 1;
      disk.sales.set(sale.id, { n, sale, settled });
      if (settled) disk.unsettled.delete(sale.id);
      else disk.unsettled.add(sale.id);
      return;
    }
    case "attempt":
      return put(disk.attempts, write.attempt.orderNo, write.attempt.saleId, write.attempt);
    case "receipt":
      return put(disk.receipts, write.receipt.number, write.receipt.saleId, write.receipt);
    case "job":
      return put(disk.jobs, write.job.id, write.job.saleId, write.job);
    case "refund":
      return put(disk.refunds, write.refund.requestNo, write.refund.saleId, write.refund);
    case "money":
      if (!disk.money.has(write.row.key)) disk.money.set(write.row.key, write.row);
      return;
    case "setting":
      disk.settings.set(write.key, write.value);
      return;
    case "incident":
      disk.incidents.set(write.incident.id, write.incident);
      return;
    case "evidence":
      disk.evidence.push(write.evidence);
      return;
    case "evidence_let_go":
      letGo(disk.evidence, write.beforeMs);
      return;
    case "request":
      disk.requests.set(write.key, { inputHash: write.inputHash, result: write.result });
  }
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

function letGo(evidence: Evidence[], beforeMs: number): void {
  const kept = evidence.filter(({ atMs }) => atMs >= beforeMs);
  evidence.splice(0, evidence.length, ...kept);
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
