/** What the merchant has to have. Whether it is expiring isn't said but seen, by its date. */
import { qualificationKinds, qualificationSaid } from "../../../core/records/records.ts";
import type { QualificationView } from "../../../core/records/view.ts";
import {
  healthText,
  qualificationStateText,
  qualificationText,
} from "../../../core/text/health.ts";
import { dayTyped, endOfDay } from "../../../core/till/dates.ts";
import type { Tone } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Tag } from "../../parts/Tag.tsx";
import { choice, line, type RecordKind } from "./kind.ts";

export const qualifications: RecordKind<QualificationView, "what" | "state" | "until" | "note"> = {
  path: "/api/qualifications",
  title: healthText.qualifications,
  none: healthText.noQualifications,
  rows: [
    [choice("what", healthText.what, qualificationKinds, qualificationText)],
    [choice("state", healthText.state, qualificationSaid, qualificationStateText)],
    [line("until", healthText.until, 10, healthText.dateForm)],
    [line("note", healthText.note, 200)],
  ],
  filled: (before) => ({
    what: before?.what ?? "licence",
    // What somebody said of it; what its date says is no word of theirs.
    state: qualificationSaid.find((one) => one === before?.state) ?? "valid",
    until: dayTyped(before?.until ?? null),
    note: before?.note ?? "",
  }),
  asked({ what, state, until, note }, before) {
    const end = until.trim() === "" ? null : endOfDay(until);
    if (end === null && until.trim() !== "") return { wrong: healthText.dateWrong };
    const id = before === null ? {} : { id: before.id };
    return { body: { ...id, what, state, until: end, note } };
  },
  About,
};

const STATE_TONE: Record<QualificationView["state"], Tone> = {
  valid: "good",
  expiring: "care",
  expired: "bad",
  missing: "bad",
  frozen: "bad",
  limited: "care",
  withdrawn: "calm",
};

function About({ one }: { readonly one: QualificationView }) {
  const say = useSay();
  const until =
    one.until === null
      ? say(healthText.untilNone)
      : say(healthText.untilOf, { day: dayTyped(one.until) });
  return (
    <>
      <b>{say(qualificationText[one.what])}</b>{" "}
      <Tag tone={STATE_TONE[one.state]} text={qualificationStateText[one.state]} /> {until}
      {one.note === "" ? null : <span> · {one.note}</span>}
    </>
  );
}
