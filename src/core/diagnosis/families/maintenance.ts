/** 系统升级维护. A notice alone is no trouble: it explains one only while what it names doesn't work. */
import type { Text } from "../../text/text.ts";
import { isLive } from "../../payment/states.ts";
import type { Case, CauseWords, Judge, Suspicion } from "../case.ts";
import { SOURCES } from "../../text/evidence.ts";
import type { Evidence, FactOf, Seen } from "../evidence.ts";
import { isDown, isUp, type Ladder, ladderOf, type Rung, rungsOf, wentDown } from "../ladder.ts";
import { lineOf, linesOf, summary } from "../lines.ts";
import { allOf, present } from "../picture.ts";
import { firstHeardMs, providerNews } from "../provider-news.ts";
import type { MaintenanceCause } from "../causes/people.ts";
import { isProviderFault } from "./codes.ts";
import { windowWords } from "./met-words.ts";
import { metOutage } from "./network.ts";
import { uncleanStart } from "../touched.ts";

const asking: Text = {
  zh: "没有查到公告，正在等公告来源。",
  en: "No notice is known; their source is being asked.",
};

export const maintenance: Judge = (given) => {
  const { nowMs } = given;
  const covers = (notice: Seen<"notice">, atMs: number): boolean =>
    notice.fact.fromMs <= atMs && atMs <= notice.fact.untilMs;
  const running = present(given.picture, "notice", nowMs).filter(
    (one) =>
      covers(one, nowMs) || MET_IN[one.fact.scope](given).some(({ atMs }) => covers(one, atMs)),
  );
  const suspicions = running.flatMap((notice) => explained(given, notice));
  // An answer of before it began says nothing of it.
  if (suspicions.length > 0 || running.some((one) => !isSeenSince(given, one)))
    return { suspicions, against: [], asking: suspicions.length > 0 ? asking : looking };
  const against =
    running.length > 0
      ? [...linesOf(running), summary(nowMs, SOURCES.here, worksAnyway)]
      : [summary(nowMs, SOURCES.records, noNotice)];
  return { suspicions, against, asking };
};

/** What this sale's charge met in what a notice names: it was met in the window, though that is over by now. */
const MET_IN: Readonly<Record<FactOf<"notice">["scope"], (given: Case) => readonly Evidence[]>> = {
  provider: (given) => ownBad(given),
  network: (given) => metOutage(given).flatMap(({ proof }) => proof ?? []),
  hub: () => [],
  terminal: () => [],
};

/** Something of what it names has been heard since it began, good or bad. */
function isSeenSince(given: Case, { fact }: Seen<"notice">): boolean {
  if (fact.scope !== "provider") return true;
  const { good } = providerNews(given, ladderOf(given));
  return (good?.atMs ?? -Infinity) >= fact.fromMs;
}

const looking: Text = {
  zh: "公告的维护已经开始，正在看支付宝还通不通。",
  en: "The announced window has begun; it is being seen whether Alipay still answers.",
};
const worksAnyway: Text = { zh: "公告所说的部分现在正常", en: "what the notice names works now" };
const noNotice: Text = { zh: "现在没有公告的维护时段", en: "no announced window is running" };

/** What is out of order in the notice's own scope; a broken line between here and there hides it, and then it isn't proven. */
function explained(given: Case, notice: Seen<"notice">): readonly Suspicion[] {
  const ladder = ladderOf(given);
  const { scope } = notice.fact;
  const trouble = IN_SCOPE[scope](given, ladder);
  if (trouble.length === 0) return [];
  const past = pastOf(given, notice.fact, trouble);
  const isSeen =
    scope === "network"
      ? networkSeenBad(given, ladder).length > 0
      : !rungsOf(ladder, "internet").some(wentDown);
  return [
    {
      cause: CAUSE_OF[scope],
      proof: isSeen ? notice : null,
      because: linesOf([notice, ...trouble.slice(-2)]),
      sinceMs: notice.fact.fromMs,
      words: { title: titleOf(notice.fact), ...past },
      ...(past === null ? {} : { isPast: true as const }),
    },
  ];
}

/**
 * What this sale's open charge met in it, and that has gone by since: there are answers again, or at least its end has
 * come. Null while it stands in the way.
 */
