/** What a wire does to the connections that run through it. `up` is from client to target, `down` the way back. */
import { z } from "zod";

const direction = z.enum(["up", "down"]);
export type Direction = z.infer<typeof direction>;

const ms = z.number().min(0).max(600_000);
const lag = z.strictObject({ delay_ms: ms.default(0), jitter_ms: ms.default(0) });

const wireRules = z.strictObject({
  /** Nobody gets through: the port is shut. For the next few connections: reset as soon as they are made. */
  refuse: z.boolean(),
  /** Bytes come `delay_ms` later, and up to `jitter_ms` later still; their order stays. */
  up: lag,
  down: lag,
  /** Bytes and ends of this direction vanish; `both` is a black hole that says nothing at all. */
  lose: z.enum(["up", "down", "both"]).nullable(),
  /** Passes so many bytes of a direction, then ends the connection on both sides. */
  truncate: z
    .strictObject({ direction, after_bytes: z.int().min(0).max(1_000_000_000) })
    .nullable(),
  /** Resets the client on its request: before the target sees it, or after the target has begun to answer it. */
  reset: z.enum(["before_delivery", "after_delivery"]).nullable(),
  /** The target gets the client's bytes a second time over a connection of its own, so many ms later. */
  duplicate_after_ms: ms.nullable(),
  bytes_per_s: z.number().min(1).max(1_000_000_000).nullable(),
});
export type WireRules = z.output<typeof wireRules>;

/** What is given replaces the whole field; the rest stays. */
export const wireChange = wireRules.partial();
export type WireChange = z.input<typeof wireChange>;

export const CALM_WIRE: WireRules = {
  refuse: false,
  up: { delay_ms: 0, jitter_ms: 0 },
  down: { delay_ms: 0, jitter_ms: 0 },
  lose: null,
  truncate: null,
  reset: null,
  duplicate_after_ms: null,
  bytes_per_s: null,
};

/** `rules` with what is given replaced. */
export function changed(rules: WireRules, change: WireChange): WireRules {
  const given = Object.entries(wireChange.parse(change)).filter(([, value]) => value !== undefined);
  return wireRules.parse({ ...rules, ...Object.fromEntries(given) });
}

/** A generator of numbers in [0, 1) that gives the same row for the same seed (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
