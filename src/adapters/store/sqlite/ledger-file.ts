/** The ledger's file: runs a batch of calls, its changes in one transaction and its reads after that. */
import type { LedgerRefusal, LedgerWrite } from "../../../ports/ledger.ts";
import type { Sha256 } from "../chain.ts";
import { EventChain } from "./chain.ts";
import { asError, isDuplicate } from "./errors.ts";
import { SqliteFile } from "./file.ts";
import type { FileSettings, Row, Value } from "./file.ts";
import type { Call, Committed, PackedWrite, Reply, Rows } from "./ledger-calls.ts";
import { ledgerSchema } from "./ledger-schema.ts";
import { claimSql, readSql, writeSql } from "./ledger-sql.ts";

type Change = Extract<Call, { readonly kind: "commit" | "claim" }>;
type Result = Committed | Rows;

const isChange = (call: Call): call is Change => call.kind === "commit" || call.kind === "claim";
const isRefusal = (result: Result): boolean => typeof result === "string" && result !== "committed";

export class LedgerFile {
  readonly #file: SqliteFile;
  readonly #chain: EventChain;

  /** Throws like SqliteFile. */
  constructor(path: string, settings: FileSettings, sha256: Sha256) {
    this.#file = new SqliteFile(path, ledgerSchema, settings);
    this.#chain = new EventChain(this.#file, sha256);
  }

  /** A reply for each call, in the same order. Never throws. */
  run(calls: readonly Call[]): readonly Reply[] {
    const changes = calls.filter(isChange);
    const changed = changes.length === 0 ? [] : this.#changeAll(changes);
    let next = 0;
    return calls.map((call) => {
      if (!isChange(call)) return this.#answer(call);
      const reply = changed[next];
      next += 1;
      return reply ?? { ok: false, unavailable: true, error: new Error("no outcome") };
    });
  }

  #changeAll(changes: readonly Change[]): readonly Reply[] {
    try {
      const operations = changes.map((change) => () => this.#change(change));
      return this.#file
        .together<Result>(operations, isRefusal, this.#chain)
        .map((outcome) => (outcome.ok ? outcome : { ...outcome, unavailable: false }));
    } catch (error) {
      const reply: Reply = { ok: false, unavailable: true, error: asError(error) };
      return changes.map(() => reply);
    }
  }

  #change(change: Change): Result {
    if (change.kind === "claim") return this.#claim(change);
    for (const write of change.writes) {
      const refusal = this.#write(write);
      if (refusal !== null) return refusal;
    }
    this.#chain.append(change.events);
    return "committed";
  }

  #write({ kind, values }: PackedWrite): LedgerRefusal | null {
    try {
      if (this.#file.run(writeSql[kind], ...values) > 0) return null;
      return refusals[kind](this.#file, values);
    } catch (error) {
      // An ended attempt came back to life beside another one.
      if (kind === "update_attempt" && isDuplicate(error)) return "sale_has_attempt";
      throw error;
    }
  }

  #claim({ table, nowMs, leaseUntilMs, limit }: Extract<Change, { kind: "claim" }>): Rows {
    // The order of RETURNING is the engine's.
    return this.#file
      .rows(claimSql[table], leaseUntilMs, nowMs, limit)
      .toSorted((a, b) => Number(a["due_at_ms"]) - Number(b["due_at_ms"]) || byKey(a, b));
  }

  #answer(call: Exclude<Call, Change>): Reply {
    try {
      return { ok: true, value: this.#read(call) };
    } catch (error) {
      return { ok: false, unavailable: true, error: asError(error) };
    }
  }

  #read(call: Exclude<Call, Change>): unknown {
    switch (call.kind) {
      case "read":
        return this.#file.rows(readSql[call.name], ...call.values);
      case "events":
        return this.#chain.ofStream(call.stream);
      case "check":
        return this.#chain.check(call.point);
      case "health":
        return this.#file.health();
      case "reopen":
        this.#chain.forget();
        return this.#file.reopen();
      case "close":
        return this.#file.close();
    }
  }
}

const keyOf = (row: Row): string => `${String(row["merchant"])} ${String(row["key"])}`;
const byKey = (a: Row, b: Row): number => (keyOf(a) < keyOf(b) ? -1 : 1);

/** Why a write changed nothing. */
const refusals: Readonly<
  Record<LedgerWrite["kind"], (file: SqliteFile, values: readonly Value[]) => LedgerRefusal | null>
> = {
  insert_attempt(file, [merchant = "", orderNo = ""]) {
    const state = file.row(readSql.attemptState, merchant, orderNo)?.["state"];
    if (state === undefined) return "sale_has_attempt";
    return state === "withdrawn" ? "order_withdrawn" : "order_exists";
  },
  // Withdrawing twice is the same wish, sent again.
  withdraw_order(file, [merchant = "", orderNo = ""]) {
    const state = file.row(readSql.attemptState, merchant, orderNo)?.["state"];
    return state === "withdrawn" ? null : "order_exists";
  },
  update_attempt: () => "stale",
  insert_refund: () => "refund_exists",
  update_refund: () => "stale",
  put_receipt: () => "receipt_number_used",
  put_setting: () => null,
  raise_setting: () => null,
  swap_setting: () => "stale",
};
