/** The events of a store: appended in the commit of what they explain, chained within each stream. */
import { headBreak, chained, follows, noHead } from "../chain.ts";
import type { ChainedEvent, Head, PackedEvent, Sha256 } from "../chain.ts";
import type { Remembered, Row, SqliteFile } from "./file.ts";

/** `head` stands apart from the events, so that the loss of the last ones shows too. */
export const eventTables = `
CREATE TABLE event (
  stream TEXT NOT NULL,
  seq INTEGER NOT NULL,
  sale_id TEXT,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT;
CREATE TABLE head (
  stream TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

const columns = `stream, seq, sale_id, at_ms, actor, kind, detail, hash`;
const sql = {
  append: `INSERT INTO event (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
  setHead: `INSERT INTO head (stream, seq, hash) VALUES ($1, $2, $3)
    ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
  head: `SELECT seq, hash FROM head WHERE stream = $1`,
  after: `SELECT ${columns} FROM event WHERE (stream, seq) > ($1, $2) ORDER BY stream, seq LIMIT $3`,
  bare: `SELECT stream FROM head WHERE NOT EXISTS
    (SELECT 1 FROM event WHERE event.stream = head.stream) ORDER BY stream LIMIT 1`,
  ofStream: `SELECT ${columns} FROM event WHERE stream = $1 ORDER BY seq`,
  ofSale: `SELECT ${columns} FROM event WHERE sale_id = $1 ORDER BY stream, seq`,
};

/** Streams whose head is remembered: those of the sales that are going on now, with room to spare. */
const headsMax = 10_000;
/** Events checked at a stretch, a few ms. */
const checkedAtOnce = 1000;

/** A place where an event is missing, changed or too many. */
export interface Break {
  readonly stream: string;
  readonly seq: number;
}

/** How far a check has come. */
export interface CheckPoint extends Head {
  readonly stream: string;
}

export type CheckStep =
  | { readonly done: true; readonly broken: Break | null }
  | { readonly done: false; readonly next: CheckPoint };

export const checkStart: CheckPoint = { stream: "", ...noHead };

export function eventOf(row: Row): ChainedEvent {
  return {
    stream: String(row["stream"]),
    seq: Number(row["seq"]),
    saleId: row["sale_id"] === null ? null : String(row["sale_id"]),
    atMs: Number(row["at_ms"]),
    actor: String(row["actor"]),
    kind: String(row["kind"]),
    detail: String(row["detail"]),
    hash: String(row["hash"]),
  };
}

export class EventChain implements Remembered {
  readonly #file: SqliteFile;
  readonly #sha256: Sha256;
  readonly #heads = new Map<string, Head>();
  /** Heads before the operation that is running. */
  readonly #before = new Map<string, Head | undefined>();

  constructor(file: SqliteFile, sha256: Sha256) {
    this.#file = file;
    this.#sha256 = sha256;
  }

  append(events: readonly PackedEvent[]): void {
    const streams = new Set<string>();
    for (const event of events) {
      const link = chained(this.#head(event.stream), event, this.#sha256);
      const { stream, seq, saleId, atMs, actor, kind, detail, hash } = link;
      this.#file.run(sql.append, stream, seq, saleId, atMs, actor, kind, detail, hash);
      if (!this.#before.has(stream)) this.#before.set(stream, this.#heads.get(stream));
      this.#heads.set(stream, { seq, hash });
      streams.add(stream);
    }
    for (const stream of streams) {
      const { seq, hash } = this.#head(stream);
      this.#file.run(sql.setHead, stream, seq, hash);
    }
  }

  #head(stream: string): Head {
    return this.#heads.get(stream) ?? this.#storedHead(stream) ?? noHead;
  }

  #storedHead(stream: string): Head | undefined {
    const row = this.#file.row(sql.head, stream);
    return row && { seq: Number(row["seq"]), hash: String(row["hash"]) };
  }

  keep(): void {
    this.#before.clear();
    for (const stream of this.#heads.keys()) {
      if (this.#heads.size <= headsMax) return;
      this.#heads.delete(stream);
    }
  }

  undo(): void {
    for (const [stream, head] of this.#before) {
      if (head === undefined) this.#heads.delete(stream);
      else this.#heads.set(stream, head);
    }
    this.#before.clear();
  }

  forget(): void {
    this.#heads.clear();
    this.#before.clear();
  }

  ofStream(stream: string): readonly ChainedEvent[] {
    return this.#file.rows(sql.ofStream, stream).map(eventOf);
  }

  /** Needs an index on sale_id. */
  ofSale(saleId: string): readonly ChainedEvent[] {
    return this.#file.rows(sql.ofSale, saleId).map(eventOf);
  }

  /** Checks the next events in the order of stream and number. Commits may happen between two steps. */
  check(point: CheckPoint): CheckStep {
    const rows = this.#file.rows(sql.after, point.stream, point.seq, checkedAtOnce);
    let at = point;
    for (const event of rows.map(eventOf)) {
      if (event.stream !== at.stream) {
        const seq = this.#endBreak(at);
        if (seq !== null) return { done: true, broken: { stream: at.stream, seq } };
        at = { stream: event.stream, ...noHead };
      }
      if (!follows(at, event, this.#sha256)) {
        return { done: true, broken: { stream: event.stream, seq: event.seq } };
      }
      at = { stream: event.stream, seq: event.seq, hash: event.hash };
    }
    if (rows.length === checkedAtOnce) return { done: false, next: at };
    const seq = this.#endBreak(at);
    if (seq !== null) return { done: true, broken: { stream: at.stream, seq } };
    const bare = this.#file.row(sql.bare);
    return { done: true, broken: bare ? { stream: String(bare["stream"]), seq: 1 } : null };
  }

  #endBreak(end: CheckPoint): number | null {
    return end.seq === 0 ? null : headBreak(end, this.#storedHead(end.stream));
  }
}
