/** What this runtime lends to the simulation: tables, QR symbols, and the way to run promises. */
import { gb18030, gbk } from "../../src/adapters/printer/gb18030.ts";
import { qrOf } from "../../src/adapters/printer/qr.ts";
import { codec } from "../../src/sandbox/servers/printer/codec.ts";
import { memoryEngines } from "../../src/simulation/stores/engine.ts";
import type { Tools } from "../../src/simulation/run/town.ts";
import type { StoreName } from "./messages.ts";
import { sqliteEngines } from "./sqlite.ts";

/**
 * Node's own way to run what is ready without leaving the call: nothing is faster (3.7 million drains a second against
 * 0.78 million rounds of setImmediate), and it leaves nothing behind, however deep the chain of awaits. It works only
 * outside of a promise, so a run starts from a timer.
 */
const drain = (process as unknown as { _tickCallback: () => void })._tickCallback;

const paper = { gb18030, gbk, qrOf, codec };

export const toolsWith = (store: StoreName): Tools => ({
  paper,
  engines: store === "memory" ? memoryEngines() : sqliteEngines(drain),
  drain,
});
