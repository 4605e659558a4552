import { hash, randomBytes } from "node:crypto";
import type { World } from "../../ports/world.ts";

/**
 * The world as it is. A waiting `after` keeps the process alive, because whoever waits has something left to do;
 * call it off to let the process end. Waits beyond 2^31 - 1 ms (24.8 days) are refused: Node would fire them at once.
 */
export const realWorld: World = {
  nowMs: Date.now,
  monotonicMs: () => performance.now(),
  random: Math.random,
  newId: timeOrderedId,
  newToken: () => randomBytes(24).toString("base64url"),
  sha256: (text) => hash("sha256", text, "hex"),
  after(ms, call) {
    if (!(ms <= 0x7fffffff)) throw new RangeError(`can't wait ${ms} ms`);
    // setTimeout counts in whole ms and may fire up to 1 ms early by the monotonic clock; the port says "not before".
    const timer = setTimeout(call, Math.max(0, Math.ceil(ms)) + 1);
    return () => clearTimeout(timer);
  },
};

let lastMs = 0;
let count = 0;

/**
 * A UUID version 7 (RFC 9562): new rows then stand side by side at the end of each index, and a commit writes a third of
 * the pages that random ids make it write. Ids of one millisecond are counted, so that order is kept within it too.
 */
function timeOrderedId(): string {
  const nowMs = Math.max(Date.now(), lastMs);
  count = nowMs === lastMs ? count + 1 : 0;
  lastMs = count > 0xfff ? nowMs + 1 : nowMs;
  if (count > 0xfff) count = 0;
  const bytes = randomBytes(8);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x80;
  const time = lastMs.toString(16).padStart(12, "0");
  const rest = bytes.toString("hex");
  const order = count.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}
