import type { DatabaseSync } from "node:sqlite";
import { foreignStore, newerStore } from "./errors.ts";

export interface Schema {
  /** What the file is, for messages. */
  readonly name: string;
  /** SQLite's application_id: a journal is never opened as a ledger, nor somebody else's file as either. */
  readonly applicationId: number;
  /** Step n leads from version n - 1 to n. Steps are only ever added: a file in a shop has run the old ones. */
  readonly steps: readonly string[];
}

/** The version that the file has. Throws StoreUnfit for one that isn't ours, or newer than we are. */
export function checkSchema(database: DatabaseSync, schema: Schema): number {
  const read = (name: string): number => Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
  const version = read("user_version");
  const path = database.location() ?? schema.name;
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  if (!isEmpty && read("application_id") !== schema.applicationId)
    throw foreignStore(path, schema.name);
  if (version > schema.steps.length) throw newerStore(path, version, schema.steps.length);
  return version;
}

/**
 * Brings the file to the newest version, each step in a transaction of its own; a new file is made whole in one. Throws
 * StoreUnfit.
 */
export function migrate(database: DatabaseSync, schema: Schema): void {
  let version = checkSchema(database, schema);
  const rest = schema.steps.slice(version);
  const rounds = version === 0 ? [rest] : rest.map((step) => [step]);
  for (const round of rounds) {
    version += round.length;
    database.exec("BEGIN IMMEDIATE");
    for (const step of round) database.exec(step);
    database.exec(`PRAGMA application_id = ${schema.applicationId}`);
    database.exec(`PRAGMA user_version = ${version}`);
    database.exec("COMMIT");
  }
}
