/**
 * Power cuts. The box works under load while the kernel tells every write and every sync of its stores. Afterwards the
 * power is cut at as many moments of that record as wanted: what was synced is there, what wasn't may be lost, kept, kept
 * in part or torn. Each time the stores must open, be whole, and hold all that anybody had been told by then.
 */
import { join } from "node:path";
import type { Chance } from "../chance.ts";
import { DiskModel, UNSYNCED, type Unsynced } from "./disk-model.ts";
import { layDown, openingFault, readStores } from "./found.ts";
import type { Promised } from "./promises.ts";
import { readRecording } from "./recording.ts";

/** The clock that stamps an answer and the kernel's that stamps a call are the same one, read with whole milliseconds. */
const clockGrainMs = 3;

export interface CutPlan {
  readonly log: string;
  readonly folder: string;
  readonly cuts: number;
  readonly chance: Chance;
  readonly promises: readonly Promised[];
  readonly onCut: (done: number) => void;
}

export interface CutResult {
  readonly cuts: number;
  readonly syncs: number;
  readonly writes: number;
  /** Promises held against all cuts together. */
  readonly held: number;
  readonly broken: readonly string[];
  /** The stores after the last call of the record, nothing unsynced kept. */
  readonly last: ReadonlyMap<string, Buffer>;
}

export async function cutPower(plan: CutPlan): Promise<CutResult> {
  const { log, chance } = plan;
  const counted = await count(log);
  const moments = new Set(drawn(counted.calls, plan.cuts, chance));
  const disk = new DiskModel();
  const broken: string[] = [];
  let [held, done, at] = [0, 0, 0];
  for await (const { atMs, call } of readRecording(log)) {
    if (moments.has(at)) {
      const how = chance.pick(UNSYNCED);
      const due = plan.promises.filter((one) => one.atMs + clockGrainMs <= atMs);
      const faults = await faultsAfter(plan, disk, how, due);
      broken.push(...faults.map((fault) => `cut before call ${at}, unsynced ${how}: ${fault}`));
      held += due.length;
      plan.onCut((done += 1));
    }
    disk.apply(call);
    at += 1;
  }
  return { ...counted, cuts: done, held, broken, last: disk.cut("lost", chance) };
}

async function count(log: string): Promise<{ calls: number; syncs: number; writes: number }> {
  const counted = { calls: 0, syncs: 0, writes: 0 };
  for await (const { call } of readRecording(log)) {
    counted.calls += 1;
    if (call.kind === "sync") counted.syncs += 1;
    if (call.kind === "write") counted.writes += 1;
  }
  return counted;
}

/** All moments are possible from the first commit on; the first few calls only make the files. */
const filesAreMadeAfter = 200;
function drawn(calls: number, cuts: number, chance: Chance): readonly number[] {
  const from = Math.min(filesAreMadeAfter, calls);
  return Array.from({ length: cuts }, () => chance.between(from, calls - 1));
}

async function faultsAfter(
  plan: CutPlan,
  disk: DiskModel,
  how: Unsynced,
  due: readonly Promised[],
): Promise<readonly string[]> {
  const folder = join(plan.folder, "cut");
  layDown(folder, disk.cut(how, plan.chance));
  const fault = await openingFault(folder);
  if (fault !== null) return [fault];
  const stores = readStores(folder);
  return due.flatMap(({ what, missing }) => {
    const gone = missing(stores);
    return gone === null ? [] : [`${what}, and ${gone}`];
  });
}
