/** Workers that run seeds; each gets the next as soon as it is done with one. */
import { Worker } from "node:worker_threads";
import type { Ask, Told, WorkerData } from "./messages.ts";

export interface PoolOptions extends WorkerData {
  readonly workers: number;
  /** The next seed, or null when there is none left. */
  readonly next: () => Ask | null;
  readonly onTold: (told: Exclude<Told, { readonly kind: "ready" }>) => void;
}

/** Resolves once every seed that `next` gave has been told of. */
export async function runPool(options: PoolOptions): Promise<void> {
  const all = Array.from({ length: options.workers }, () => runOne(options));
  await Promise.all(all);
}

function runOne({ bug, store, next, onTold }: PoolOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: { bug, store } satisfies WorkerData,
      // Nearly everything dies young: room for it saves a tenth of the time.
      resourceLimits: { maxOldGenerationSizeMb: 1_500, maxYoungGenerationSizeMb: 128 },
    });
    worker.on("message", (told: Told) => {
      if (told.kind !== "ready") onTold(told);
      const ask = next();
      if (ask !== null) worker.postMessage(ask);
      else worker.terminate().then(() => resolve(), reject);
    });
    worker.on("error", reject);
  });
}
