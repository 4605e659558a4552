/**
 * What a light warns of because somebody said so, though nothing is measured to be wrong: a running window, a record
 * against the shop, Alipay's own refusal of it.
 */
import { rfc3339China } from "../rules/time.ts";
import { codeCauseRow } from "./causes/causes.ts";
import { clockText } from "../till/clock.ts";
import { fill } from "../text/text.ts";
import { gateText } from "../text/gate.ts";
import type { Case } from "./case.ts";
import type { FactOf, Seen } from "./evidence.ts";
import { titleOf } from "./families/maintenance.ts";
import { refusalOfShop } from "./families/merchant.ts";
import type { Diagnosis } from "./finding.ts";
import { present } from "./picture.ts";
import type { LightView } from "./view.ts";

type Scope = FactOf<"notice">["scope"];

/** Before the first charge of a window fails: its title, and until when. */
export function announced(given: Case, ...scopes: readonly Scope[]): LightView | null {
  const { picture, nowMs } = given;
  const running = present(picture, "notice", nowMs).filter(
    ({ fact }) => scopes.includes(fact.scope) && fact.fromMs <= nowMs && nowMs <= fact.untilMs,
  );
  const last = running.toSorted((a, b) => a.fact.untilMs - b.fact.untilMs).at(-1);
  return last === undefined ? null : windowLight(last);
}

function windowLight({ fact }: Seen<"notice">): LightView {
  const until = rfc3339China(fact.untilMs);
  const time = `${until.slice(5, 10)} ${clockText(until).slice(0, 5)}`;
  return { light: "amber", text: titleOf(fact), why: fill(gateText.windowUntil, { time }) };
}

/**
 * Against the shop: what Alipay itself answered to a charge, until a payment goes through or somebody records it anew; else
 * the worst of the records.
 */
export function againstShop(given: Case, diagnosis: Diagnosis): LightView | null {
  const refused = refusalOfShop(given);
  const row = refused === null ? null : codeCauseRow(refused.code, refused.subCode);
  if (row !== null) return { light: "amber", text: row.title, why: gateText.shopRefused };
  const known = diagnosis.families
    .filter(({ family }) => family === "merchant")
    .flatMap(({ findings }) => findings)
    .find((one) => one.cause.startsWith("qualification_"));
  return known === undefined ? null : { light: "amber", text: known.title, why: known.nextStep };
}
