/**
 * 网络问题. The ladder is read from near to far: what is broken nearest explains everything beyond it. An answer of the
 * provider after the trouble began rules a broken line out, whatever a probe says.
 */
import type { Case, Judge, Suspicion } from "../case.ts";
import { TARGET_TEXTS } from "../../text/evidence.ts";
import { fill, type Text } from "../../text/text.ts";
import type { Evidence, Seen } from "../evidence.ts";
import type { EvidenceLine } from "../finding.ts";
import {
  isDown,
  isUp,
  type Ladder,
  ladderOf,
  leadsOut,
  lineBackMs,
  pathInUse,
  rung,
  type Rung,
  rungsOf,
  wentDown,
} from "../ladder.ts";
import { lineOf, linesOf, summary } from "../lines.ts";
import { allOf, newest, recent } from "../picture.ts";
import {
  firstHeardMs,
  isBrokenOff,
  isLostSince,
  isOfOutage,
  isSinceCharge,
  isUnreadable,
  lostCalls,
  type ProviderNews,
  providerNews,
} from "../provider-news.ts";
import { codeSuspicions } from "./codes.ts";
import { type LineBreak, lineWords } from "./met-words.ts";

const asking: Text = {
  zh: "正在逐段检查：网口、路由器、域名解析、外网、支付宝。",
  en: "Being checked step by step: port, router, name service, internet, Alipay.",
};

export const network: Judge = (given) => {
  const ladder = ladderOf(given);
  const news = providerNews(given, ladder);
  const broken = brokenPaths(given, ladder, news);
  const quality = broken.length > 0 ? [] : qualityOf(given, ladder);
  const before = broken.length > 0 ? [] : metOutage(given);
  const rest =
    broken.length + quality.length + before.length > 0 ? [] : beyond(given, ladder, news);
  const suspicions = [
    ...before,
    ...broken,
    ...quality,
    ...rest,
    ...codeSuspicions(given, "network"),
  ];
  return { suspicions, against: suspicions.length > 0 ? [] : against(given, ladder, news), asking };
};

/** Nothing is known to be broken here. While the line has only just come back nothing is said of what lies beyond it. */
function beyond(given: Case, ladder: Ladder, news: ProviderNews): readonly Suspicion[] {
  const back = lineJustBack(given, ladder);
  return back.length > 0
    ? back
    : [...providerPath(given, ladder, news), ...noAnswer(given, ladder, news)];
}

/** So long after the line came back somebody has answered over it, or the probes have said what is broken. */
const justBackMs = 10_000;

function lineJustBack(given: Case, ladder: Ladder): readonly Suspicion[] {
  const backMs = lineBackMs(ladder);
  if (given.nowMs - backMs >= justBackMs || firstHeardMs(given, backMs - 1) !== null) return [];
  const near = [...ladder.values()].flat().filter(({ mendedAtMs }) => mendedAtMs === backMs);
  const shown = near.flatMap((one) => one.last ?? []);
  return [
    { cause: "line_back", proof: shown[0] ?? null, because: linesOf(shown), sinceMs: backMs },
  ];
}

/** No answer comes from the provider now, or none can: what it said last is old. */
export function isOutOfReach(given: Case): boolean {
  const ladder = ladderOf(given);
  const news = providerNews(given, ladder);
  return isLostSince(news) || brokenPaths(given, ladder, news).length > 0;
}

/** A line that breaks, and by what. */
type Broken = Suspicion & { readonly cause: LineBreak };

/** A break that begins so long after a lost call is what it was lost in: the probes notice it that late. */
const toldMs = 3_000;
/** What began then may need more failures in a row to be proven. */
const provenMs = [toldMs, 6_000, 10_000];

/** Several judges of one case ask about the same outage. */
const met = new WeakMap<Case, readonly Suspicion[]>();

/**
 * What this sale's open charge met while it was out, judged by what was seen then: that the line is back by now doesn't
 * undo it, and the provider isn't to blame. Of several outages the newest is shown. A charge that was lost on a line that
 * worked met none, whatever the questions about it met later.
 */
export function metOutage(given: Case): readonly Suspicion[] {
  const known = met.get(given) ?? outageMet(given);
  met.set(given, known);
  return known;
}

function outageMet(given: Case): readonly Suspicion[] {
  const lost = lostCalls(given);
  const [first] = lost;
  if (first === undefined || brokenAround(given, first).length === 0) return [];
  for (const call of lost.toReversed()) {
    const broke = brokenAround(given, call);
    if (broke.length > 0) return broke.map((one) => asPast(one, backSinceMs(given, call.atMs)));
  }
  return [];
}

