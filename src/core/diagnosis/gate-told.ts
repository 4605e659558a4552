/**
 * What a light warns of because somebody said so, though nothing is measured to be wrong: a running window, a record
 * against the shop, Alipay's own refusal of it.
 */
import { rfc3339China } from "../rules/time.ts";
import { codeCauseRow } from "./causes/causes.ts";
import type { MaintenanceCause } from "./causes/people.ts";
import { clockText } from "../till/clock.ts";
import { fill, joined } from "../text/text.ts";
import type { Light } from "../till/view.ts";
import { gateText, surely } from "../text/gate.ts";
import type { Case } from "./case.ts";
import type { FactOf, Seen } from "./evidence.ts";
import { titleOf } from "./families/maintenance.ts";
import { refusalOfShop } from "./families/merchant.ts";
import type { Diagnosis } from "./finding.ts";
import { present } from "./picture.ts";
import type { LightView } from "./view.ts";

type Scope = FactOf<"notice">["scope"];

const BADNESS: Readonly<Record<Light, number>> = { green: 0, amber: 1, red: 2 };

/** The worst is what the light shows. Of several that are as bad each is named, in the order in which they are given. */
export function worstOf(...all: readonly LightView[]): LightView {
  const badness = Math.max(...all.map(({ light }) => BADNESS[light]));
  return all.filter(({ light }) => BADNESS[light] === badness).reduce(both);
}

/** Of two, neither alone is what the light shows: each text says for itself how sure it is. */
const both = (one: LightView, other: LightView): LightView => ({
  light: one.light,
  text: fill(gateText.several, { one: surely(one), other: surely(other) }),
  why: one.why === null || other.why === null ? (one.why ?? other.why) : joined(one.why, other.why),
});

const SCOPES: Readonly<Record<MaintenanceCause, readonly Scope[]>> = {
  announced_maintenance: ["provider"],
  network_maintenance: ["network"],
  own_maintenance: ["hub", "terminal"],
};

/** Before the first charge of a window fails: its title, and until when. One that is felt already is a finding and told as that. */
export function announced(
  { picture, nowMs }: Case,
  { families }: Diagnosis,
  cause: MaintenanceCause,
): readonly LightView[] {
  const isFelt = families.some(({ findings }) => findings.some((one) => one.cause === cause));
  if (isFelt) return [];
  const running = present(picture, "notice", nowMs).filter(
    ({ fact }) =>
      SCOPES[cause].includes(fact.scope) && fact.fromMs <= nowMs && nowMs <= fact.untilMs,
  );
  const last = running.toSorted((a, b) => a.fact.untilMs - b.fact.untilMs).at(-1);
  return last === undefined ? [] : [windowLight(last)];
}

function windowLight({ fact }: Seen<"notice">): LightView {
  const until = rfc3339China(fact.untilMs);
  const time = `${until.slice(5, 10)} ${clockText(until).slice(0, 5)}`;
  return { light: "amber", text: titleOf(fact), why: fill(gateText.windowUntil, { time }) };
}

/** What Alipay itself answered to a charge, until a payment goes through or the owner records it anew. */
export function refusedShop(given: Case): readonly LightView[] {
  const refused = refusalOfShop(given);
  const row = refused === null ? null : codeCauseRow(refused.code, refused.subCode);
  return row === null ? [] : [{ light: "amber", text: row.title, why: gateText.shopRefused }];
}

/** The worst of the records against the shop. */
export function badRecord({ families }: Diagnosis): readonly LightView[] {
  const known = families
    .filter(({ family }) => family === "merchant")
    .flatMap(({ findings }) => findings)
    .find((one) => one.cause.startsWith("qualification_"));
  return known === undefined ? [] : [{ light: "amber", text: known.title, why: known.nextStep }];
}
