/**
 * News of each terminal, kept until it has fetched them. The newest of an order replaces the one before, so the room
 * they take is bounded by what is open; whoever stayed away too long is told that something may be missing.
 */
import type { HubNews, Link } from "../../../ports/link.ts";
import type { World } from "../../../ports/world.ts";
import type { Cursor } from "./messages.ts";

/** Different sales of one terminal that can have news at the same time; a till has a handful. */
const keptMax = 256;
/** A terminal that hasn't asked for this long is taken to be off; its shelf is cleared. */
const absentMsMax = 300_000;

interface Kept {
  readonly seq: number;
  readonly news: HubNews;
}

interface Shelf {
  readonly kept: Map<string, Kept>;
  readonly stopListening: () => void;
  seq: number;
  /** News up to this number are no longer all here. */
  lostSeq: number;
  askedAtMs: number;
  /** Ends the one poll that waits. */
  wake: () => void;
}

export interface NewsAnswer {
  readonly cursor: Cursor;
  readonly news: HubNews[];
}

export interface Newsstand {
  /** News after the cursor as soon as there are any, else an empty answer after `waitMs` or when `gone` is called. */
  next(
    terminalId: string,
    after: Cursor | null,
    waitMs: number,
    onGone: (end: () => void) => void,
  ): Promise<NewsAnswer>;
  close(): void;
}

export function newNewsstand(hub: Pick<Link, "onNews">, world: World): Newsstand {
  const epoch = world.newToken().slice(0, 16);
  const shelves = new Map<string, Shelf>();
  let closed = false;

  const open = (terminalId: string): Shelf => {
    const known = shelves.get(terminalId);
    if (known !== undefined) return known;
    // Numbers go on from the clock, so that a shelf opened again is never taken for the one before.
    const seq = Math.floor(world.monotonicMs() * 1_000) + 1;
    const stopListening = hub.onNews(terminalId, (news) => put(shelf, news));
    const shelf: Shelf = {
      kept: new Map(),
      stopListening,
      seq,
      lostSeq: seq,
      askedAtMs: world.monotonicMs(),
      wake: () => {},
    };
    shelves.set(terminalId, shelf);
    return shelf;
  };

  const clearAbsent = (): void => {
    const nowMs = world.monotonicMs();
    for (const [terminalId, shelf] of shelves) {
      if (nowMs - shelf.askedAtMs < absentMsMax) continue;
      shelf.stopListening();
      shelves.delete(terminalId);
    }
  };

  const answerOf = (shelf: Shelf, after: Cursor | null): NewsAnswer => {
    const cursor = { epoch, seq: shelf.seq };
    const whole = after !== null && after.epoch === epoch && after.seq >= shelf.lostSeq;
    const from = whole ? after.seq : 0;
    const news = [...shelf.kept.values()].filter((one) => one.seq > from).map((one) => one.news);
    return { cursor, news: whole ? news : [...news, { kind: "missed" }] };
  };

  return {
    async next(terminalId, after, waitMs, onGone) {
      clearAbsent();
      const shelf = open(terminalId);
      shelf.wake();
      shelf.askedAtMs = world.monotonicMs();
      if (after !== null && after.epoch === epoch) forget(shelf, after.seq);
      const now = answerOf(shelf, after);
      if (now.news.length > 0 || waitMs <= 0 || closed) return now;
      await new Promise<void>((resolve) => {
        const callOff = world.after(waitMs, () => shelf.wake());
        shelf.wake = () => {
          callOff();
          shelf.wake = () => {};
          resolve();
        };
        onGone(shelf.wake);
      });
      shelf.askedAtMs = world.monotonicMs();
      return answerOf(shelf, after);
    },
    close() {
      closed = true;
      for (const shelf of shelves.values()) {
        shelf.stopListening();
        shelf.wake();
      }
    },
  };
}

const keyOf = (news: HubNews): string => {
  switch (news.kind) {
    case "attempt":
      return `attempt ${news.attempt.orderNo}`;
    case "refund":
      return `refund ${news.refund.requestNo}`;
    case "receipt_opened":
      return `opened ${news.saleId} ${news.number ?? ""}`;
    case "provider_call":
      return `call ${news.call.orderNo}`;
    case "missed":
      return "missed";
  }
};

function put(shelf: Shelf, news: HubNews): void {
  const key = keyOf(news);
  shelf.seq += 1;
  shelf.kept.delete(key);
  shelf.kept.set(key, { seq: shelf.seq, news });
  const [oldest] = shelf.kept;
  if (shelf.kept.size > keptMax && oldest !== undefined) {
    shelf.lostSeq = oldest[1].seq;
    shelf.kept.delete(oldest[0]);
  }
  shelf.wake();
}

/** What the terminal has confirmed by asking for what comes after. */
function forget(shelf: Shelf, seq: number): void {
  for (const [key, one] of shelf.kept) {
    if (one.seq > seq) return;
    shelf.kept.delete(key);
  }
}
