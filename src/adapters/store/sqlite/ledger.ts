/** The hub's ledger in a SQLite file, run in a thread of its own so that no fsync holds the hub up. */
import { assert } from "../../../core/rules/assert.ts";
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import type { Receipt } from "../../../core/receipt/receipt.ts";
import { LedgerUnavailable } from "../../../ports/ledger.ts";
import type { EndedMark, Ledger, LedgerWrite, StreamEvent } from "../../../ports/ledger.ts";
import type { World } from "../../../ports/world.ts";
import { realWorld } from "../../world/real.ts";
import { packEvent, unpackEvent } from "../chain.ts";
import type { ChainedEvent } from "../chain.ts";
import { checkStart } from "./chain.ts";
import type { CheckStep } from "./chain.ts";
import type { FileSettings, Row, StoreHealth, Value } from "./file.ts";
import { packWrite } from "./ledger-calls.ts";
import type { Call, Committed, Reply, Rows } from "./ledger-calls.ts";
import type { readSql } from "./ledger-sql.ts";
import { runHere, runInThread } from "./ledger-thread.ts";
import type { Listener, Runner } from "./ledger-thread.ts";
import { perTurn, type Soon } from "./turn.ts";

export interface SqliteLedger extends Ledger {
  health(): Promise<StoreHealth>;
  /** The way on after LedgerUnavailable. Rejects with LedgerUnavailable while the file still can't be opened. */
  reopen(): Promise<void>;
}

export interface LedgerSettings extends FileSettings {
  /** Runs in the thread that calls, for tests and to measure the difference. */
  readonly inThread?: boolean;
  /** For a simulation, in the calling thread only. */
  readonly world?: Pick<World, "sha256">;
  readonly soon?: Soon;
}

interface Waiting {
  readonly call: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens or creates the ledger at `path`. Calls of one turn of the event loop travel in one message and share one fsync.
 * A commit is rejected with TypeError when it holds values that aren't plain; its neighbours go on. Rejects with
 * StoreInUse when another process has the file, StoreUnfit when it isn't a ledger of ours.
 */
export async function openLedger(
  path: string,
  { inThread = false, world = realWorld, soon, ...settings }: LedgerSettings = {},
): Promise<SqliteLedger> {
  const sent: Waiting[] = [];
  let gone: Error | null = null;
  const listener: Listener = {
    replies(replies) {
      const answered = sent.splice(0, replies.length);
      answered.forEach((waiting, at) => settle(path, waiting, replies[at]));
    },
    dead(error) {
      gone ??= error;
      for (const waiting of sent.splice(0)) waiting.reject(unavailable(path, error));
    },
  };
  const runner: Runner = inThread
    ? runHere(path, settings, listener, world.sha256)
    : await runInThread(path, settings, listener);
  const turn = perTurn<Waiting>((waiting) => {
    if (gone !== null) {
      for (const one of waiting) one.reject(unavailable(path, gone));
      return;
    }
    sent.push(...waiting);
    runner.send(waiting.map(({ call }) => call));
  }, soon);
  return new LedgerFront(
    (call) =>
      new Promise((resolve, reject) => {
        turn.add({ call, resolve, reject });
      }),
  );
}

const unavailable = (path: string, error: Error): LedgerUnavailable =>
  new LedgerUnavailable(`${path}: ${error.message}`, { cause: error });

function settle(path: string, waiting: Waiting, reply: Reply | undefined): void {
  if (reply?.ok === true) return waiting.resolve(reply.value);
  const error = reply?.error ?? new Error("no reply");
  waiting.reject(reply?.unavailable === false ? error : unavailable(path, error));
}

const docOf = <T>(row: Row): T => JSON.parse(String(row["doc"])) as T;

class LedgerFront implements SqliteLedger {
  readonly #ask: (call: Call) => Promise<unknown>;
  #closed: Promise<unknown> | null = null;
  constructor(ask: (call: Call) => Promise<unknown>) {
    this.#ask = ask;
  }

