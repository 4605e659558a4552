/** Where a ledger's calls are run: in a thread of its own, or at once in this one. Replies come in the calls' order. */
import { Worker } from "node:worker_threads";
import type { Sha256 } from "../chain.ts";
import type { FileSettings } from "./file.ts";
import { asError, StoreInUse, StoreUnfit } from "./errors.ts";
import type { Call, Reply } from "./ledger-calls.ts";
import { LedgerFile } from "./ledger-file.ts";
import type { LedgerWorkerData, LedgerWorkerStart } from "./ledger-worker.ts";

export interface Runner {
  send(calls: readonly Call[]): void;
}

export interface Listener {
  replies(replies: readonly Reply[]): void;
  /** The thread is gone; nothing sent and unanswered will be answered. */
  dead(error: Error): void;
}

export function runHere(
  path: string,
  settings: FileSettings,
  listener: Listener,
  sha256: Sha256,
): Runner {
  const ledger = new LedgerFile(path, settings, sha256);
  return { send: (calls) => listener.replies(ledger.run(calls)) };
}

/** Rejects with what opening the file threw. */
export function runInThread(
  path: string,
  settings: FileSettings,
  listener: Listener,
): Promise<Runner> {
  const workerData: LedgerWorkerData = { path, settings };
  const worker = new Worker(new URL("./ledger-worker.ts", import.meta.url), { workerData });
  const runner: Runner = { send: (calls) => worker.postMessage(calls) };
  return new Promise((resolve, reject) => {
    worker.once("message", (start: LedgerWorkerStart) => {
      if (!start.ok) return reject(openError(path, start));
      worker.on("message", (replies: readonly Reply[]) => listener.replies(replies));
      resolve(runner);
    });
    const gone = (error: Error): void => {
      listener.dead(error);
      reject(error);
    };
    worker.on("error", (error) => gone(asError(error)));
    worker.on("exit", (code) => gone(new Error(`the ledger's thread ended (${code})`)));
  });
}

function openError(path: string, start: Extract<LedgerWorkerStart, { ok: false }>): Error {
  if (start.why === "in_use") return new StoreInUse(path, start.owner);
  return start.why === "unfit" ? new StoreUnfit(start.message, start.text) : start.error;
}
