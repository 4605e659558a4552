/** What a person reads of an incident that is over: as it was, and nothing as if it still went on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { caseOf, nowMs, silence } from "../../../test/diagnosis-support/evidence.ts";
import { unknownSale } from "../../../test/diagnosis-support/sales.ts";
import { incidentView } from "./build-view.ts";
import { diagnose } from "./diagnose.ts";
import { openIncident } from "./incident.ts";

const sale = unknownSale(30);
const diagnosis = diagnose(caseOf({ evidence: [silence(20)], sale }));
const open = openIncident({
  id: "I1",
  caseNo: "CP-1129-0001",
  why: "outcome_late",
  sale,
  diagnosis,
  nowMs,
});

test("while it is open it says what is being asked; once it is closed, what was left unanswered", () => {
  const said = (closedAtMs: number | null): string =>
    incidentView({
      incident: { ...open, closedAtMs },
      diagnosis: closedAtMs === null ? diagnosis : null,
      sale,
      guide: [],
      money: null,
    })
      .families.flatMap(({ asking }) => (asking === null ? [] : [asking.zh]))
      .join("\n");
  assert.match(said(null), /正在/);
  assert.doesNotMatch(said(nowMs), /正在/);
  assert.match(said(nowMs), /当时没有查到/);
});