  async commit(writes: readonly LedgerWrite[], events: readonly StreamEvent[]): Promise<Committed> {
    return (await this.#ask({
      kind: "commit",
      writes: writes.map(packWrite),
      events: events.map(packEvent),
    })) as Committed;
  }

  async #rows(name: keyof typeof readSql, ...values: readonly Value[]): Promise<Rows> {
    return (await this.#ask({ kind: "read", name, values })) as Rows;
  }

  async #docs<T>(name: keyof typeof readSql, ...values: readonly Value[]): Promise<readonly T[]> {
    return (await this.#rows(name, ...values)).map((row) => docOf<T>(row));
  }

  async #doc<T>(name: keyof typeof readSql, ...values: readonly Value[]): Promise<T | null> {
    return (await this.#docs<T>(name, ...values))[0] ?? null;
  }

  attempt(merchantId: string, orderNo: string): Promise<Attempt | null> {
    return this.#doc("attempt", merchantId, orderNo);
  }

  attemptByOrder(orderNo: string): Promise<Attempt | null> {
    return this.#doc("attemptByOrder", orderNo);
  }

  attemptsOfSale(merchantId: string, saleId: string): Promise<readonly Attempt[]> {
    return this.#docs("attemptsOfSale", merchantId, saleId);
  }

  refund(merchantId: string, requestNo: string): Promise<Refund | null> {
    return this.#doc("refund", merchantId, requestNo);
  }

  refundsOfOrder(merchantId: string, orderNo: string): Promise<readonly Refund[]> {
    return this.#docs("refundsOfOrder", merchantId, orderNo);
  }

  refundsEndedAfter(
    merchantId: string,
    terminalId: string,
    { endedAtMs, requestNo }: EndedMark,
    limit: number,
  ): Promise<readonly Refund[]> {
    return this.#docs("refundsEndedAfter", merchantId, terminalId, endedAtMs, requestNo, limit);
  }

  claimAttempts(nowMs: number, untilMs: number, limit: number): Promise<readonly Attempt[]> {
    return this.#claim("attempt", nowMs, untilMs, limit);
  }

  claimRefunds(nowMs: number, untilMs: number, limit: number): Promise<readonly Refund[]> {
    return this.#claim("refund", nowMs, untilMs, limit);
  }

  async #claim<T>(
    table: "attempt" | "refund",
    nowMs: number,
    leaseUntilMs: number,
    limit: number,
  ): Promise<readonly T[]> {
    assert(leaseUntilMs > nowMs, "a lease ends after it begins");
    const rows = (await this.#ask({ kind: "claim", table, nowMs, leaseUntilMs, limit })) as Rows;
    return rows.map((row) => docOf<T>(row));
  }

  async nextDueAtMs(): Promise<number | null> {
    const firsts = await Promise.all([
      this.#rows("attemptDue"),
      this.#rows("attemptLease"),
      this.#rows("refundDue"),
      this.#rows("refundLease"),
    ]);
    const times = firsts.flatMap((rows) => rows.map((row) => Number(row["at_ms"])));
    return times.length === 0 ? null : Math.min(...times);
  }

  interrupted(): Promise<readonly Attempt[]> {
    return this.#docs("interrupted");
  }

  attemptsDueAfter(atMs: number): Promise<readonly Attempt[]> {
    return this.#docs("attemptsDueAfter", atMs);
  }

  refundsDueAfter(atMs: number): Promise<readonly Refund[]> {
    return this.#docs("refundsDueAfter", atMs);
  }

  async receiptByToken(
    token: string,
  ): Promise<{ readonly merchantId: string; readonly receipt: Receipt } | null> {
    const row = (await this.#rows("receiptByToken", token))[0];
    if (row === undefined) return null;
    const openedAtMs = row["opened_at_ms"] === null ? null : Number(row["opened_at_ms"]);
    return {
      merchantId: String(row["merchant"]),
      receipt: { ...docOf<Receipt>(row), openedAtMs, void: row["void"] === 1 },
    };
  }

  async withdrawn(merchantId: string, orderNo: string): Promise<boolean> {
    const rows = await this.#rows("attemptState", merchantId, orderNo);
    return rows[0]?.["state"] === "withdrawn";
  }

  async setting(key: string): Promise<string | null> {
    const row = (await this.#rows("setting", key))[0];
    return row ? String(row["value"]) : null;
  }

  async events(stream: string): ReturnType<Ledger["events"]> {
    const events = (await this.#ask({ kind: "events", stream })) as readonly ChainedEvent[];
    return events.map(unpackEvent);
  }

  /** In steps of a few ms, so that commits go on beside it. */
  async brokenChain(): ReturnType<Ledger["brokenChain"]> {
    for (let point = checkStart; ;) {
      const step = (await this.#ask({ kind: "check", point })) as CheckStep;
      if (step.done) return step.broken;
      point = step.next;
    }
  }

  async health(): Promise<StoreHealth> {
    return (await this.#ask({ kind: "health" })) as StoreHealth;
  }

  async reopen(): Promise<void> {
    await this.#ask({ kind: "reopen" });
  }

  async close(): Promise<void> {
    await (this.#closed ??= this.#ask({ kind: "close" }));
  }
}
