import type { Ask, StoreName, Told } from "./messages.ts";
import { runAsked } from "./seeds.ts";

/** One seed in this thread, from a fresh turn, as the drain wants it. */
export const runHere = (
  ask: Ask,
  store: StoreName,
): Promise<Exclude<Told, { readonly kind: "ready" }>> =>
  new Promise((resolve) => {
    setImmediate(() => resolve(runAsked(ask, store) as Exclude<Told, { readonly kind: "ready" }>));
  });
