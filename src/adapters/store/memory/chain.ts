import type { StoredEvent } from "../../../ports/ledger.ts";
import { chained, follows, headBreak, noHead, unpackEvent } from "../chain.ts";
import type { ChainedEvent, Head, PackedEvent, Sha256 } from "../chain.ts";

/** The events of a store in memory, as they would stand in a file. */
export interface EventShelf {
  readonly streams: Map<string, ChainedEvent[]>;
  readonly heads: Map<string, Head>;
}

export const newEventShelf = (): EventShelf => ({ streams: new Map(), heads: new Map() });

export function append(shelf: EventShelf, events: readonly PackedEvent[], sha256: Sha256): void {
  for (const event of events) {
    const link = chained(shelf.heads.get(event.stream) ?? noHead, event, sha256);
    const stream = shelf.streams.get(event.stream);
    if (stream === undefined) shelf.streams.set(event.stream, [link]);
    else stream.push(link);
    shelf.heads.set(event.stream, { seq: link.seq, hash: link.hash });
  }
}

export const eventsOfStream = (shelf: EventShelf, stream: string): readonly StoredEvent[] =>
  (shelf.streams.get(stream) ?? []).map(unpackEvent);

export const eventsOfSale = (shelf: EventShelf, saleId: string): readonly StoredEvent[] =>
  streamsInOrder(shelf).flatMap(([, events]) =>
    events.filter((event) => event.saleId === saleId).map(unpackEvent),
  );

/** The first event that doesn't follow from the one before it, by stream and number. */
export function brokenChain(
  shelf: EventShelf,
  sha256: Sha256,
): { readonly stream: string; readonly seq: number } | null {
  for (const [stream, events] of streamsInOrder(shelf)) {
    let head: Head = noHead;
    for (const event of events) {
      if (!follows(head, event, sha256)) return { stream, seq: event.seq };
      head = event;
    }
    const seq = headBreak(head, shelf.heads.get(stream));
    if (seq !== null) return { stream, seq };
  }
  return null;
}

const streamsInOrder = (shelf: EventShelf): readonly (readonly [string, ChainedEvent[]])[] =>
  [...shelf.streams].toSorted(([a], [b]) => (a < b ? -1 : 1));
