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

/** Brings the file to the newest version, each step in a transaction of its own. Throws StoreUnfit. */
export function migrate(database: DatabaseSync, schema: Schema): void {
  const version = checkSchema(database, schema);
  schema.steps.slice(version).forEach((step, at) => {
    database.exec("BEGIN IMMEDIATE");
    database.exec(step);
    database.exec(`PRAGMA application_id = ${schema.applicationId}`);
    database.exec(`PRAGMA user_version = ${version + at + 1}`);
    database.exec("COMMIT");
  });
}