/** Until something far away has answered there may be more to do. */
const asPast = (one: Broken, backMs: number | null): Suspicion => ({
  ...one,
  words: lineWords(one.cause, backMs),
  ...(backMs === null ? {} : { isPast: true as const }),
});

/** When it was under way, at its end, or as soon as it is proven what broke around it. */
function brokenAround(given: Case, call: Seen<"provider_call">): readonly Broken[] {
  const { atMs, fact } = call;
  if (given.nowMs < atMs + toldMs) return [];
  const moments = [...provenMs.map((ms) => atMs + ms), atMs, atMs - fact.ms / 2];
  for (const thenMs of moments.filter((one) => one <= given.nowMs)) {
    const then = asOf(given, thenMs);
    const ladder = ladderOf(then);
    const found = brokenPaths(then, ladder, providerNews(then, ladder));
    const broke = found.filter(
      ({ cause, sinceMs }) =>
        sinceMs <= atMs + toldMs && (cause === "login_page" || !isUnreadable(call)),
    );
    if (broke.length > 0) return broke;
  }
  return [];
}

function asOf(given: Case, thenMs: number): Case {
  const { picture } = given;
  const until = <T extends Evidence>(all: readonly T[]): readonly T[] =>
    all.filter(({ atMs }) => atMs <= thenMs);
  return {
    ...given,
    nowMs: thenMs,
    picture: {
      ...picture,
      reach: until(allOf(picture, "reach")),
      provider_call: until(allOf(picture, "provider_call")),
      computer: until(allOf(picture, "computer")),
    },
  };
}

/**
 * The first answer from far away since then, or null. A router that answers, or its memory of names, says nothing of what
 * lies beyond it.
 */
function backSinceMs(given: Case, sinceMs: number): number | null {
  const ladder = ladderOf(given);
  const far = [...rungsOf(ladder, "internet"), ...rungsOf(ladder, "provider")].filter(isUp);
  const times = [providerNews(given, ladder).goodAtMs, ...far.map((one) => one.upAtMs)];
  const isBack = times.some((atMs) => atMs !== null && atMs > sinceMs);
  return isBack ? firstHeardMs(given, sinceMs) : null;
}

/** A path that leads nowhere matters only while no path leads to the provider. */
function brokenPaths(given: Case, ladder: Ladder, news: ProviderNews): readonly Broken[] {
  const inUse = pathInUse(ladder);
  const found: Broken[] = [];
  for (const [path, rungs] of ladder) {
    const one = brokenAt(given, rungs, news);
    if (one === null && leadsOut(rungs)) return [];
    // A card that is switched off, and that the money didn't go over, is no outage.
    const isOff = one !== null && noLink.has(one.cause) && inUse !== null && path !== inUse;
    if (one !== null && !isOff) found.push(one);
  }
  // Of several paths that are all broken the one that got furthest needs the least.
  return found.toSorted((a, b) => order(b.cause) - order(a.cause)).slice(0, 2);
}

const noLink: ReadonlySet<LineBreak> = new Set(["interface_down", "no_address"]);

const nearToFar: readonly LineBreak[] = [
  "interface_down",
  "no_address",
  "router_silent",
  "login_page",
  "line_down",
  "dns_failing",
];
const order = (cause: LineBreak): number => nearToFar.indexOf(cause);

/** In trouble the provider is asked every three seconds: a card that the system calls off must be belied that often. */
const askedEveryMs = 4_000;

function brokenAt(given: Case, rungs: readonly Rung[], news: ProviderNews): Broken | null {
  const at = (target: Rung["target"]): Rung | null => rung(rungs, target);
  const [port, dns, internet] = [at("interface"), at("dns"), at("internet")];
  const far = [dns, internet, at("hub"), at("provider")].filter((one) => one !== null);
  const isHeard = given.nowMs - (news.good?.atMs ?? -Infinity) <= askedEveryMs;
  if (port !== null && isDown(port) && !(isHeard && isDenied(port, [], news)))
    return broken(port.failure === "no_address" ? "no_address" : "interface_down", [port], true);
  const portal = far.find((one) => one.failure === "portal" && isDown(one));
  if (portal !== undefined && !isDenied(portal, [], news))
    return broken("login_page", [portal], true);
  return brokenRouter(given, at("router"), far, news) ?? brokenLine(given, rungs, news);
}

/**
 * Something beyond it, or the provider itself, was asked since it broke and has answered: then it isn't what is broken.
 * That holds until what has answered fails in its turn.
 */
