/**
 * The tray of finished papers: the last 500 in memory, all of them in a file where one is wanted. What hangs out of the
 * printer stands there too: real paper doesn't vanish when a process dies, and is torn off at the next start.
 */
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Totals } from "../../model/printer/counters.ts";
import type { Paper, PaperElement } from "../../model/printer/paper.ts";

const papersMax = 500;
/** Dots of 80 mm paper. */
const widthUsual = 576;
const fileName = "papers.jsonl";

type Entry =
  | { readonly paper: Paper; readonly totals: Totals }
  /** Came out since the last cut. */
  | { readonly printed: readonly PaperElement[]; readonly atMs: number }
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
const hasBits = ({ elements }: { readonly elements: readonly PaperElement[] }): boolean =>
  elements.some(
    (element) =>
      element.kind === "image" ||
      (element.kind === "line" && element.pieces.some((piece) => piece.kind === "picture")),
  );

function entryJson(entry: Entry): string {
  if ("paper" in entry)
    return `{"paper":${paperJson(entry.paper)},"totals":${JSON.stringify(entry.totals)}}`;
  const bits = "printed" in entry && hasBits({ elements: entry.printed });
  return JSON.stringify(entry, bits ? bitsToText : undefined);
}

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
  #hanging: PaperElement[] = [];
  #hangingAtMs = 0;
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
    const left = this.#leftOver();
    if (left !== null) this.add(left, this.#totals);
  }

  /** What hung out when the last process died. */
  #leftOver(): Paper | null {
    const last = this.#hanging.at(-1);
    const isBlank = this.#hanging.every((element) => element.kind === "feed");
    if (last === undefined || isBlank) return null;
    return {
      n: this.nextNumber,
      startedAtMs: this.#hangingAtMs,
      endedAtMs: this.#hangingAtMs,
      width: this.#papers.at(-1)?.width ?? widthUsual,
      length: last.y + last.height,
      end: "torn",
      elements: this.#hanging,
    };
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

  printed(elements: readonly PaperElement[], atMs: number): void {
    if (this.#file !== null) this.#write({ printed: elements, atMs });
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
    if ("printed" in entry) {
      this.#hanging.push(...entry.printed);
      this.#hangingAtMs = entry.atMs;
      return;
    }
    this.#hanging = [];
    this.#papers.push(entry.paper);
    if (this.#papers.length > papersMax) this.#papers.shift();
    this.#last = entry.paper.n;
    this.#totals = entry.totals;
  }
}
