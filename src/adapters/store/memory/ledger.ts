/** The ledger in memory, with the contract of the one in a file; for tests and simulated hubs. */
import { assert } from "../../../core/rules/assert.ts";
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import type { Receipt } from "../../../core/receipt/receipt.ts";
import { LedgerUnavailable } from "../../../ports/ledger.ts";
import type { EndedMark, Ledger, LedgerRefusal, LedgerWrite } from "../../../ports/ledger.ts";
import { packEvent } from "../chain.ts";
import type { Sha256 } from "../chain.ts";
import { holdsSale, interrupted } from "../ended.ts";
import { checkPlain } from "../plain.ts";
import { append, brokenChain, eventsOfStream, newEventShelf } from "./chain.ts";
import type { EventShelf } from "./chain.ts";

/** What stands for the file: it outlives the ledger, so a hub can be killed and started again on it. */
export interface LedgerDisk {
  /** Set to make every commit and claim reject with LedgerUnavailable, as a dead disk does. */
  failing: boolean;
  readonly attempts: Map<string, Attempt>;
  readonly ordersOfSale: Map<string, Set<string>>;
  readonly withdrawn: Set<string>;
  readonly refunds: Map<string, Refund>;
  readonly receipts: Map<string, { readonly merchantId: string; readonly receipt: Receipt }>;
  readonly settings: Map<string, string>;
  /** When a row falls due, and until when it is leased (0: not), by key; rows with nothing due aren't here. */
  readonly attemptsDue: Map<string, Due>;
  readonly refundsDue: Map<string, Due>;
  readonly events: EventShelf;
}

interface Due {
  readonly dueAtMs: number;
  readonly leaseUntilMs: number;
}

export const newLedgerDisk = (): LedgerDisk => ({
  failing: false,
  attempts: new Map(),
  ordersOfSale: new Map(),
  withdrawn: new Set(),
  refunds: new Map(),
  receipts: new Map(),
  settings: new Map(),
  attemptsDue: new Map(),
  refundsDue: new Map(),
  events: newEventShelf(),
});

/** Merchant and number; a space can't stand in a merchant's id. */
const keyOf = (merchantId: string, number: string): string => `${merchantId} ${number}`;
const attemptKey = ({ merchantId, orderNo }: Attempt): string => keyOf(merchantId, orderNo);
const refundKey = ({ merchantId, requestNo }: Refund): string => keyOf(merchantId, requestNo);

/** Changes of one commit, so that a refusal can take them back. */
class Changes {
  readonly #undo: (() => void)[] = [];

  set<V>(map: Map<string, V>, key: string, value: V): void {
    const before = map.get(key);
    this.#undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    map.set(key, value);
  }

  delete<V>(map: Map<string, V>, key: string): void {
    const before = map.get(key);
    if (before !== undefined) this.#undo.push(() => map.set(key, before));
    map.delete(key);
  }

  add(set: Set<string>, key: string): void {
    if (set.has(key)) return;
    this.#undo.push(() => set.delete(key));
    set.add(key);
  }