const isDenied = (one: Rung, beyond: readonly Rung[], news: ProviderNews): boolean => {
  const sinceMs = one.downSinceMs ?? Infinity;
  return (
    (news.good !== null && !isLostSince(news) && askedAtMs(news.good) >= sinceMs) ||
    beyond.some((other) => !isDown(other) && (other.upAtMs ?? -Infinity) >= sinceMs)
  );
};

const askedAtMs = ({ atMs, fact }: Evidence): number =>
  atMs - (fact.kind === "reach" || fact.kind === "provider_call" ? (fact.ms ?? 0) : 0);

const failsNow = (one: Rung): boolean => one.state === "down" || one.state === "shaky";

function brokenRouter(
  given: Case,
  router: Rung | null,
  far: readonly Rung[],
  news: ProviderNews,
): Broken | null {
  if (router === null || !isDown(router) || isDenied(router, far, news)) return null;
  const failing = far.filter(failsNow);
  const isProof = wentDown(router) && failing.length > 0 && !isFrozen(given);
  return broken("router_silent", [router, ...failing], isProof);
}

/** The router's own memory may still answer for names: what counts is the internet, and that nothing got through since. */
function brokenLine(given: Case, rungs: readonly Rung[], news: ProviderNews): Broken | null {
  const [router, dns, internet] = [
    rung(rungs, "router"),
    rung(rungs, "dns"),
    rung(rungs, "internet"),
  ];
  const doors = [rung(rungs, "hub"), rung(rungs, "provider")].filter((one) => one !== null);
  const outer = internet ?? dns;
  if (outer !== null && wentDown(outer) && !isDenied(outer, doors, news)) {
    const failing = doors.filter(failsNow);
    const isLost = failing.length > 0 || news.silent.length > 0;
    const isRouterThere =
      isUp(router) && (router?.last?.atMs ?? 0) >= (outer.downSinceMs ?? Infinity);
    const shown = [router, outer, ...failing].filter((one) => one !== null);
    return broken("line_down", shown, isLost && isRouterThere && !isFrozen(given));
  }
  if (dns === null || !isDown(dns) || !isUp(internet) || isDenied(dns, doors, news)) return null;
  return broken("dns_failing", [dns, ...(internet === null ? [] : [internet])], wentDown(dns));
}

/**
 * Names alone fail while the internet answers. A provider that still answers does so from an address that was known
 * before: nothing is cut off yet, so it isn't proven that it stands in the way.
 */
function failingNames({ settings }: Case, ladder: Ladder): readonly Suspicion[] {
  const isLossy = lossyIn(settings);
  return [...ladder.values()].flatMap((rungs) => {
    const [dns, internet] = [rung(rungs, "dns"), rung(rungs, "internet")];
    if (dns === null || internet === null || !isUp(internet) || isLossy(internet)) return [];
    return wentDown(dns) || isLossy(dns) ? [broken("dns_failing", [dns, internet], false)] : [];
  });
}

const lossyIn =
  (settings: Case["settings"]) =>
  (one: Rung): boolean =>
    one.samples >= settings.samplesMin &&
    one.everUp &&
    one.lossShare >= settings.lossShare &&
    one.lossRuns >= 2;

/** A computer that hangs loses every probe; then nothing that a probe says is proof. */
function isFrozen({ picture, nowMs, settings }: Case): boolean {
  return recent(picture, "computer", nowMs, settings.freshMs).some(
    ({ fact }) => fact.loopDelayMs >= settings.frozenMs,
  );
}

/** The proof is the failing rung nearest to us. */
function broken(cause: LineBreak, rungs: readonly Rung[], isProof: boolean): Broken {
  const first = rungs.find(failsNow);
  const shown = rungs.flatMap((one) => one.last ?? []);
  return {
    cause,
    proof: isProof ? (first?.last ?? null) : null,
    because: linesOf(shown),
    sinceMs: Math.min(...rungs.flatMap((one) => one.downSinceMs ?? one.last?.atMs ?? [])),
  };
}

/** Loss and round trip of what lies beyond the router, and of the router itself. */
function qualityOf(given: Case, ladder: Ladder): readonly Suspicion[] {
  const { settings } = given;
  const rungs = [...ladder.values()]
    .flat()
    .filter((one) => one.samples >= settings.samplesMin && one.everUp);
  const isLossy = lossyIn(settings);
  const isSlow = (one: Rung): boolean => (one.medianMs ?? 0) >= settings.slowMs;
  const lan = rungs.filter((one) => one.target === "router" && isLossy(one));
  if (lan.length > 0) return [measured("lan_unstable", lan)];
  const beyond = rungs.filter((one) => one.target === "internet" || one.target === "dns");
  const names = failingNames(given, ladder);
  if (names.length > 0) return names.slice(0, 1);
  const lossy = beyond.filter(isLossy);
  if (lossy.length > 0) return [measured("line_unstable", lossy)];
  const slow = beyond.filter(isSlow);
  return slow.length > 0 ? [measured("line_slow", slow)] : [];
}

