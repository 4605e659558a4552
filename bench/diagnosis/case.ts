/** One case: a shop that is well, one or two faults, and what the till says of them from then on. */
import type { DiagnosisView, FindingView } from "../../src/core/diagnosis/view.ts";
import type { CauseFamily } from "../../src/core/till/view.ts";
import { Chance } from "./chance.ts";
import type { Fault } from "./fault.ts";
import { actOf } from "./faults/faults.ts";
import { pause, Place } from "./place.ts";

export interface CaseResult {
  readonly id: string;
  readonly seed: number;
  readonly labels: readonly CauseFamily[];
  /** The family that stood first for the longest time; null: none ever did. */
  readonly said: CauseFamily | null;
  /** What stood first then, e.g. `router_silent`. */
  readonly cause: string | null;
  /** A single: the right family stood first. A pair: both were named. */
  readonly right: boolean;
  /** Of a pair: what wasn't named. */
  readonly missing: readonly CauseFamily[];
  /** Said to be proven, of a family that has nothing to do with it. */
  readonly wrongConfirmed: readonly string[];
  /** From the first evidence that reached the box to the first finding, and to the right one; null: never. */
  readonly firstMs: number | null;
  readonly rightMs: number | null;
  /** From the moment at which the fault had been brought about. */
  readonly rightSinceInjectionMs: number | null;
  /** Why the case couldn't be run to its end. */
  readonly failed: string | null;
}

const watchMs = 15_000;
/** Where nobody asks anything, the first evidence comes at the probes' own pace. */
const watchMsAtRest = 40_000;
/** What is right has to stay right for so long. */
const steadyMs = 2_500;
const lookEveryMs = 100;

export async function runCase(faults: readonly Fault[], seed: number): Promise<CaseResult> {
  const chance = new Chance(seed);
  const labels = faults.map(({ family }) => family);
  const named = { id: faults.map(({ id }) => id).join(" + "), seed, labels };
  let place: Place | null = null;
  try {
    place = await openShop(Object.assign({}, ...faults.map(({ config }) => config ?? {})));
    await noise(place, chance);
    const fromMs = Date.now();
    for (const fault of faults) await bringAbout(fault, place, chance);
    const injectedMs = Date.now();
    await pause(chance.whole(0, 1_500));
    const saleId = await actOf(faults)(place, chance);
    const looks = await watch(place, saleId, faults, fromMs);
    return { ...named, ...judge(faults, looks, fromMs, injectedMs), failed: null };
  } catch (error) {
    return { ...named, ...nothing, failed: String(error).slice(0, 200) };
  } finally {
    await place?.close();
  }
}

/** A shop that is well. Where a busy machine fails to start one, that says nothing of the diagnosis: there is one more try. */
async function openShop(config: Readonly<Record<string, unknown>>): Promise<Place> {
  const open = async (): Promise<Place> => {
    const place = await Place.open(config);
    await place.settleIn().catch(async (error: unknown) => {
      await place.close();
      throw error;
    });
    return place;
  };
  return open().catch(open);
}

const nothing = {
  said: null,
  cause: null,
  right: false,
  missing: [],
  wrongConfirmed: [],
  firstMs: null,
  rightMs: null,
  rightSinceInjectionMs: null,
};

/** As on any day: a line that isn't quite even, a slow name server, a customer before. */
async function noise(place: Place, chance: Chance): Promise<void> {
  const lag = () => ({ delay_ms: chance.whole(2, 60), jitter_ms: chance.whole(0, 80) });
  await place.wire({ up: lag(), down: lag() });
  await place.net({ dns_delay_ms: chance.whole(0, 60) });
  if (!chance.yes(0.5)) return;
  const saleId = await place.sell({ amount: chance.amount(), wait_ms: 30_000 });
  if (saleId !== null) await place.printed(saleId);
}

async function bringAbout(fault: Fault, place: Place, chance: Chance): Promise<void> {
  const flaps = fault.flaps === true && chance.yes(0.4);
  await fault.inject(place, chance);
  if (!flaps || fault.heal === undefined) return;
  await pause(chance.whole(300, 1_500));
  await fault.heal(place);
  await pause(chance.whole(300, 1_500));
  await fault.inject(place, chance);
}

interface Look {
  readonly atMs: number;
  readonly view: DiagnosisView;
}

