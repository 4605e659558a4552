/** One thread of the simulation: runs the seeds that it is given, perhaps with a planted bug in the code under test. */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { patchesOf, patchSource, type PlantedBug } from "../../src/simulation/planted/planted.ts";
import type { Ask, Told, WorkerData } from "./messages.ts";

const { bug, store } = workerData as WorkerData;
if (bug !== null) plant(bug);
// Answers that fail are made by the million, and nobody reads where.
Error.stackTraceLimit = 0;

// Loaded only now, so that the planted source is what is run.
const { runAsked } = await import("./seeds.ts");

parentPort?.on("message", (ask: Ask) => {
  // A promise of ours would keep the simulation's own from being run to their end: so from a fresh turn.
  setImmediate(() => {
    const told: Told = runAsked(ask, store);
    parentPort?.postMessage(told);
  });
});
parentPort?.postMessage({ kind: "ready" } satisfies Told);

/** Every other module is loaded as it is; the one that the bug names, with its wrong text in place of the right one. */
function plant(planted: PlantedBug): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const patch = patchesOf(planted).find(({ file }) => url.endsWith(`/${file}`));
      if (patch === undefined) return loaded;
      const source = patchSource(patch, readFileSync(new URL(url), "utf8"));
      return { ...loaded, source };
    },
  });
}
