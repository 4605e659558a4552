/** 支付宝接口问题. Its own codes prove it; silence is only suspected, since the line may be to blame, until others are silent too. */
import type { UnknownReason } from "../../payment/answers.ts";
import { SOURCES } from "../../text/evidence.ts";
import { fill, type Text } from "../../text/text.ts";
import { isTakenBack } from "../../till/can.ts";
import type { Case, Judge, Suspicion } from "../case.ts";
import type { Seen } from "../evidence.ts";
import { isUp, type Ladder, ladderOf, rungsOf } from "../ladder.ts";
import { lineOf, linesOf, summary } from "../lines.ts";
import { allOf, newest } from "../picture.ts";
import {
  isBrokenOff,
  isOfOutage,
  isSinceCharge,
  type ProviderNews,
  providerNews,
} from "../provider-news.ts";
import { attemptsSeen, codeSuspicions } from "./codes.ts";
import { silenceWords } from "./met-words.ts";
import { metOutage } from "./network.ts";

const asking: Text = {
  zh: "正在用一次无害的查询问支付宝网关。",
  en: "Alipay's gateway is being asked a harmless question.",
};

export const providerApi: Judge = (given) => {
  const ladder = ladderOf(given);
  const news = withoutMet(given, providerNews(given, ladder));
  const suspicions = [
    ...tookBack(given),
    ...codeSuspicions(given, "provider_api"),
    ...badAnswers(given, news),
    ...silence(given, ladder, news),
    ...slowness(given, news),
  ];
  const { answered } = news;
  const isHeard = answered !== null && isSinceCharge(given, answered);
  const isFine = suspicions.length === 0 && isHeard && news.silent.length === 0;
  return { suspicions, against: isFine ? [lineOf(answered)] : [], asking };
};

/** It said "paid" of this sale, then that it isn't. A charge in vain after it doesn't bring the goods back. */
function tookBack(given: Case): readonly Suspicion[] {
  if (given.sale === null || !isTakenBack(given.sale)) return [];
  const taken = attemptsSeen(given).findLast(({ fact }) => fact.unpaidEnd === "rolled_back");
  if (taken === undefined) return [];
  const because = [lineOf(taken)];
  return [{ cause: "provider_took_back", proof: taken, because, sinceMs: taken.atMs }];
}

/** A charge that was lost on a broken line says nothing of the provider. */
function withoutMet(given: Case, news: ProviderNews): ProviderNews {
  if (news.own.length === 0 || metOutage(given).length === 0) return news;
  return { ...news, own: [], silent: news.silent.filter((one) => !news.own.includes(one)) };
}

const BAD: Readonly<Partial<Record<UnknownReason, string>>> = {
  unreadable: "provider_unreadable",
  verify: "bad_signature",
  mismatch: "wrong_trade",
  unlisted: "unlisted_code",
};

/** Answers that came and prove nothing, while no good one followed. A login page in between is the network's. */
function badAnswers({ sale }: Case, { calls, own }: ProviderNews): readonly Suspicion[] {
  const orders = new Set(sale?.attempts.map(({ orderNo }) => orderNo) ?? []);
  const isOfSale = ({ fact }: Seen<"provider_call">): boolean => orders.has(fact.orderNo ?? "");
  const goodAt = calls.findLastIndex(({ fact }) => fact.unknown === null);
  const since = [...new Set([...calls.slice(goodAt + 1), ...own])];
  const http = since.filter(({ fact }) => (fact.httpStatus ?? 0) >= 500);
  const others = since.filter((one) => !http.includes(one));
  const found = new Map<string, Seen<"provider_call">[]>();
  for (const one of http) push(found, "provider_http_error", one);
  for (const one of others) {
    const cause = badnessOf(one);
    if (cause !== undefined) push(found, cause, one);
  }
  return [...found].map(([cause, seen]) => badAnswer(cause, seen, seen.findLast(isOfSale)));
}

/** An answer that began and broke off was the provider's own: the way there is open. */
function badnessOf(one: Seen<"provider_call">): string | undefined {
  const { fact } = one;
  if (fact.unknown === null) return undefined;
  return isBrokenOff(one) ? BAD.unreadable : BAD[fact.unknown];
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const before = map.get(key);
  if (before === undefined) map.set(key, [value]);
  else before.push(value);
}

