/**
 * Qualifications and notices of this shop: entered here by the owner, or told by a feed. Kept in the journal, so that a
 * till that starts without network still knows them. As a probe it turns them into evidence, each by its date.
 */
import type { Evidence, Fact } from "../core/diagnosis/evidence.ts";
import {
  dated,
  joined,
  noRecords,
  type Notice,
  noticeSeen,
  type Qualification,
  qualificationSeen,
  type Records,
} from "../core/records/records.ts";
import { type FeedView, noticeView, qualificationView } from "../core/records/view.ts";
import { rfc3339China } from "../core/rules/time.ts";
import type { Journal } from "../ports/journal.ts";
import type { Log } from "../ports/log.ts";
import type { Probe } from "../ports/probe.ts";
import type { RecordFeed, RecordsDesk } from "../ports/records.ts";
import type { Answer } from "../ports/till.ts";
import type { World } from "../ports/world.ts";
import type { Operator } from "./config.ts";

export interface RecordBookDeps {
  readonly world: World;
  readonly journal: Journal;
  readonly terminalId: string;
  readonly log: Log;
  /** Null while somebody has to sign on first. */
  readonly onDuty: () => Operator | null;
  /** Null: only what is entered by hand counts. */
  readonly feed: RecordFeed | null;
  readonly feedEveryMs: number;
  /** How many days ahead an end is called expiring. */
  readonly aheadDays: number;
}

const byHandKey = "records";
const byFeedKey = "records_feed";

type Changed = { readonly kind: string; readonly detail: Readonly<Record<string, string>> };

const refuse = (
  refusal: "sign_on_needed" | "role_needed" | "record_not_found" | "window_ends_first",
) => ({ ok: false, refusal }) as const;

export class RecordBook implements RecordsDesk, Probe {
  readonly name = "records";
  readonly everyMs: number;
  readonly everyMsInTrouble: number;
  readonly #deps: RecordBookDeps;
  #byHand: Records;
  #byFeed: Records;
  #feedReadAtMs: number | null = null;
  #feedAskedMs: number | null = null;
  #feedError: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #listener: (evidence: readonly Evidence[]) => void = () => {};

  constructor(deps: RecordBookDeps) {
    this.#deps = deps;
    // A date passes by itself: looked at each minute, and whenever the feed may be read.
    this.everyMs = Math.min(60_000, deps.feedEveryMs);
    this.everyMsInTrouble = Math.min(10_000, deps.feedEveryMs);
    this.#byHand = stored(deps.journal, byHandKey);
    // Of a feed that isn't set any more nothing counts.
    this.#byFeed = deps.feed === null ? noRecords : stored(deps.journal, byFeedKey);
  }

  /** Told at once of what a person or the feed changed. */
  onEvidence(listener: (evidence: readonly Evidence[]) => void): void {
    this.#listener = listener;
  }