function measured(cause: string, rungs: readonly Rung[]): Suspicion {
  const proof = rungs.flatMap((one) => one.last ?? []).at(-1) ?? null;
  return {
    cause,
    proof,
    because: rungs.flatMap((one) => (one.last === null ? [] : [rungLine(one, one.last)])),
    sinceMs: Math.min(...rungs.flatMap((one) => one.downSinceMs ?? one.last?.atMs ?? [])),
  };
}

const rungText: Text = {
  zh: "{path} 上最近 {n} 次里 {lost} 次没有应答，来回中位 {ms} 毫秒",
  en: "on {path} {lost} of the last {n} unanswered, median round trip {ms} ms",
};

function rungLine(one: Rung, last: Evidence): EvidenceLine {
  const lost = Math.round(one.lossShare * one.samples);
  const ms = one.medianMs === null ? "-" : Math.round(one.medianMs);
  const text = fill(rungText, { path: one.path, n: one.samples, lost, ms });
  return summary(last.atMs, TARGET_TEXTS[one.target], text);
}

/** Whoever ends a connection was reached: by itself that speaks of the other side, not of the way there. */
const endedThere: ReadonlySet<string> = new Set(["refused", "reset"]);

/** The internet answers and the provider's own door doesn't. Others that get through prove that it is our way there. */
function providerPath(given: Case, ladder: Ladder, news: ProviderNews): readonly Suspicion[] {
  const { picture } = given;
  const found: Suspicion[] = [];
  for (const rungs of ladder.values()) {
    const [internet, provider, hub] = [
      rung(rungs, "internet"),
      rung(rungs, "provider"),
      rung(rungs, "hub"),
    ];
    for (const [cause, one] of [
      ["provider_path", provider],
      ["hub_path", hub],
    ] as const) {
      if (one === null || !isDown(one) || one.last === null) continue;
      if (cause === "provider_path" && (news.answered?.atMs ?? 0) > (one.downSinceMs ?? 0))
        continue;
      const others = newest(picture, "elsewhere");
      const othersDoWell =
        cause === "provider_path" &&
        others !== null &&
        others.fact.terminals >= 2 &&
        others.fact.failing === 0 &&
        others.atMs >= (one.downSinceMs ?? 0);
      // Whoever answered badly was reached.
      if (one.failure === "bad_answer" && cause === "provider_path") continue;
      if (endedThere.has(one.failure ?? "") && !othersDoWell) continue;
      found.push({
        cause,
        proof: othersDoWell && isUp(internet) ? one.last : null,
        because: linesOf([
          one.last,
          ...(internet?.last ? [internet.last] : []),
          ...(othersDoWell ? [others] : []),
        ]),
        sinceMs: one.downSinceMs ?? one.last.atMs,
      });
    }
  }
  return found.slice(0, 1);
}

/** A real call was lost and no probe has said yet where. */
function noAnswer(given: Case, ladder: Ladder, news: ProviderNews): readonly Suspicion[] {
  const isOld = isOfOutage(ladder);
  const silent = news.silent.filter((one) => !isOld(one) && !isBrokenOff(one));
  const last = silent.at(-1);
  if (last === undefined) return [];
  // An answer of the internet while the call was out says as much as one after it.
  const sentMs = last.atMs - last.fact.ms;
  const isKnownGood = [...ladder.values()].some(
    (rungs) =>
      isUp(rung(rungs, "internet")) && (rung(rungs, "internet")?.last?.atMs ?? 0) >= sentMs,
  );
  if (isKnownGood) return [];
  return [
    {
      cause: "answer_missing",
      proof: null,
      because: linesOf(silent.slice(-3).toReversed()),
      sinceMs: silent[0]?.atMs ?? given.nowMs,
    },
  ];
}

/** What answers now, nearest to the money first. */
function against(given: Case, ladder: Ladder, news: ProviderNews): readonly EvidenceLine[] {
  const { answered } = news;
  const isSince = (one: Evidence | null): boolean => one !== null && isSinceCharge(given, one);
  if (answered !== null && isSince(answered) && news.silent.length === 0) return [lineOf(answered)];
  const up = [...ladder.values()]
    .flat()
    .filter((one) => isUp(one) && (one.target === "internet" || one.target === "provider"))
    .filter(({ last }) => isSince(last));
  return news.silent.length > 0 && !up.some((one) => one.target === "internet")
    ? []
    : linesOf(up.flatMap((one) => one.last ?? [])).slice(0, 2);
}
