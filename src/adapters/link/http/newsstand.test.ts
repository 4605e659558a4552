import assert from "node:assert/strict";
import { test } from "node:test";
import type { HubNews } from "../../../ports/link.ts";
import { manualWorld } from "../../world/manual.ts";
import type { Cursor } from "./messages.ts";
import { newNewsstand, type NewsAnswer } from "./newsstand.ts";

function setUp() {
  const world = manualWorld();
  const listeners = new Map<string, Set<(news: HubNews) => void>>();
  const hub = {
    onNews(terminalId: string, listener: (news: HubNews) => void) {
      const set = listeners.get(terminalId) ?? new Set();
      listeners.set(terminalId, set.add(listener));
      return () => set.delete(listener);
    },
  };
  const tell = (saleId: string, terminalId = "T01"): void => {
    const news = { kind: "receipt_opened", saleId, atMs: world.nowMs() } as const;
    for (const listener of listeners.get(terminalId) ?? []) listener(news);
  };
  const stand = newNewsstand(hub, world);
  const ask = (after: Cursor | null, waitMs = 0): Promise<NewsAnswer> =>
    stand.next("T01", after, waitMs, () => {});
  return { world, stand, listeners, tell, ask };
}

const sales = ({ news }: NewsAnswer): readonly string[] =>
  news.map((one) => (one.kind === "receipt_opened" ? one.saleId : one.kind));

test("the first answer says that something may be missing; then news come in order, once confirmed never again", async () => {
  const { ask, tell } = setUp();
  const first = await ask(null);
  assert.deepEqual(sales(first), ["missed"]);
  tell("A");
  tell("B");
  const second = await ask(first.cursor);
  assert.deepEqual(sales(second), ["A", "B"]);
  assert.deepEqual(sales(await ask(first.cursor)), ["A", "B"], "the answer was lost: asked again");
  tell("C");
  const third = await ask(second.cursor);
  assert.deepEqual(sales(third), ["C"]);
  assert.deepEqual(sales(await ask(third.cursor)), []);
});

test("a waiting question is answered by the first news, by its time, by a newer question, and by the end", async () => {
  const { ask, tell, stand, world } = setUp();
  const { cursor } = await ask(null);
  const waiting = ask(cursor, 20_000);
  tell("A");
  const told = await waiting;
  assert.deepEqual(sales(told), ["A"]);
  const quiet = ask(told.cursor, 20_000);
  await world.advance(20_000);
  assert.deepEqual(sales(await quiet), []);
  const older = ask(told.cursor, 20_000);
  const newer = ask(told.cursor, 20_000);
  assert.deepEqual(sales(await older), []);
  stand.close();
  assert.deepEqual(sales(await newer), []);
  assert.deepEqual(sales(await ask(told.cursor, 20_000)), []);
  assert.equal(world.waiting, 0, "no timer is left");
});

test("the newest word on a sale takes the place of the older ones", async () => {
  const { ask, tell } = setUp();
  const { cursor } = await ask(null);
  for (const saleId of ["A", "B", "A", "A"]) tell(saleId);
  assert.deepEqual(sales(await ask(cursor)), ["B", "A"]);
});

test("who stays away while more happens than is kept is told so", async () => {
  const { ask, tell } = setUp();
  const { cursor } = await ask(null);
  for (let count = 1; count <= 300; count += 1) tell(`S${count}`);
  const answer = await ask(cursor);
  assert.equal(answer.news.length, 257);
  assert.equal(sales(answer).at(0), "S45");
  assert.equal(sales(answer).at(-1), "missed");
  assert.deepEqual(sales(await ask(answer.cursor)), []);
});

test("a hub that was started anew, and a shelf that was cleared, say that something may be missing", async () => {
  const { ask, tell, world, stand, listeners } = setUp();
  const { cursor } = await ask(null);
  assert.deepEqual(sales(await ask({ ...cursor, epoch: "another" })), ["missed"]);
  await world.advance(300_001);
  await stand.next("T02", null, 0, () => {});
  assert.equal(listeners.get("T01")?.size, 0, "nobody listens for who is away");
  tell("lost");
  assert.deepEqual(sales(await ask(cursor)), ["missed"]);
});

test("each terminal hears its own", async () => {
  const { stand, ask, tell } = setUp();
  const mine = await ask(null);
  const other = await stand.next("T02", null, 0, () => {});
  tell("A", "T02");
  assert.deepEqual(sales(await ask(mine.cursor)), []);
  assert.deepEqual(sales(await stand.next("T02", other.cursor, 0, () => {})), ["A"]);
});
