/** What the history names in the end: the root of the trouble, not what was passed on the way back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CAUSES, type NamedCause } from "./causes/causes.ts";
import type { Turn } from "./incident.ts";
import { rootTurn } from "./root.ts";

const turnOf = (said: string): Turn => {
  const [cause, isSuspected] = said.split(" ") as [NamedCause, string | undefined];
  const { family, title } = CAUSES[cause];
  return { atMs: 0, family, cause, verdict: isSuspected ? "suspected" : "confirmed", title };
};

const rows: readonly (readonly [root: string | null, ...turns: readonly string[]])[] = [
  [null],
  ["paper_out", "paper_out", "cover_open"],
  ["paper_out", "paper_out", "cover_open", "paper_out", "cover_open"],
  ["router_silent", "answer_missing ?", "router_silent", "dns_failing", "line_slow ?"],
  ["router_silent", "line_down", "router_silent", "dns_failing"],
  ["line_down", "answer_missing ?", "line_down ?"],
  ["paper_out", "router_silent", "paper_out", "cover_open"],
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
    assert.equal(rootTurn(turns.map(turnOf))?.cause ?? null, root));
