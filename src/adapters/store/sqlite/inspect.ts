/**
 * A look at a store that leaves it as it is: no owner's note, no ballast, no migration, so that what the last stop left is
 * still there for the next start. For `chupiao doctor`.
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Text } from "../../../core/text/text.ts";
import { realWorld } from "../../world/real.ts";
import { follows, headBreak, noHead } from "../chain.ts";
import { eventOf } from "./chain.ts";
import { asError, isBusy, isDamage, StoreDamaged, StoreInUse, StoreUnfit } from "./errors.ts";
import { checkSchema, type Schema } from "./migrate.ts";
import { readOwner } from "./owner.ts";

export type Inspected =
  | { readonly state: "absent" }
  /** By which process, where it wrote itself down. */
  | { readonly state: "in_use"; readonly owner: string | null }
  /** Not ours, or made by a newer version: the words say what to do. */
  | { readonly state: "unfit"; readonly why: Text }
  | { readonly state: "damaged"; readonly why: string }
  /** Every page is well, but an event was changed or is missing. */
  | { readonly state: "chain_broken"; readonly stream: string; readonly seq: number }
  | { readonly state: "whole"; readonly events: number; readonly lastStopClean: boolean };

/** Reads the whole file: seconds where it is large. Never throws. */
export function inspectStore(path: string, schema: Schema): Inspected {
  if (!existsSync(path)) return { state: "absent" };
  const lastStopClean = readOwner(path) === null;
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path);
    // Alone with the file there is no shared memory to be made, for which a full disk has no room.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    checkSchema(database, schema);
    const found = Object.values(database.prepare("PRAGMA quick_check(1)").get() ?? {})[0];
    if (found !== "ok") return { state: "damaged", why: String(found) };
    const chain = walk(database);
    return "stream" in chain
      ? { state: "chain_broken", ...chain }
      : { state: "whole", events: chain.events, lastStopClean };
  } catch (error) {
    if (isBusy(error)) return { state: "in_use", owner: readOwner(path) };
    if (error instanceof StoreUnfit) return { state: "unfit", why: error.text };
    return { state: "damaged", why: asError(error).message };
  } finally {
    close(database);
  }
}

/**
 * Throws what opening it would throw (StoreInUse, StoreUnfit, StoreDamaged), so that a start that can't be is refused before
 * it touches anything. Reads a page or two. Whatever else is wrong is left to the opening itself.
 */
export function refuseUnusable(path: string, schema: Schema): void {
  if (!existsSync(path)) return;
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path);
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    checkSchema(database, schema);
  } catch (error) {
    if (isBusy(error)) throw new StoreInUse(path, readOwner(path));
    if (error instanceof StoreUnfit) throw error;
    if (isDamage(error)) throw new StoreDamaged(path, asError(error).message);
  } finally {
    close(database);
  }
}

/** One setting of a store at rest; null where there is none, or the store can't be read. Never throws. */
export const settingAtRest = (path: string, key: string): string | null =>
  readAtRest(path, null, (database) => {
    const row = database.prepare("SELECT value FROM setting WHERE key = ?").get(key);
    return row === undefined ? null : String(row["value"]);
  });

export interface Sold {
  readonly hasCharges: boolean;
  readonly receipts: "none" | "play" | "some_live";
}

const anyLive = "SELECT 1 FROM receipt WHERE json_extract(doc, '$.content.livemode') LIMIT 1";
// A withdrawn order was never sent.
const anyCharge = "SELECT 1 FROM attempt WHERE state <> 'withdrawn' LIMIT 1";

/** What a store at rest tells of its sales: nothing where it can't be read. Never throws. */
export const soldAtRest = (path: string): Sold =>
  readAtRest<Sold>(path, { hasCharges: false, receipts: "none" }, (database) => {
    const has = (sql: string): boolean => database.prepare(sql).get() !== undefined;
    const play = has("SELECT 1 FROM receipt LIMIT 1") ? "play" : "none";
    return { hasCharges: has(anyCharge), receipts: has(anyLive) ? "some_live" : play };
  });

function readAtRest<T>(path: string, otherwise: T, read: (database: DatabaseSync) => T): T {
  if (!existsSync(path)) return otherwise;
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path);
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    return read(database);
  } catch {
    return otherwise;
  } finally {
    close(database);
  }
}

function walk(
  database: DatabaseSync,
): { readonly events: number } | { readonly stream: string; readonly seq: number } {
  const heads = new Map(
    database
      .prepare("SELECT stream, seq, hash FROM head")
      .all()
      .map((row) => [
        String(row["stream"]),
        { seq: Number(row["seq"]), hash: String(row["hash"]) },
      ]),
  );
  let events = 0;
  let at = { stream: "", ...noHead };
  const endBreak = (): number | null => {
    const head = heads.get(at.stream);
    heads.delete(at.stream);
    return at.seq === 0 ? null : headBreak(at, head);
  };
  for (const row of database.prepare("SELECT * FROM event ORDER BY stream, seq").iterate()) {
    const event = eventOf(row);
    if (event.stream !== at.stream) {
      const seq = endBreak();
      if (seq !== null) return { stream: at.stream, seq };
      at = { stream: event.stream, ...noHead };
    }
    if (!follows(at, event, realWorld.sha256)) return { stream: event.stream, seq: event.seq };
    at = { stream: event.stream, seq: event.seq, hash: event.hash };
    events += 1;
  }
  const seq = endBreak();
  if (seq !== null) return { stream: at.stream, seq };
  // A head without any event: the whole stream is gone.
  const [bare] = heads.keys();
  return bare === undefined ? { events } : { stream: bare, seq: 1 };
}

function close(database: DatabaseSync | null): void {
  try {
    database?.close();
  } catch {
    // What was found out is what counts.
  }
}
