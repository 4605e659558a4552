/** Qualifications and notices: entered, told by a feed, kept over a restart, and turned into evidence by their dates. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryJournal, newJournalDisk } from "../../src/adapters/store/memory/journal.ts";
import { manualWorld } from "../../src/adapters/world/manual.ts";
import type { Evidence } from "../../src/core/diagnosis/evidence.ts";
import type { Notice, Qualification, Records } from "../../src/core/records/records.ts";
import type { FeedRead } from "../../src/ports/records.ts";
import { houseOperator, type Operator } from "../../src/terminal/config.ts";
import { RecordBook } from "../../src/terminal/records.ts";
import { until } from "../support/until.ts";

const dayMs = 86_400_000;

function rig() {
  const world = manualWorld();
  const disk = newJournalDisk();
  const told: Evidence[][] = [];
  const feed = {
    address: "http://feed.example/",
    next: { kind: "unchanged" } as FeedRead,
    reads: 0,
  };
  const person = { onDuty: houseOperator as Operator | null };
  const open = (withFeed = true, read?: () => Promise<FeedRead>): RecordBook => {
    const book = new RecordBook({
      world,
      journal: memoryJournal(world.sha256, disk),
      terminalId: "T01",
      log: () => {},
      onDuty: () => person.onDuty,
      feed: withFeed
        ? {
            address: feed.address,
            read:
              read ??
              (async () => {
                feed.reads += 1;
                return feed.next;
              }),
          }
        : null,
      feedEveryMs: 300_000,
      aheadDays: 30,
    });
    book.onEvidence((evidence) => void told.push([...evidence]));
    return book;
  };
  const licence: Omit<Qualification, "source"> = {
    id: "licence",
    what: "licence",
    state: "valid",
    untilMs: world.nowMs() + 10 * dayMs,
    note: "",
  };
  const window: Omit<Notice, "source"> = {
    id: "n9",
    scope: "provider",
    fromMs: world.nowMs() + 3_600_000,
    untilMs: world.nowMs() + 7_200_000,
    title: "系统升级",
  };
  return { world, disk, told, feed, person, open, licence, window };
}

const facts = (evidence: readonly Evidence[] | undefined) =>
  (evidence ?? []).map(({ fact }) => fact as unknown as Readonly<Record<string, unknown>>);

test("what the owner enters is evidence at once, and still there after a restart", async () => {
  const { open, licence, told, disk, world } = rig();
  const set = await open().setQualification(licence);
  assert.equal(set.ok && set.value.state, "expiring");
  assert.deepEqual(facts(told[0]), [
    {
      kind: "qualification",
      id: "licence",
      what: "licence",
      state: "expiring",
      untilMs: licence.untilMs,
      note: "",
      saidAtMs: world.nowMs(),
    },
  ]);
  assert.deepEqual(
    open()
      .qualifications()
      .map(({ id, by_hand: byHand, source }) => ({ id, byHand, source })),
    [{ id: "licence", byHand: true, source: "店主" }],
  );
  const events = [...disk.events.streams.values()].flat().map((one) => one.kind);
  assert.deepEqual(events, ["record_set"]);
});

test("what only a feed has said is marked as that, until the owner says it", async () => {
  const { open, feed, licence, told } = rig();
  const read = { ...licence, source: feed.address };
  feed.next = { kind: "read", records: { qualifications: [read], notices: [] } };
  const book = open();
  assert.equal(facts(await book.look())[0]?.["fromFeed"], true);
  await book.setQualification(licence);
  assert.equal(facts(told.at(-1))[0]?.["fromFeed"], undefined);
});

test("at a start what is known counts before the feed has answered, which is asked at once", async () => {
  const { open, feed, told, window, world } = rig();
  const announced = { ...window, fromMs: world.nowMs(), source: "feed.example" };
  feed.next = { kind: "read", records: { qualifications: [], notices: [announced] } };
  await open().look();
  const more = { ...announced, id: "n10" };
  const waiting: ((read: FeedRead) => void)[] = [];
  const book = open(true, () => new Promise<FeedRead>((done) => waiting.push(done)));
  const ids = (evidence: readonly Evidence[] | undefined) => facts(evidence).map(({ id }) => id);
  book.begin();
  assert.deepEqual(told.map(ids), [["n9"]]);
  waiting[0]?.({ kind: "read", records: { qualifications: [], notices: [announced, more] } });
  await until("the feed's news", () => told.length === 2);
  assert.deepEqual(ids(told[1]), ["n9", "n10"]);
});

test("a feed that failed is asked again at the next look", async () => {
  const { open, feed } = rig();
  feed.next = { kind: "failed", why: "ENETUNREACH" };
  const book = open();
  await book.look();
  feed.next = { kind: "unchanged" };
  await book.look();
  await book.look();
  assert.equal(feed.reads, 2);
});

test("time alone turns expiring into expired", async () => {
  const { open, licence, world } = rig();
  const book = open(false);
  await book.setQualification(licence);
  await world.advance(11 * dayMs);
  assert.equal(facts(await book.look())[0]?.["state"], "expired");
  assert.equal(book.qualifications()[0]?.state, "expired");
});

test("a notice gets a short number, can be changed by it, and ends when it is removed", async () => {
  const { open, window, world, told } = rig();
  const book = open(false);
  const first = await book.setNotice({ ...window, id: null });
  assert.equal(first.ok && first.value.id, "n1");
  assert.equal(first.ok && first.value.phase, "ahead");
  await book.setNotice({ ...window, id: "n1", title: "改期" });
  assert.deepEqual(
    book.notices().map((one) => one.title),
    ["改期"],
  );
  await world.advance(3_600_000);
  assert.equal(book.notices()[0]?.phase, "now");
  assert.equal((await book.removeNotice("n1")).ok, true);
  assert.equal(book.notices().length, 0);
  const [gone] = facts(told.at(-1));
  assert.equal(gone?.["kind"], "notice");
  assert.ok(Number(gone?.["untilMs"]) < world.nowMs());
});

test("only the owner changes records, a window must end after it begins, unknown ids are named", async () => {
  const { open, licence, window, person } = rig();
  const book = open(false);
  assert.deepEqual(await book.removeQualification("no"), {
    ok: false,
    refusal: "record_not_found",
  });
  assert.deepEqual(await book.setNotice({ ...window, untilMs: window.fromMs }), {
    ok: false,
    refusal: "window_ends_first",
  });
  person.onDuty = { no: "07", name: "小王", role: "cashier" };
  assert.deepEqual(await book.setQualification(licence), { ok: false, refusal: "role_needed" });
  person.onDuty = null;
  assert.deepEqual(await book.setNotice(window), { ok: false, refusal: "sign_on_needed" });
  assert.deepEqual(book.qualifications(), []);
});

test("a feed is read at its own pace; what it stops telling is withdrawn; an entry by hand wins", async () => {
  const { open, feed, licence, window, world } = rig();
  const source = "feed.example";
  const told: Records = {
    qualifications: [{ ...licence, state: "frozen", source }],
    notices: [{ ...window, source }],
  };
  feed.next = { kind: "read", records: told };
  const book = open();
  assert.deepEqual(
    facts(await book.look()).map((one) => one["kind"]),
    ["qualification", "notice"],
  );
  assert.equal(book.qualifications()[0]?.state, "frozen");
  await world.advance(60_000);
  await book.look();
  assert.equal(feed.reads, 1);

  await book.setQualification(licence);
  assert.equal(book.qualifications()[0]?.state, "expiring");
  assert.deepEqual(await book.removeNotice("n9"), { ok: false, refusal: "record_not_found" });

  feed.next = { kind: "read", records: { qualifications: [], notices: [] } };
  await world.advance(300_000);
  const [gone] = facts(await book.look());
  assert.equal(gone?.["id"], "n9");
  assert.ok(Number(gone?.["untilMs"]) < world.nowMs());
  assert.deepEqual(
    book.qualifications().map((one) => one.by_hand),
    [true],
  );
});

test("a feed that fails says why, and what it told before still counts, over a restart too", async () => {
  const { open, feed, window, world } = rig();
  feed.next = {
    kind: "read",
    records: { qualifications: [], notices: [{ ...window, source: "feed.example" }] },
  };
  await open().look();
  const book = open();
  feed.next = { kind: "failed", why: "HTTP 500" };
  await world.advance(300_000);
  await book.look();
  assert.deepEqual(book.feed(), { address: feed.address, read_at: null, error: "HTTP 500" });
  assert.deepEqual(
    book.notices().map((one) => one.id),
    ["n9"],
  );
  assert.deepEqual(open(false).notices(), []);
});

test("two changes at once are both kept", async () => {
  const { open, window } = rig();
  const book = open();
  await Promise.all([
    book.setNotice({ ...window, id: null, title: "一" }),
    book.setNotice({ ...window, id: null, title: "二" }),
  ]);
  assert.deepEqual(
    book.notices().map(({ id, title }) => [id, title]),
    [
      ["n1", "一"],
      ["n2", "二"],
    ],
  );
});
