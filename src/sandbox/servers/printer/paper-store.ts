/** The tray of finished papers: the last 500 in memory, all of them in a file where one is wanted. */
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Totals } from "../../model/printer/counters.ts";
import type { Paper } from "../../model/printer/paper.ts";

const papersMax = 500;
const fileName = "papers.jsonl";

type Entry =
  | { readonly paper: Paper; readonly totals: Totals }
  /** The tray was emptied when this was the last paper. */
  | { readonly clearedUpTo: number };

const bitsToText = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value;

function textToBits(_key: string, value: unknown): unknown {
  if (typeof value === "object" && value !== null && "base64" in value)
    return new Uint8Array(Buffer.from(String(value.base64), "base64"));
  return value;
}

/** A paper as JSON; the dots of pictures as base64. */
export const paperJson = (paper: Paper): string =>
  JSON.stringify(paper, hasBits(paper) ? bitsToText : undefined);

/** Most papers are text alone, and are written much faster without looking for dots in them. */
const hasBits = (paper: Paper): boolean =>
  paper.elements.some(
    (element) =>
      element.kind === "image" ||
      (element.kind === "line" && element.pieces.some((piece) => piece.kind === "picture")),
  );

const entryJson = (entry: Entry): string =>
  "paper" in entry
    ? `{"paper":${paperJson(entry.paper)},"totals":${JSON.stringify(entry.totals)}}`
    : JSON.stringify(entry);

/** Null for a line that a killed process left half written. */
function entryOf(line: string): Entry | null {
  try {
    return JSON.parse(line, textToBits) as Entry;
  } catch {
    return null;
  }
}

const readIfThere = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

export class PaperStore {
  #papers: Paper[] = [];
  #totals: Totals = { lines: 0, cuts: 0 };
  #last = 0;
  readonly #file: number | null = null;

  /** Reads what an earlier run left in `dataDir`; without one nothing is kept. */
  constructor(dataDir: string | null) {
    if (dataDir === null) return;
    mkdirSync(dataDir, { recursive: true });
    const path = join(dataDir, fileName);
    const text = readIfThere(path);
    for (const line of text.split("\n")) {
      const entry = line === "" ? null : entryOf(line);
      if (entry) this.#take(entry);
    }
    this.#file = openSync(path, "a");
    if (text !== "" && !text.endsWith("\n")) writeSync(this.#file, "\n");
  }

  get papers(): readonly Paper[] {
    return this.#papers;
  }

  get totals(): Totals {
    return this.#totals;
  }

  get nextNumber(): number {
    return this.#last + 1;
  }

  add(paper: Paper, totals: Totals): void {
    this.#write({ paper, totals });
  }

  clear(): void {
    this.#write({ clearedUpTo: this.#last });
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }

  /** Written at once, so that a killed process leaves every finished paper behind. */
  #write(entry: Entry): void {
    if (this.#file !== null) writeSync(this.#file, `${entryJson(entry)}\n`);
    this.#take(entry);
  }

  #take(entry: Entry): void {
    if ("clearedUpTo" in entry) {
      this.#papers = [];
      return;
    }
    this.#papers.push(entry.paper);
    if (this.#papers.length > papersMax) this.#papers.shift();
    this.#last = entry.paper.n;
    this.#totals = entry.totals;
  }
}
