/** Reads the rows of a closed store, as anybody with SQLite could, and none of the code that wrote them. */
import { DatabaseSync } from "node:sqlite";
import type { HeadFact, LogFact } from "../../simulation/auditor/facts.ts";

export type Row = Readonly<Record<string, unknown>>;
/** An entity as it stands in its row. */
export type Doc = Readonly<Record<string, unknown>>;

export class Rows {
  readonly #db: DatabaseSync;

  constructor(path: string) {
    this.#db = new DatabaseSync(path, { readOnly: true });
  }

  all(sql: string): readonly Row[] {
    return this.#db.prepare(sql).all();
  }

  docs(table: string): readonly Doc[] {
    return this.all(`SELECT doc FROM ${table}`).map((row) => JSON.parse(String(row["doc"])) as Doc);
  }

  logs(log: LogFact["log"], owner: string): readonly LogFact[] {
    return this.all(`SELECT * FROM event ORDER BY stream, seq`).map((row) => ({
      log,
      owner,
      stream: String(row["stream"]),
      seq: Number(row["seq"]),
      hash: String(row["hash"]),
      saleId: typeof row["sale_id"] === "string" ? row["sale_id"] : null,
      kind: String(row["kind"]),
      actor: String(row["actor"]),
      detail: JSON.parse(String(row["detail"])) as LogFact["detail"],
      atMs: Number(row["at_ms"]),
    }));
  }

  heads(log: HeadFact["log"], owner: string): readonly HeadFact[] {
    return this.all(`SELECT stream, seq, hash FROM head`).map((row) => ({
      log,
      owner,
      stream: String(row["stream"]),
      seq: Number(row["seq"]),
      hash: String(row["hash"]),
    }));
  }

  close(): void {
    this.#db.close();
  }
}