  undo(): void {
    for (const back of this.#undo.toReversed()) back();
  }
}

/** `disk` may hold what an earlier ledger left; commits are applied at once and in order. */
export function memoryLedger(sha256: Sha256, disk: LedgerDisk = newLedgerDisk()): Ledger {
  let closed = false;
  const checkUp = (): void => {
    if (closed) throw new LedgerUnavailable("the ledger is closed");
    if (disk.failing) throw new LedgerUnavailable("the disk failed");
  };
  const attemptsIn = (keys: Iterable<string>): readonly Attempt[] =>
    [...keys].flatMap((key) => disk.attempts.get(key) ?? []).toSorted(byCreation);
  return {
    async commit(writes, events) {
      checkPlain(writes, "commit");
      const packed = events.map(packEvent);
      checkUp();
      const changes = new Changes();
      for (const write of writes) {
        const refusal = apply(disk, write, changes);
        if (refusal === null) continue;
        changes.undo();
        return refusal;
      }
      append(disk.events, packed, sha256);
      return "committed";
    },
    attempt: async (merchantId, orderNo) => disk.attempts.get(keyOf(merchantId, orderNo)) ?? null,
    attemptByOrder: async (orderNo) =>
      [...disk.attempts.values()]
        .filter((attempt) => attempt.orderNo === orderNo)
        .toSorted((a, b) => (a.merchantId < b.merchantId ? -1 : 1))[0] ?? null,
    attemptsOfSale: async (merchantId, saleId) =>
      attemptsIn(disk.ordersOfSale.get(keyOf(merchantId, saleId)) ?? []),
    ...refundsOf(disk),
    async claimAttempts(nowMs, leaseUntilMs, limit) {
      checkUp();
      const keys = claim(disk.attemptsDue, nowMs, leaseUntilMs, limit);
      return keys.flatMap((key) => disk.attempts.get(key) ?? []);
    },
    async claimRefunds(nowMs, leaseUntilMs, limit) {
      checkUp();
      const keys = claim(disk.refundsDue, nowMs, leaseUntilMs, limit);
      return keys.flatMap((key) => disk.refunds.get(key) ?? []);
    },
    async nextDueAtMs() {
      let next = Number.POSITIVE_INFINITY;
      for (const rows of [disk.attemptsDue, disk.refundsDue])
        for (const due of rows.values()) next = Math.min(next, due.leaseUntilMs || due.dueAtMs);
      return next === Number.POSITIVE_INFINITY ? null : next;
    },
    interrupted: async () =>
      attemptsIn(disk.attempts.keys()).filter(({ state }) => interrupted.has(state)),
    attemptsDueAfter: async (atMs) => attemptsIn(dueAfter(disk.attemptsDue, atMs)),
    refundsDueAfter: async (atMs) =>
      dueAfter(disk.refundsDue, atMs)
        .flatMap((key) => disk.refunds.get(key) ?? [])
        .toSorted(byRequest),
    receiptByToken: async (token) =>
      [...disk.receipts.values()].find(({ receipt }) => receipt.token === token) ?? null,
    withdrawn: async (merchantId, orderNo) => disk.withdrawn.has(keyOf(merchantId, orderNo)),
    setting: async (key) => disk.settings.get(key) ?? null,
    events: async (stream) => eventsOfStream(disk.events, stream),
    brokenChain: async () => brokenChain(disk.events, sha256),
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}

const refundsOf = (
  disk: LedgerDisk,
): Pick<Ledger, "refund" | "refundsOfOrder" | "refundsEndedAfter"> => ({
  refund: async (merchantId, requestNo) => disk.refunds.get(keyOf(merchantId, requestNo)) ?? null,
  refundsOfOrder: async (merchantId, orderNo) =>
    [...disk.refunds.values()]
      .filter((refund) => refund.merchantId === merchantId && refund.orderNo === orderNo)
      .toSorted(byRequest),
  refundsEndedAfter: async (merchantId, terminalId, after, limit) =>
    [...disk.refunds.values()]
      .filter((one) => one.merchantId === merchantId && one.terminalId === terminalId)
      .flatMap((one) => (one.endedAtMs === null ? [] : { ...one, endedAtMs: one.endedAtMs }))
      .filter((one) => byEnd(one, after) > 0)
      .toSorted(byEnd)
      .slice(0, limit),
});

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const byCreation = (a: Attempt, b: Attempt): number =>
  a.createdAtMs - b.createdAtMs || byText(attemptKey(a), attemptKey(b));
const byRequest = (a: Refund, b: Refund): number =>
  a.requestedAtMs - b.requestedAtMs || byText(a.requestNo, b.requestNo);

const byEnd = (a: EndedMark, b: EndedMark): number =>
  a.endedAtMs - b.endedAtMs || byText(a.requestNo, b.requestNo);

function claim(
  rows: Map<string, Due>,
  nowMs: number,
  leaseUntilMs: number,
  limit: number,
): readonly string[] {
  assert(leaseUntilMs > nowMs, "a lease ends after it begins");
  const free: [string, Due][] = [];
  for (const row of rows)
    if (row[1].dueAtMs <= nowMs && row[1].leaseUntilMs <= nowMs) free.push(row);
  const first = free
    .toSorted(([a, x], [b, y]) => x.dueAtMs - y.dueAtMs || byText(a, b))
    .slice(0, limit);
  for (const [key, due] of first) rows.set(key, { ...due, leaseUntilMs });
  return first.map(([key]) => key);
}

const dueAfter = (rows: Map<string, Due>, atMs: number): readonly string[] =>
  [...rows].filter(([, due]) => due.dueAtMs > atMs || due.leaseUntilMs > atMs).map(([key]) => key);

function setDue(
  changes: Changes,
  rows: Map<string, Due>,
  key: string,
  dueAtMs: number | null,
): void {
  if (dueAtMs === null) changes.delete(rows, key);
  else changes.set(rows, key, { dueAtMs, leaseUntilMs: 0 });
}

function apply(disk: LedgerDisk, write: LedgerWrite, changes: Changes): LedgerRefusal | null {
  switch (write.kind) {
    case "insert_attempt":
      return insertAttempt(disk, write.attempt, changes);
    case "update_attempt":
      return updateAttempt(disk, write.attempt, changes);
    case "insert_refund": {
      const key = refundKey(write.refund);
      if (disk.refunds.has(key)) return "refund_exists";
      changes.set(disk.refunds, key, write.refund);
      setDue(changes, disk.refundsDue, key, write.refund.dueAtMs);
      return null;
    }
    case "update_refund": {
      const key = refundKey(write.refund);
      if (disk.refunds.get(key)?.version !== write.refund.version - 1) return "stale";
      changes.set(disk.refunds, key, write.refund);
      setDue(changes, disk.refundsDue, key, write.refund.dueAtMs);
      return null;
    }
    case "withdraw_order": {
      const key = keyOf(write.merchantId, write.orderNo);
      if (disk.attempts.has(key)) return "order_exists";
      changes.add(disk.withdrawn, key);
      return null;
    }
    case "put_receipt": {
      const { merchantId, receipt } = write;
      const key = keyOf(merchantId, receipt.number);
      const stored = disk.receipts.get(key)?.receipt;
      const isOther = stored?.token !== receipt.token || stored.saleId !== receipt.saleId;
      if (stored !== undefined && isOther) return "receipt_number_used";
      const openedAtMs = stored?.openedAtMs ?? receipt.openedAtMs;
      const isVoid = receipt.void || (stored?.void ?? false);
      const kept = { ...receipt, openedAtMs, void: isVoid };
      changes.set(disk.receipts, key, { merchantId, receipt: kept });
      return null;
    }
    case "put_setting":
      changes.set(disk.settings, write.key, write.value);
      return null;
    case "raise_setting":
      if (write.value > Number(disk.settings.get(write.key) ?? 0))
        changes.set(disk.settings, write.key, String(write.value));
      return null;
    case "swap_setting":
      if ((disk.settings.get(write.key) ?? null) !== write.from) return "stale";
      changes.set(disk.settings, write.key, write.to);
      return null;
  }
}

/** Another attempt of the sale that may still take its money, or has. */
function isHeld(disk: LedgerDisk, attempt: Attempt): boolean {
  const orders = disk.ordersOfSale.get(keyOf(attempt.merchantId, attempt.saleId)) ?? [];
  return [...orders].some((key) => {
    const other = disk.attempts.get(key);
    return other !== undefined && other.orderNo !== attempt.orderNo && holdsSale[other.state];
  });
}

function insertAttempt(disk: LedgerDisk, attempt: Attempt, changes: Changes): LedgerRefusal | null {
  const key = attemptKey(attempt);
  if (disk.attempts.has(key)) return "order_exists";
  if (disk.withdrawn.has(key)) return "order_withdrawn";
  if (holdsSale[attempt.state] && isHeld(disk, attempt)) return "sale_has_attempt";
  const saleKey = keyOf(attempt.merchantId, attempt.saleId);
  const orders = disk.ordersOfSale.get(saleKey) ?? new Set<string>();
  changes.set(disk.ordersOfSale, saleKey, orders);
  changes.add(orders, key);
  changes.set(disk.attempts, key, attempt);
  setDue(changes, disk.attemptsDue, key, attempt.dueAtMs);
  return null;
}

function updateAttempt(disk: LedgerDisk, attempt: Attempt, changes: Changes): LedgerRefusal | null {
  const key = attemptKey(attempt);
  if (disk.attempts.get(key)?.version !== attempt.version - 1) return "stale";
  if (holdsSale[attempt.state] && isHeld(disk, attempt)) return "sale_has_attempt";
  changes.set(disk.attempts, key, attempt);
  setDue(changes, disk.attemptsDue, key, attempt.dueAtMs);
  return null;
}
