/** The engines that keep what stores are given. What they keep outlives the processes that use them. */
import { memoryJournal, newJournalDisk } from "../../adapters/store/memory/journal.ts";
import { memoryLedger, newLedgerDisk } from "../../adapters/store/memory/ledger.ts";
import type { Journal } from "../../ports/journal.ts";
import type { Ledger, StoredEvent } from "../../ports/ledger.ts";
import { quickHash } from "../world/hash.ts";

/** A stream's last event by the head that is kept apart from it. */
export interface Head {
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
}

/** Looks past the port, for the auditor; the store isn't used any more after that. */
export interface Insight {
  events(): readonly StoredEvent[];
  heads(): readonly Head[];
}

export interface Engines {
  journal(): { readonly journal: Journal; readonly insight: Insight };
  ledger(): { readonly ledger: Ledger; readonly insight: Insight };
  /** Nothing of it is needed any more. */
  close(): void;
}

export const memoryEngines = (): Engines => ({
  journal() {
    const disk = newJournalDisk();
    return { journal: memoryJournal(quickHash, disk), insight: insightOf(disk.events) };
  },
  ledger() {
    const disk = newLedgerDisk();
    return { ledger: memoryLedger(quickHash, disk), insight: insightOf(disk.events) };
  },
  close: () => {},
});

type Shelf = ReturnType<typeof newJournalDisk>["events"];

const insightOf = (shelf: Shelf): Insight => ({
  events: () =>
    [...shelf.streams.values()].flatMap((stream) =>
      stream.map((one) => ({ ...one, detail: JSON.parse(one.detail) as StoredEvent["detail"] })),
    ),
  heads: () => [...shelf.heads].map(([stream, { seq, hash }]) => ({ stream, seq, hash })),
});