function pastOf(
  given: Case,
  { scope, untilMs }: FactOf<"notice">,
  trouble: Trouble,
): CauseWords | null {
  if (given.sale?.attempts.some(isLive) !== true) return null;
  const met = new Set<Evidence>([
    ...ownBad(given),
    ...metOutage(given).flatMap(({ proof }) => proof ?? []),
  ]);
  const { good } = providerNews(given, ladderOf(given));
  const lastMs = Math.max(...trouble.map(({ atMs }) => atMs));
  const isMet = trouble.every((one) => met.has(one));
  const isBack = isMet && (good?.atMs ?? 0) > lastMs;
  const backMs = isBack ? HEARD_IN[scope](given, lastMs) : null;
  if (backMs !== null) return windowWords("back", backMs);
  return given.nowMs > untilMs ? windowWords("over", untilMs) : null;
}

/** The first sign since then that what a notice names works again. The internet's is none of Alipay's. */
const HEARD_IN: Readonly<
  Record<FactOf<"notice">["scope"], (given: Case, sinceMs: number) => number | null>
> = {
  provider: ({ picture }, sinceMs) => {
    const calls = allOf(picture, "provider_call").filter(({ fact }) => !isProviderFault(fact));
    return calls.find(({ atMs }) => atMs > sinceMs)?.atMs ?? null;
  },
  network: firstHeardMs,
  hub: firstHeardMs,
  terminal: firstHeardMs,
};

const CAUSE_OF: Readonly<Record<FactOf<"notice">["scope"], MaintenanceCause>> = {
  provider: "announced_maintenance",
  hub: "own_maintenance",
  terminal: "own_maintenance",
  network: "network_maintenance",
};

/** Whoever announces it writes in one language; in the other it is at least said what it is. */
export const titleOf = ({ title }: FactOf<"notice">): Text => ({
  zh: title,
  en: /\p{Script=Han}/u.test(title) ? `Announced maintenance (${title})` : title,
});

type Trouble = readonly Parameters<typeof lineOf>[0][];

const downRungs = (
  ladder: Ladder,
  ...targets: readonly ("hub" | "provider" | "internet" | "dns")[]
): Trouble =>
  targets.flatMap((target) =>
    rungsOf(ladder, target)
      .filter(isDown)
      .flatMap((one) => one.last ?? []),
  );

function providerTrouble(given: Case, ladder: Ladder): Trouble {
  const { silent, calls } = providerNews(given, ladder);
  const workedAt = calls.findLastIndex(({ fact }) => !isProviderFault(fact));
  const bad = calls.slice(workedAt + 1);
  return [...new Set([...downRungs(ladder, "provider"), ...silent, ...bad, ...ownBad(given)])];
}

/** This sale's newest charge met the window: neither an answer to others nor its own end undoes it. */
function ownBad({ picture, sale }: Case): Trouble {
  const charge = sale?.attempts.find(isLive) ?? sale?.attempts.at(-1);
  if (charge === undefined) return [];
  return allOf(picture, "provider_call").filter(
    ({ fact }) =>
      fact.orderNo === charge.orderNo && charges.has(fact.asked) && isProviderFault(fact),
  );
}

const charges: ReadonlySet<string> = new Set(["pay", "precreate"]);

const IN_SCOPE: Readonly<
  Record<FactOf<"notice">["scope"], (given: Case, ladder: Ladder) => Trouble>
> = {
  provider: providerTrouble,
  hub: (given, ladder) => [
    ...downRungs(ladder, "hub"),
    ...allOf(given.picture, "self_check").filter(
      ({ fact }) => fact.check === "ledger" && !fact.good,
    ),
  ],
  terminal: (given) => [
    ...[uncleanStart(given)].filter((one) => one !== null),
    ...allOf(given.picture, "self_check").filter(({ fact }) => !fact.good),
  ],
  network: (given, ladder) => {
    const seen = networkSeenBad(given, ladder);
    if (seen.length > 0) return seen;
    const { silent } = providerNews(given, ladder);
    const askedMs = Math.min(...silent.map(({ atMs, fact }) => atMs - fact.ms));
    // Where the line has been good since, silence is somebody else's; an answer of before says nothing of it.
    const isGood = rungsOf(ladder, "internet").some(
      (one) => isUp(one) && (one.upAtMs ?? 0) > askedMs,
    );
    return isGood ? [] : silent;
  },
};

/** Measured here: the line is down or loses much, or was down when this sale's charge was lost on it. */
function networkSeenBad(given: Case, ladder: Ladder): Trouble {
  const { lossShare, samplesMin } = given.settings;
  const isLossy = (one: Rung): boolean => one.samples >= samplesMin && one.lossShare >= lossShare;
  const bad = [...rungsOf(ladder, "internet"), ...rungsOf(ladder, "dns")].filter(
    (one) => isDown(one) || isLossy(one),
  );
  const met = metOutage(given).flatMap(({ proof }) => proof ?? []);
  return [...met, ...bad.flatMap((one) => one.last ?? [])];
}