/** That one couldn't be verified is proven by having come, best of all about this sale (`own`); what the others mean isn't. */
const badAnswer = (
  cause: string,
  seen: readonly Seen<"provider_call">[],
  own: Seen<"provider_call"> | undefined,
): Suspicion => ({
  cause,
  proof: cause === BAD.verify ? (own ?? seen.at(-1) ?? null) : null,
  because: linesOf(seen.slice(-3)),
  sinceMs: seen[0]?.atMs ?? 0,
});

const afterTheLine = 41;

/** Somebody answered, well or not: that isn't silence. */
const answersAnyway: ReadonlySet<string> = new Set(["portal", "bad_answer"]);

/** Needs the internet to be there: a line that is down says nothing about the provider. */
function silence(
  given: Case,
  ladder: Ladder,
  { silent: lost, answered }: ProviderNews,
): readonly Suspicion[] {
  const internet = rungsOf(ladder, "internet").filter(isUp);
  const isOfLine = isOfOutage(ladder);
  const silent = lost.filter((one) => !isBrokenOff(one) && !isOfLine(one));
  const refused = rungsOf(ladder, "provider").filter(
    (one) => one.state === "down" && !answersAnyway.has(one.failure ?? "") && one.last !== null,
  );
  const firstMs = silent[0]?.atMs ?? refused[0]?.downSinceMs ?? null;
  const isRefused = refused.length > 0 && (answered?.atMs ?? 0) <= (refused[0]?.downSinceMs ?? 0);
  if (silent.length === 0 && !isRefused) return [];
  const lineWorks = internet.some((one) => (one.last?.atMs ?? 0) >= (firstMs ?? 0));
  const others = newest(given.picture, "elsewhere");
  const allSilent =
    others !== null &&
    others.atMs >= (firstMs ?? 0) &&
    others.fact.terminals >= 2 &&
    others.fact.failing / others.fact.terminals >= 0.75;
  if (!lineWorks && !allSilent && rungsOf(ladder, "internet").some((one) => one.state === "down"))
    return [];
  const because = [
    ...linesOf(silent.slice(-2).toReversed()),
    ...(isRefused ? linesOf(refused.flatMap((one) => one.last ?? []).slice(0, 1)) : []),
    ...linesOf(internet.flatMap((one) => one.last ?? []).slice(0, 1)),
    ...(allSilent ? [lineOf(others)] : []),
  ];
  const isProven = allSilent && lineWorks;
  return [
    {
      cause: isProven ? "provider_down" : "provider_silent",
      proof: isProven ? others : null,
      because,
      sinceMs: firstMs ?? given.nowMs,
      // Until the line is known to work, the line comes first.
      ...(lineWorks || allSilent ? {} : { rank: afterTheLine }),
      ...pastSilence(given, silent, isRefused),
    },
  ];
}

/** Only this sale's own charge was lost, and others are answered since. */
function pastSilence(
  { picture }: Case,
  silent: readonly Seen<"provider_call">[],
  isRefused: boolean,
): Pick<Suspicion, "words" | "isPast"> {
  const lastMs = silent.at(-1)?.atMs ?? Infinity;
  const back = allOf(picture, "provider_call").find(
    ({ fact, atMs }) => fact.unknown === null && atMs > lastMs,
  );
  return isRefused || back === undefined
    ? {}
    : { words: silenceWords(back.atMs), isPast: true as const };
}

const slowText: Text = {
  zh: "最近 {n} 次应答的中位时间 {ms} 毫秒",
  en: "median of the last {n} answers is {ms} ms",
};

/** Only answers count, and only where the line itself isn't slow. */
function slowness({ settings, nowMs }: Case, { calls }: ProviderNews): readonly Suspicion[] {
  const times = calls
    .filter(({ fact }) => fact.unknown === null)
    .map(({ fact }) => fact.ms)
    .toSorted((a, b) => a - b);
  const medianMs = times[Math.floor(times.length / 2)];
  if (medianMs === undefined || times.length < 3 || medianMs < settings.providerSlowMs) return [];
  const text = fill(slowText, { n: times.length, ms: Math.round(medianMs) });
  return [
    {
      cause: "provider_slow",
      proof: null,
      because: [summary(nowMs, SOURCES.provider, text)],
      sinceMs: calls[0]?.atMs ?? nowMs,
    },
  ];
}
