/** What the history names in the end: the root of the trouble, not what was passed on the way back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CAUSES, type NamedCause } from "./causes/causes.ts";
import type { Turn } from "./incident.ts";
import { rootTurns } from "./root.ts";

const marks = { m: { stage: "payment" }, p: { stage: "paper" }, "+": { isLater: true } } as const;

/** A cause; "?": only suspected; m, p: while the money, the paper was waited for; "+": begun later. */
const turnOf = (said: string): Turn => {
  const [cause = "", ...rest] = said.split(" ");
  const { family, title } = CAUSES[cause as NamedCause];
  const verdict = rest.includes("?") ? "suspected" : "confirmed";
  const marked = rest.flatMap((one) => (one in marks ? [marks[one as keyof typeof marks]] : []));
  return Object.assign({ atMs: 0, family, cause, verdict, title } as const, ...marked) as Turn;
};

const rows: readonly (readonly [root: string | null, ...turns: readonly string[]])[] = [
  [null],
  ["paper_out", "paper_out", "cover_open"],
  ["paper_out", "paper_out", "cover_open", "paper_out", "cover_open"],
  ["router_silent", "answer_missing ?", "router_silent", "dns_failing", "line_slow ?"],
  ["router_silent", "line_down", "router_silent", "dns_failing"],
  ["line_down", "answer_missing ?", "line_down ?"],
  ["router_silent", "router_silent", "paper_out", "cover_open"],
  ["router_silent paper_out", "router_silent m", "paper_out p", "cover_open p"],
  ["bad_signature cover_open", "bad_signature m", "cover_open p"],
  ["paper_out", "paper_out p", "cover_open p"],
  ["provider_silent", "provider_silent ? m", "bad_signature m +"],
  ["provider_silent", "provider_silent ? m", "bad_signature m"],
  ["router_silent", "answer_missing ? m", "router_silent m +"],
  ["answer_missing", "answer_missing ? m"],
  ["paper_out", "paper_out", "provider_slow ?"],
  ["till_restarted", "unreachable", "till_restarted ?"],
  ["till_restarted", "till_restarted ?", "unreachable"],
  ["power_cut", "unreachable", "till_restarted ?", "power_cut"],
  ["announced_maintenance", "provider_silent ?", "announced_maintenance", "provider_down"],
  ["provider_silent", "provider_silent ?", "till_crashed"],
  ["announced_maintenance", "announced_maintenance", "till_crashed"],
  ["till_crashed", "till_crashed", "provider_silent ?"],
];
for (const [root, ...turns] of rows)
  test(`of ${turns.join(", ") || "nothing"}: ${root}`, () =>
    assert.equal(
      rootTurns(turns.map(turnOf))
        .map(({ cause }) => cause)
        .join(" ") || null,
      root,
    ));