  /** At the start: what is known counts at once, and what was announced while nobody was here is asked for first of all. */
  begin(): void {
    this.#listener(this.#evidence(this.#all()));
    void this.look().then((evidence) => this.#listener(evidence));
  }

  qualifications(): ReturnType<RecordsDesk["qualifications"]> {
    return this.#all().qualifications.map((one) => this.#qualificationView(one));
  }

  setQualification(
    given: Parameters<RecordsDesk["setQualification"]>[0],
  ): ReturnType<RecordsDesk["setQualification"]> {
    return this.#asOwner(async (owner) => {
      const saidAtMs = this.#deps.world.nowMs();
      const one: Qualification = { ...given, source: nameOf(owner), saidAtMs };
      const qualifications = [...without(this.#byHand.qualifications, one.id), one];
      const detail = { what: one.what, id: one.id, state: one.state };
      await this.#keepByHand({ ...this.#byHand, qualifications }, { kind: "record_set", detail });
      return { ok: true, value: this.#qualificationView(one) };
    });
  }

  removeQualification(id: string): Promise<Answer<null>> {
    return this.#remove("qualification", "qualifications", id);
  }

  notices(): ReturnType<RecordsDesk["notices"]> {
    return this.#all().notices.map((one) => this.#noticeView(one));
  }

  setNotice(given: Parameters<RecordsDesk["setNotice"]>[0]): ReturnType<RecordsDesk["setNotice"]> {
    return this.#asOwner(async (owner) => {
      if (given.untilMs <= given.fromMs) return refuse("window_ends_first");
      const id = given.id ?? this.#freeId();
      const one: Notice = { ...given, id, source: nameOf(owner) };
      const notices = [...without(this.#byHand.notices, id), one];
      const detail = { what: "notice", id, scope: one.scope };
      await this.#keepByHand({ ...this.#byHand, notices }, { kind: "record_set", detail });
      return { ok: true, value: this.#noticeView(one) };
    });
  }

  removeNotice(id: string): Promise<Answer<null>> {
    return this.#remove("notice", "notices", id);
  }

  #remove(what: string, list: keyof Records, id: string): Promise<Answer<null>> {
    return this.#asOwner(async () => {
      const known: readonly Named[] = this.#byHand[list];
      if (!known.some((one) => one.id === id)) return refuse("record_not_found");
      const left = { ...this.#byHand, [list]: without(known, id) };
      await this.#keepByHand(left, { kind: "record_removed", detail: { what, id } });
      return { ok: true, value: null };
    });
  }

  feed(): FeedView {
    const readAtMs = this.#feedReadAtMs;
    return {
      address: this.#deps.feed?.address ?? null,
      read_at: readAtMs === null ? null : rfc3339China(readAtMs),
      error: this.#feedError,
    };
  }

  async look(): Promise<readonly Evidence[]> {
    const gone = await this.#readFeedIfDue();
    return [...gone, ...this.#evidence(this.#all())];
  }

  /** One change at a time: the next one begins with what this one has stored. */
  #asOwner<T>(change: (owner: Operator) => Promise<Answer<T>>): Promise<Answer<T>> {
    const done = this.#turn.then(() => {
      const owner = this.#owner();
      return owner.ok ? change(owner.value) : owner;
    });
    this.#turn = done.catch(() => null);
    return done;
  }

  async #readFeedIfDue(): Promise<readonly Evidence[]> {
    const { feed, feedEveryMs, world, log } = this.#deps;
    const nowMs = world.monotonicMs();
    const due = this.#feedAskedMs === null || nowMs - this.#feedAskedMs >= feedEveryMs;
    if (feed === null || !due) return [];
    this.#feedAskedMs = nowMs;
    const read = await feed.read();
    this.#feedError = read.kind === "failed" ? read.why : null;
    if (read.kind === "failed") {
      // After a power cut the line is often later than the till: the next look asks again.
      this.#feedAskedMs = null;
      log("warn", "record_feed_failed", { address: feed.address, why: read.why });
      return [];
    }
    this.#feedReadAtMs = world.nowMs();
    if (read.kind === "unchanged") return [];
    const records = dated(read.records, this.#byFeed, world.nowMs());
    if (same(records, this.#byFeed)) return [];
    return this.#keepByFeed(records).catch((error: unknown) => {
      // A disk that fails is another cause with evidence of its own; the feed is read again later.
      log("error", "record_feed_not_stored", { error: String(error) });
      return [];
    });
  }

  async #keepByFeed(records: Records): Promise<readonly Evidence[]> {
    const detail = {
      qualifications: String(records.qualifications.length),
      notices: String(records.notices.length),
    };
    await this.#commit(byFeedKey, records, "feed", { kind: "feed_read", detail });
    const before = this.#all();
    this.#byFeed = records;
    return this.#gone(before, this.#all());
  }

  async #keepByHand(records: Records, changed: Changed): Promise<void> {
    const actor = `operator ${this.#deps.onDuty()?.no ?? ""}`;
    await this.#commit(byHandKey, records, actor, changed);
    const before = this.#all();
    this.#byHand = records;
    const now = this.#all();
    this.#listener([...this.#gone(before, now), ...this.#evidence(now)]);
  }

  #commit(key: string, records: Records, actor: string, { kind, detail }: Changed): Promise<void> {
    const { journal, terminalId, world } = this.#deps;
    const event = { stream: terminalId, saleId: null, atMs: world.nowMs(), actor, kind, detail };
    return journal.commit([{ kind: "setting", key, value: JSON.stringify(records) }], [event]);
  }

  #owner(): Answer<Operator> {
    const operator = this.#deps.onDuty();
    if (operator === null) return refuse("sign_on_needed");
    return operator.role === "owner" ? { ok: true, value: operator } : refuse("role_needed");
  }

  /** Short, so that a person can type it: n1, n2, … */
  #freeId(): string {
    const taken = new Set(this.#all().notices.map((one) => one.id));
    let count = 1;
    while (taken.has(`n${count}`)) count += 1;
    return `n${count}`;
  }

  #all(): Records {
    return joined(this.#byHand, this.#byFeed);
  }

  #qualificationView(one: Qualification): ReturnType<typeof qualificationView> {
    const { world, aheadDays } = this.#deps;
    const byHand = this.#byHand.qualifications.includes(one);
    return qualificationView(one, byHand, world.nowMs(), aheadDays);
  }

  #noticeView(one: Notice): ReturnType<typeof noticeView> {
    return noticeView(one, this.#byHand.notices.includes(one), this.#deps.world.nowMs());
  }

  #evidence({ qualifications, notices }: Records): readonly Evidence[] {
    const { world, aheadDays } = this.#deps;
    const atMs = world.nowMs();
    const facts: readonly Fact[] = [
      ...qualifications.map((one) => ({
        ...qualificationSeen(one, atMs, aheadDays),
        ...(this.#byHand.qualifications.includes(one) ? {} : { fromFeed: true as const }),
      })),
      ...notices.map(noticeSeen),
    ];
    return facts.map((fact) => ({ atMs, fact }));
  }

  /** What isn't there any more is told once: a notice as over, a qualification as withdrawn. */
  #gone(before: Records, now: Records): readonly Evidence[] {
    const { world, aheadDays } = this.#deps;
    const atMs = world.nowMs();
    const facts: readonly Fact[] = [
      ...missing(before.qualifications, now.qualifications).map((one) => ({
        ...qualificationSeen(one, atMs, aheadDays),
        state: "withdrawn" as const,
      })),
      ...missing(before.notices, now.notices).map((one) =>
        noticeSeen({ ...one, untilMs: Math.min(one.untilMs, atMs - 1) }),
      ),
    ];
    return facts.map((fact) => ({ atMs, fact }));
  }
}

function stored(journal: Journal, key: string): Records {
  const text = journal.setting(key);
  return text === null ? noRecords : (JSON.parse(text) as Records);
}

/** As people call them. */
const nameOf = ({ name, no }: Operator): string => (name === "" ? `operator ${no}` : name);

type Named = { readonly id: string };

const without = <T extends Named>(list: readonly T[], id: string): readonly T[] =>
  list.filter((one) => one.id !== id);

const missing = <T extends Named>(before: readonly T[], now: readonly T[]): readonly T[] =>
  before.filter((one) => !now.some((other) => other.id === one.id));

const same = (one: Records, other: Records): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
