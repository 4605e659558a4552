/** The thread of a ledger: takes calls in batches and answers each batch in one message. Started by ledger.ts. */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Text } from "../../../core/text/text.ts";
import { realWorld } from "../../world/real.ts";
import { asError, StoreInUse, StoreUnfit } from "./errors.ts";
import type { FileSettings } from "./file.ts";
import type { Call } from "./ledger-calls.ts";
import { LedgerFile } from "./ledger-file.ts";

export interface LedgerWorkerData {
  readonly path: string;
  readonly settings: FileSettings;
}

/** First message from the thread: whether the file could be opened. Classes of errors don't cross threads. */
export type LedgerWorkerStart =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: "in_use"; readonly owner: string | null }
  | { readonly ok: false; readonly why: "unfit"; readonly message: string; readonly text: Text }
  | { readonly ok: false; readonly why: "broken"; readonly error: Error };

/** Calls in one transaction at most; more wait for the next one. */
const batchMax = 2000;

if (parentPort === null) throw new Error("ledger-worker runs as a thread only");
const port = parentPort;

function start(): void {
  const { path, settings } = workerData as LedgerWorkerData;
  let ledger: LedgerFile;
  try {
    ledger = new LedgerFile(path, settings, realWorld.sha256);
  } catch (error) {
    port.postMessage(refusal(error));
    return;
  }
  port.on("message", (first: readonly Call[]) => {
    const calls = [...first];
    // What came while the last batch was being committed joins this one.
    while (calls.length < batchMax) {
      const more = receiveMessageOnPort(port) as { message: readonly Call[] } | undefined;
      if (more === undefined) break;
      calls.push(...more.message);
    }
    port.postMessage(ledger.run(calls));
    if (calls.some((call) => call.kind === "close")) port.close();
  });
  port.postMessage({ ok: true } satisfies LedgerWorkerStart);
}

function refusal(error: unknown): LedgerWorkerStart {
  if (error instanceof StoreInUse) return { ok: false, why: "in_use", owner: error.owner };
  if (error instanceof StoreUnfit)
    return { ok: false, why: "unfit", message: error.message, text: error.text };
  return { ok: false, why: "broken", error: asError(error) };
}

start();
