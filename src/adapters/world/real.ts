import { hash, randomBytes, randomUUID } from "node:crypto";
import type { World } from "../../ports/world.ts";

/**
 * The world as it is. A waiting `after` keeps the process alive, because whoever waits has something left to do;
 * call it off to let the process end. Waits beyond 2^31 - 1 ms (24.8 days) are refused: Node would fire them at once.
 */
export const realWorld: World = {
  nowMs: Date.now,
  monotonicMs: () => performance.now(),
  random: Math.random,
  newId: randomUUID,
  newToken: () => randomBytes(24).toString("base64url"),
  sha256: (text) => hash("sha256", text, "hex"),
  after(ms, call) {
    if (!(ms <= 0x7fffffff)) throw new RangeError(`can't wait ${ms} ms`);
    // setTimeout counts in whole ms and may fire up to 1 ms early by the monotonic clock; the port says "not before".
    const timer = setTimeout(call, Math.max(0, Math.ceil(ms)) + 1);
    return () => clearTimeout(timer);
  },
};
