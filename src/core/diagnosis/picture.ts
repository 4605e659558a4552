/**
 * The picture (全景): the evidence that counts now, bounded in number and age. What only ever has one present state (a
 * self-check, a job, a notice) is kept once under its key; the rest as a short history, oldest first.
 */
import type { Evidence, Kind, Seen } from "./evidence.ts";

export type Picture = { readonly [K in Kind]?: readonly Seen<K>[] };

export const emptyPicture: Picture = {};

interface Shelf {
  readonly countMax: number;
  readonly ageMsMax: number;
  /** Facts with one key replace each other; null: every one is kept. */
  readonly key?: (fact: never) => string;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

type Keyed<K extends Kind> = (fact: Seen<K>["fact"]) => string;
const shelf = <K extends Kind>(countMax: number, ageMsMax: number, key?: Keyed<K>): Shelf =>
  key === undefined ? { countMax, ageMsMax } : { countMax, ageMsMax, key };

const SHELVES: { readonly [K in Kind]: Shelf } = {
  reach: shelf(400, 30 * minuteMs),
  provider_call: shelf(200, 30 * minuteMs),
  elsewhere: shelf(10, 10 * minuteMs),
  printer: shelf(60, dayMs),
  printer_line: shelf(60, 30 * minuteMs),
  print_time: shelf(30, 60 * minuteMs),
  job: shelf<"job">(60, dayMs, (fact) => fact.jobId),
  attempt: shelf<"attempt">(60, dayMs, (fact) => fact.orderNo),
  computer: shelf(60, 30 * minuteMs),
  clock: shelf(20, 60 * minuteMs),
  start: shelf(10, dayMs),
  self_check: shelf<"self_check">(40, Infinity, (fact) => fact.check),
  act: shelf(60, 30 * minuteMs),
  qualification: shelf<"qualification">(60, Infinity, (fact) => fact.id),
  notice: shelf<"notice">(60, Infinity, (fact) => fact.id),
};

/** What fits on no shelf any more is dropped, oldest first. The last good answer of each target stays: it is the baseline. */
export function withEvidence(picture: Picture, evidence: Evidence): Picture {
  const { kind } = evidence.fact;
  const { countMax, ageMsMax, key } = SHELVES[kind];
  const before: readonly Evidence[] = picture[kind] ?? [];
  const own = key === undefined ? null : key(evidence.fact as never);
  const others =
    key === undefined ? before : before.filter((one) => key(one.fact as never) !== own);
  const all = isForgotten(evidence) ? others : [...others, evidence];
  const keep = all.length > countMax ? all.slice(all.length - countMax) : all;
  const young = keep.filter((one) => evidence.atMs - one.atMs <= ageMsMax);
  const kept = kind === "reach" ? [...lostBaselines(all, young), ...young] : young;
  return { ...picture, [kind]: kept };
}

const isForgotten = ({ fact }: Evidence): boolean =>
  fact.kind === "qualification" && fact.state === "withdrawn";

const rungOf = ({ fact }: Evidence): string =>
  fact.kind === "reach" ? `${fact.target} ${fact.path}` : "";

function lostBaselines(all: readonly Evidence[], kept: readonly Evidence[]): readonly Evidence[] {
  const isGood = ({ fact }: Evidence): boolean => fact.kind === "reach" && fact.failure === null;
  const there = new Set(kept.filter(isGood).map(rungOf));
  const lost = new Map<string, Evidence>();
  for (const one of all) if (isGood(one) && !there.has(rungOf(one))) lost.set(rungOf(one), one);
  return [...lost.values()];
}

/** A clock set back leaves evidence in the future: it says nothing about now. */
const aheadMsMax = 5_000;

/** Evidence of one kind not older than `withinMs`, oldest first. */
export function recent<K extends Kind>(
  picture: Picture,
  kind: K,
  nowMs: number,
  withinMs: number,
): readonly Seen<K>[] {
  const all = (picture[kind] ?? []) as readonly Seen<K>[];
  return all.filter((one) => nowMs - one.atMs <= withinMs && one.atMs - nowMs <= aheadMsMax);
}

/** Records are said again every minute: one that isn't said any more is gone. */
const presentMs = 300_000;

export const present = <K extends "notice" | "qualification">(
  picture: Picture,
  kind: K,
  nowMs: number,
): readonly Seen<K>[] => recent(picture, kind, nowMs, presentMs);

/** The present state where a kind has one: the newest, however old. */
export const newest = <K extends Kind>(picture: Picture, kind: K): Seen<K> | null =>
  ((picture[kind] ?? []) as readonly Seen<K>[]).at(-1) ?? null;

export const allOf = <K extends Kind>(picture: Picture, kind: K): readonly Seen<K>[] =>
  (picture[kind] ?? []) as readonly Seen<K>[];
