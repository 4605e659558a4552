/** How the provider has been answering: real calls and harmless queries, and its own rung of each network path. */
import { isLive } from "../payment/states.ts";
import type { Case } from "./case.ts";
import type { Evidence, Seen } from "./evidence.ts";
import { type Ladder, lineBackMs, rungsOf } from "./ladder.ts";
import { allOf, recent } from "./picture.ts";

export interface ProviderNews {
  /** The newest sign that requests reach it and come back: a verified answer, or its rung of a path. */
  readonly goodAtMs: number | null;
  readonly good: Evidence | null;
  /** A verified answer of the provider itself; a connection alone may be somebody else's. */
  readonly answered: Seen<"provider_call"> | null;
  /** Calls without any answer since the newest verified one, oldest first. */
  readonly silent: readonly Seen<"provider_call">[];
  readonly calls: readonly Seen<"provider_call">[];
  /** Of the sale in question, while its outcome is open: these charges came back without a proof. */
  readonly own: readonly Seen<"provider_call">[];
}

/** That the provider answers others by now doesn't explain what became of this charge. */
function ownOpenCalls({ picture, sale }: Case): readonly Seen<"provider_call">[] {
  const live = sale?.attempts.find(isLive);
  if (live === undefined) return [];
  return allOf(picture, "provider_call").filter(
    ({ fact }) =>
      fact.orderNo === live.orderNo &&
      fact.unknown !== null &&
      (fact.asked === "pay" || fact.asked === "precreate"),
  );
}

/**
 * Of the charge in question, while its outcome is open: whatever was asked and got no answer, or one that may be somebody
 * else's, oldest first. Once the provider has said again that it waits for the buyer, what was lost before keeps nobody waiting.
 */
export function lostCalls({ picture, sale }: Case): readonly Seen<"provider_call">[] {
  const live = sale?.attempts.find(isLive);
  if (live === undefined) return [];
  const own = allOf(picture, "provider_call").filter(({ fact }) => fact.orderNo === live.orderNo);
  const isWaiting = live.state === "awaiting_buyer";
  const heardAt = isWaiting ? own.findLastIndex(({ fact }) => fact.unknown === null) : -1;
  return own.slice(heardAt + 1).filter((one) => isSilent(one) || isUnreadable(one));
}

const isSilent = ({ fact }: Seen<"provider_call">): boolean =>
  fact.unknown === "silence" || fact.unknown === "broken";

/** An answer began and broke off: whoever it came from was reached. */
export const isBrokenOff = ({ fact }: Seen<"provider_call">): boolean =>
  fact.unknown === "broken" && fact.httpStatus !== null;

/** A login page answers in the provider's place, and not in its words. */
export const isUnreadable = ({ fact }: Seen<"provider_call">): boolean =>
  fact.unknown === "unreadable";

/** The first answer from far away after that moment: by the provider, or by a probe of it or of the internet. */
export function firstHeardMs({ picture }: Case, sinceMs: number): number | null {
  const probes = allOf(picture, "reach").filter(
    ({ fact }) =>
      fact.failure === null && (fact.target === "internet" || fact.target === "provider"),
  );
  const calls = allOf(picture, "provider_call").filter(({ fact }) => fact.unknown === null);
  const times = [...probes, ...calls].map(({ atMs }) => atMs).filter((atMs) => atMs > sinceMs);
  return times.length === 0 ? null : Math.min(...times);
}

/** It was sent before the line came back: it was lost on it, and the line is being asked again. */
export const isOfOutage =
  (ladder: Ladder) =>
  ({ atMs, fact }: Seen<"provider_call">): boolean =>
    atMs - fact.ms < lineBackMs(ladder);

/** While this sale's own charge is out, what was answered before it was sent says nothing of it. */
export const isSinceCharge = ({ sale }: Case, { atMs }: Evidence): boolean =>
  atMs >= (sale?.attempts.find((one) => one.state === "sending")?.sentAtMs ?? -Infinity);

/** A later question was lost: what was heard before says nothing of now. One that was out already isn't later. */
export const isLostSince = ({ good, silent }: Pick<ProviderNews, "good" | "silent">): boolean =>
  silent.some(isSentSince(good));

const isSentSince =
  (good: Evidence | null) =>
  ({ atMs, fact }: Seen<"provider_call">): boolean =>
    atMs - fact.ms >= (good?.atMs ?? -Infinity);

export function providerNews(given: Case, ladder: Ladder): ProviderNews {
  const { picture, nowMs, settings } = given;
  const calls = recent(picture, "provider_call", nowMs, settings.freshMs);
  const answeredAt = calls.findLastIndex(
    ({ fact }) => fact.unknown === null || (fact.code !== null && fact.unknown !== "verify"),
  );
  const answered = calls[answeredAt] ?? null;
  const rungs = rungsOf(ladder, "provider").flatMap((one) =>
    one.state === "up" && one.last !== null ? [one.last] : [],
  );
  const good = [answered, ...rungs]
    .filter((one) => one !== null)
    .toSorted((a, b) => a.atMs - b.atMs)
    .at(-1);
  const own = ownOpenCalls(given);
  const lost = [...calls.slice(answeredAt + 1).filter(isSentSince(answered)), ...own].filter(
    isSilent,
  );
  return {
    goodAtMs: good?.atMs ?? null,
    good: good ?? null,
    answered,
    silent: [...new Set(lost)].toSorted((a, b) => a.atMs - b.atMs),
    own,
    calls,
  };
}
