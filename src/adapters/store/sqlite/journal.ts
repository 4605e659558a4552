/** The terminal's journal in a SQLite file, on the thread that calls it: a till commits a few times a second. */
import { JournalFailed } from "../../../ports/journal.ts";
import type { Journal, JournalWrite } from "../../../ports/journal.ts";
import type { StreamEvent } from "../../../ports/ledger.ts";
import type { World } from "../../../ports/world.ts";
import { realWorld } from "../../world/real.ts";
import { packEvent, unpackEvent } from "../chain.ts";
import type { PackedEvent } from "../chain.ts";
import { checkStart, EventChain } from "./chain.ts";
import { asError, isFull } from "./errors.ts";
import { SqliteFile } from "./file.ts";
import type { FileSettings, Outcome, StoreHealth } from "./file.ts";
import { JournalReader } from "./journal-read.ts";
import { journalSchema } from "./journal-schema.ts";
import { applyWrite, packWrite } from "./journal-write.ts";
import type { PackedWrite } from "./journal-write.ts";
import { perTurn, type Soon } from "./turn.ts";

export interface SqliteJournal extends Journal {
  health(): StoreHealth;
  /** The way on after JournalFailed: reads the file anew. What is open must be read again. Throws if it can't. */
  reopen(): void;
}

interface Waiting {
  readonly writes: readonly PackedWrite[];
  readonly events: readonly PackedEvent[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens or creates the journal at `path`. Commits of one turn of the event loop share one fsync; a commit that the
 * store refuses (a TypeError for values that aren't plain, an Error for a second answer to a request) leaves its
 * neighbours alone. Throws StoreInUse when another process has it, StoreUnfit when it isn't a journal of ours.
 */
export function openJournal(
  path: string,
  {
    world = realWorld,
    soon,
    ...settings
  }: FileSettings & { readonly world?: Pick<World, "sha256">; readonly soon?: Soon } = {},
): SqliteJournal {
  const file = new SqliteFile(path, journalSchema, settings);
  const chain = new EventChain(file, world.sha256);
  const reader = new JournalReader(file);
  const turn = perTurn<Waiting>((commits) => commitAll(file, chain, commits), soon);
  return {
    commit(writes: readonly JournalWrite[], events: readonly StreamEvent[]) {
      return new Promise((resolve, reject) => {
        turn.add({
          writes: writes.map(packWrite),
          events: events.map(packEvent),
          resolve,
          reject,
        });
      });
    },
    open: () => reader.open(),
    record: (saleId) => reader.record(saleId),
    findSale: (number) => reader.findSale(number),
    receipts: (saleId) => reader.receipts(saleId),
    saleOfJob: (jobId) => reader.saleOfJob(jobId),
    job: (jobId) => reader.job(jobId),
    lastSent: () => reader.lastSent(),
    sales: (limit, before) => reader.sales(limit, before),
    unpaidSince: (fromMs) => reader.unpaidSince(fromMs),
    money: (businessDay) => reader.money(businessDay),
    moneyDays: () => reader.moneyDays(),
    setting: (key) => reader.setting(key),
    request: (key) => reader.request(key),
    incidents: (limit, before) => reader.incidents(limit, before),
    incidentsOfSale: (saleId) => reader.incidentsOfSale(saleId),
    incident: (number) => reader.incident(number),
    openIncidents: () => reader.openIncidents(),
    evidence: (fromMs, untilMs) => reader.evidence(fromMs, untilMs),
    events: (saleId) => chain.ofSale(saleId).map(unpackEvent),
    brokenChain() {
      let step = chain.check(checkStart);
      while (!step.done) step = chain.check(step.next);
      return step.broken;
    },
    health: () => file.health(),
    reopen() {
      turn.flush();
      chain.forget();
      file.reopen();
    },
    close() {
      turn.flush();
      file.close();
      return Promise.resolve();
    },
  };
}

function commitAll(file: SqliteFile, chain: EventChain, commits: readonly Waiting[]): void {
  let outcomes: readonly Outcome<void>[];
  try {
    const operations = commits.map(({ writes, events }) => () => {
      for (const write of writes) applyWrite(file, write);
      chain.append(events);
    });
    outcomes = file.together(operations, () => false, chain);
  } catch (error) {
    const { message } = asError(error);
    const how = { cause: error, isFull: isFull(error) };
    const failed = new JournalFailed(`${file.path}: ${message}`, how);
    for (const commit of commits) commit.reject(failed);
    return;
  }
  commits.forEach((commit, at) => {
    const outcome = outcomes[at];
    if (outcome?.ok === true) commit.resolve();
    else commit.reject(outcome?.error ?? new Error("no outcome"));
  });
}
