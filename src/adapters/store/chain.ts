/**
 * The hash chain of a stream: hash = SHA-256(hash of the event before + canonical JSON of this event), lower-case hex.
 * Before the first event stands the empty text. Anybody can check a chain with these two lines and a SHA-256.
 */
import type { StoredEvent, StreamEvent } from "../../ports/ledger.ts";
import { canonicalJson, checkPlain } from "./plain.ts";

export type Sha256 = (text: string) => string;

/** Where a chain ends: the sequence number and hash of its last event. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const noHead: Head = { seq: 0, hash: "" };

/** An event on its way into a store, its detail already in canonical form. */
export interface PackedEvent extends Omit<StreamEvent, "detail"> {
  readonly detail: string;
}

export interface ChainedEvent extends PackedEvent, Head {}

/** Throws TypeError when the event holds anything that wouldn't come back as it was. */
export function packEvent(event: StreamEvent): PackedEvent {
  const { stream, saleId, atMs, actor, kind } = event;
  checkPlain([stream, saleId, actor, kind], "event");
  checkPlain(atMs, "event.atMs", "atMs");
  return { stream, saleId, atMs, actor, kind, detail: canonicalJson(event.detail, "event.detail") };
}

export function unpackEvent(event: ChainedEvent): StoredEvent {
  return { ...event, detail: JSON.parse(event.detail) as StoredEvent["detail"] };
}

/** Keys in alphabetical order, as canonical JSON wants them; `detail` is inserted as the text it was stored as. */
function canonicalEvent(event: PackedEvent, seq: number): string {
  const { actor, atMs, detail, kind, saleId, stream } = event;
  const text = JSON.stringify;
  const told = `{"actor":${text(actor)},"atMs":${atMs},"detail":${detail},"kind":${text(kind)}`;
  return `${told},"saleId":${text(saleId)},"seq":${seq},"stream":${text(stream)}}`;
}

/** The event in its place after `head`. */
export function chained(head: Head, event: PackedEvent, sha256: Sha256): ChainedEvent {
  const seq = head.seq + 1;
  return { ...event, seq, hash: sha256(head.hash + canonicalEvent(event, seq)) };
}

export const follows = (head: Head, event: ChainedEvent, sha256: Sha256): boolean =>
  event.seq === head.seq + 1 && event.hash === sha256(head.hash + canonicalEvent(event, event.seq));

/** The first place where a chain and the head kept apart from it disagree; null when they agree. */
export function headBreak(last: Head, head: Head | undefined): number | null {
  if (head === undefined) return last.seq;
  if (head.seq !== last.seq) return Math.min(head.seq, last.seq) + 1;
  return head.hash === last.hash ? null : last.seq;
}
