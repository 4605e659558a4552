/** What the journal in memory keeps, and how a commit changes it. */
import type { Evidence } from "../../../core/diagnosis/evidence.ts";
import type { Incident } from "../../../core/diagnosis/incident.ts";
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import type { Sale } from "../../../core/payment/sale.ts";
import type { PrintJob } from "../../../core/printing/job.ts";
import type { Receipt } from "../../../core/receipt/receipt.ts";
import type { JournalWrite, MoneyRow } from "../../../ports/journal.ts";
import { newEventShelf } from "./chain.ts";
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

export const ofSale = <T>(index: Index<T>, saleId: string | null): readonly T[] =>
  [...(index.bySale.get(saleId) ?? [])].flatMap((key) => index.byKey.get(key) ?? []);

/** All or none: throws before anything is written. */
export function write(disk: JournalDisk, writes: readonly JournalWrite[]): void {
  checkRequests(disk, writes);
  checkOwners(disk, writes);
  for (const one of writes) apply(disk, one);
}

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

function letGo(evidence: Evidence[], beforeMs: number): void {
  const kept = evidence.filter(({ atMs }) => atMs >= beforeMs);
  evidence.splice(0, evidence.length, ...kept);
}
