/**
 * Keeps evidence in the journal as series, cheaply: in batches, thinned to one observation a minute for each thing that
 * is well, and let go after the retention. It never delays a sale, and what can't be stored is dropped.
 */
import type { Evidence, FactOf, Kind } from "../../core/diagnosis/evidence.ts";
import type { Journal, JournalWrite } from "../../ports/journal.ts";
import type { Log } from "../../ports/log.ts";
import type { World } from "../../ports/world.ts";

export interface RecorderDeps {
  readonly world: World;
  readonly journal: Journal;
  readonly log: Log;
}

const batchMs = 5_000;
/** Between two stored observations of one thing while nothing about it changes. */
const thinMs = 60_000;
const retentionMs = 7 * 24 * 3_600_000;
const letGoEveryMs = 3_600_000;
const waitingMax = 500;

export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #lastStored = new Map<string, { readonly atMs: number; readonly face: string }>();
  #waiting: Evidence[] = [];
  #callOff: (() => void) | null = null;
  #letGoAtMs = -Infinity;
  #stopped = false;

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
  }

  keep(evidence: Evidence): void {
    if (this.#stopped || !this.#isWorthIt(evidence)) return;
    if (this.#waiting.length >= waitingMax) this.#waiting.shift();
    this.#waiting.push(evidence);
    if (isLastWord(evidence)) {
      this.#callOff?.();
      this.#callOff = null;
      void this.#store();
      return;
    }
    this.#callOff ??= this.#deps.world.after(batchMs, () => void this.#store());
  }

  /** What is kept of this time, stored or about to be. */
  between(fromMs: number, untilMs: number): readonly Evidence[] {
    const stored = this.#deps.journal.evidence(fromMs, untilMs);
    const isThen = ({ atMs }: Evidence): boolean => fromMs <= atMs && atMs <= untilMs;
    return [...stored, ...this.#waiting.filter(isThen)];
  }

  /** What waits is stored at once. */
  async stop(): Promise<void> {
    this.#callOff?.();
    await this.#store();
    this.#stopped = true;
  }

  #isWorthIt({ atMs, fact }: Evidence): boolean {
    const thin = THINNED[fact.kind] as
      | ((one: typeof fact) => readonly [string, string])
      | undefined;
    if (thin === undefined) return true;
    const [topic, face] = thin(fact);
    const last = this.#lastStored.get(topic);
    const isNews = last === undefined || last.face !== face || Math.abs(atMs - last.atMs) >= thinMs;
    if (isNews) this.#lastStored.set(topic, { atMs, face });
    return isNews;
  }

  async #store(): Promise<void> {
    const { world, journal, log } = this.#deps;
    this.#callOff = null;
    const rows = this.#waiting;
    this.#waiting = [];
    const nowMs = world.monotonicMs();
    const isOldDue = nowMs - this.#letGoAtMs >= letGoEveryMs;
    if (rows.length === 0) return;
    const writes: JournalWrite[] = rows.map((evidence) => ({
      kind: "evidence",
      evidence: wholeEvidence(evidence),
    }));
    if (isOldDue) writes.push({ kind: "evidence_let_go", beforeMs: world.nowMs() - retentionMs });
    try {
      await journal.commit(writes, []);
      if (isOldDue) this.#letGoAtMs = nowMs;
    } catch (error) {
      log("warn", "evidence_not_kept", { rows: rows.length, error: String(error) });
    }
  }
}

/** What says that the shop's power is going: in five seconds nobody may be here to store it. */
const isLastWord = ({ fact }: Evidence): boolean =>
  fact.kind === "printer_line" && fact.what === "power_off";

type Thinned = {
  readonly [K in Kind]?: (fact: FactOf<K>) => readonly [topic: string, face: string];
};

/** Kinds that come at a steady pace: what the thing is, and what it looks like. All others are kept whole. */
const THINNED: Thinned = {
  reach: ({ target, path, failure }) => [`reach ${target} ${path}`, String(failure)],
  provider_call: ({ asked, unknown, code, subCode }) => [
    `call ${asked}`,
    `${unknown} ${code} ${subCode}`,
  ],
  computer: ({ loopDelayMs, undervoltage }) => ["computer", `${loopDelayMs > 500} ${undervoltage}`],
  clock: ({ against, offsetMs }) => [`clock ${against}`, String(Math.round(offsetMs / 10_000))],
  printer: ({ condition, paperLow }) => ["printer", `${condition} ${paperLow}`],
  print_time: () => ["print time", ""],
  job: ({ jobId, state, hold, doubt }) => [
    "job",
    doubt === null && hold === null && state !== "doubtful" ? "well" : `${jobId} ${state}`,
  ],
  attempt: ({ orderNo, state, unpaidEnd }) => [
    "attempt",
    unpaidEnd === null && state !== "unknown" ? "well" : `${orderNo} ${state}`,
  ],
  // Said anew at each look, as long as they stand.
  qualification: ({ id, what, state, untilMs, note }) => [
    `qualification ${id}`,
    `${what} ${state} ${untilMs} ${note}`,
  ],
  notice: ({ id, scope, fromMs, untilMs, title }) => [
    `notice ${id}`,
    `${scope} ${fromMs} ${untilMs} ${title}`,
  ],
  self_check: ({ check, good, detail }) => [`check ${check}`, `${good} ${detail}`],
  elsewhere: ({ failing }) => ["elsewhere", String(failing)],
};

/** Times are stored in whole milliseconds. */
function wholeEvidence({ atMs, fact }: Evidence): Evidence {
  const fields = Object.entries(fact).map(([name, value]) => [
    name,
    typeof value === "number" ? Math.round(value) : (value as unknown),
  ]);
  return { atMs: Math.round(atMs), fact: Object.fromEntries(fields) as Evidence["fact"] };
}