async function watch(
  place: Place,
  saleId: string | null,
  faults: readonly Fault[],
  fromMs: number,
): Promise<readonly Look[]> {
  const looks: Look[] = [];
  const isAtRest = saleId === null && faults.every(({ slot }) => slot !== "input");
  const endsAtMs = Date.now() + (isAtRest ? watchMsAtRest : watchMs);
  while (Date.now() < endsAtMs) {
    const view = await place.diagnosis(saleId).catch(() => null);
    if (view !== null) looks.push({ atMs: Date.now(), view });
    const sinceMs = looks.findLast((one) => !isRight(faults, one.view, fromMs))?.atMs ?? fromMs;
    const isSteady = looks.length > 0 && Date.now() - sinceMs >= steadyMs;
    const last = looks.at(-1);
    if (isSteady && last !== undefined && isRight(faults, last.view, fromMs)) break;
    await pause(lookEveryMs);
  }
  return looks;
}

/** Findings from before the fault say nothing about it. Times of the API are whole seconds. */
const isFresh = (one: FindingView, fromMs: number): boolean =>
  one.evidence.some(({ at }) => Date.parse(at) >= fromMs - 1_000);

function isRight(faults: readonly Fault[], { first, families }: DiagnosisView, fromMs: number) {
  const [only] = faults;
  if (faults.length === 1)
    return (
      only !== undefined &&
      first !== null &&
      mayStandFirst(only, first.family) &&
      isNamed(only, families) &&
      isFreshOrConfig(first, only, fromMs)
    );
  return faults.every((fault) => isNamed(fault, families));
}

/** What was wrong before the start was seen at the start. */
const isFreshOrConfig = (first: FindingView | null, fault: Fault | undefined, fromMs: number) =>
  first !== null && (fault?.config !== undefined || isFresh(first, fromMs));

const mayStandFirst = (fault: Fault, family: CauseFamily | null): boolean =>
  family !== null && [fault.family, ...(fault.firstMayBe ?? [])].includes(family);

const isNamed = ({ family }: Fault, families: DiagnosisView["families"]): boolean =>
  families.some((one) => one.family === family && one.findings.length > 0);

function judge(
  faults: readonly Fault[],
  looks: readonly Look[],
  fromMs: number,
  injectedMs: number,
): Omit<CaseResult, "id" | "seed" | "labels" | "failed"> {
  const held = new Map<CauseFamily | null, number>();
  const causes = new Map<CauseFamily | null, string>();
  looks.forEach(({ atMs, view: { first } }, index) => {
    const untilMs = looks[index + 1]?.atMs ?? atMs + lookEveryMs;
    const family = first?.family ?? null;
    held.set(family, (held.get(family) ?? 0) + untilMs - atMs);
    if (first !== null) causes.set(family, first.cause);
  });
  held.delete(null);
  const said = [...held].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  const firstLook = looks.find(({ view }) => view.first !== null);
  const rightLook = looks.find(({ view }) => isRight(faults, view, fromMs));
  const named = faults.filter((fault) => looks.some(({ view }) => isNamed(fault, view.families)));
  const missing = faults.filter((one) => !named.includes(one)).map(({ family }) => family);
  const isSingle = faults.length === 1;
  return {
    said,
    cause: causes.get(said) ?? null,
    right: isSingle
      ? faults.some((one) => mayStandFirst(one, said)) && rightLook !== undefined
      : missing.length === 0,
    missing: isSingle ? [] : missing,
    wrongConfirmed: wrongly(faults, looks),
    firstMs: firstLook === undefined ? null : sinceEvidence(firstLook, looks, fromMs),
    rightMs: rightLook === undefined ? null : sinceEvidence(rightLook, looks, fromMs),
    rightSinceInjectionMs:
      rightLook === undefined ? null : Math.max(0, rightLook.atMs - injectedMs),
  };
}

/**
 * From the first that the box saw of it, in whatever finding it was told of until then: the end of a silence isn't its
 * beginning. Up to a second too long, since views tell whole seconds.
 */
function sinceEvidence(look: Look, looks: readonly Look[], fromMs: number): number {
  const times = looks
    .slice(0, looks.indexOf(look) + 1)
    .flatMap(({ view }) => view.families.flatMap(({ findings }) => findings))
    .flatMap(({ since, evidence }) => [since, ...evidence.map(({ at }) => at)])
    .map((at) => Date.parse(at))
    .filter((evidenceMs) => evidenceMs >= fromMs - 1_000);
  return Math.max(0, look.atMs - Math.min(look.atMs, ...times));
}

function wrongly(faults: readonly Fault[], looks: readonly Look[]): readonly string[] {
  const true_ = new Set(faults.flatMap(({ family, also }) => [family, ...(also ?? [])]));
  const wrong = looks.flatMap(({ view }) =>
    view.families
      .flatMap((one) => one.findings)
      .filter((one) => one.verdict === "confirmed" && !true_.has(one.family))
      .map((one) => `${one.family}/${one.cause}`),
  );
  return [...new Set(wrong)];
}
