/** Entering or changing a qualification. Whether it is expiring isn't said but seen, by its date. */
import { useState } from "react";
import type { SubmitEvent } from "react";
import { qualificationKinds, qualificationSaid } from "../../../core/records/records.ts";
import type { Qualification } from "../../../core/records/records.ts";
import type { QualificationView } from "../../../core/records/view.ts";
import {
  healthText,
  qualificationStateText,
  qualificationText,
} from "../../../core/text/health.ts";
import type { Text } from "../../../core/text/text.ts";
import { dayTyped, endOfDay } from "../../../core/till/dates.ts";
import { post } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { useDesk } from "../desk/context.ts";
import { Choices, FormEnd, TextField } from "./fields.tsx";

type Said = Qualification["state"];

/** What somebody said of it; what its date says is no word of theirs. */
const saidOf = (state: QualificationView["state"]): Said =>
  qualificationSaid.find((one) => one === state) ?? "valid";

export function QualificationForm({
  before,
  onChanged,
  onCancel,
}: {
  readonly before: QualificationView | null;
  readonly onChanged: (text: Text) => void;
  readonly onCancel: () => void;
}) {
  const desk = useDesk();
  const say = useSay();
  const [what, setWhat] = useState<Qualification["what"]>(before?.what ?? "licence");
  const [state, setState] = useState<Said>(before === null ? "valid" : saidOf(before.state));
  const [until, setUntil] = useState(dayTyped(before?.until ?? null));
  const [note, setNote] = useState(before?.note ?? "");
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const end = until.trim() === "" ? null : endOfDay(until);
    if (end === null && until.trim() !== "")
      return desk.notify({ tone: "care", text: healthText.dateWrong });
    if (busy) return;
    setBusy(true);
    const body = { ...(before === null ? {} : { id: before.id }), what, state, until: end, note };
    const answer = await post("/api/qualifications", body);
    setBusy(false);
    if (answer.ok) onChanged(healthText.saved);
    else desk.notify({ tone: "bad", text: answer.text });
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form className="form record-form" onSubmit={submit}>
      <Choices
        name="what"
        title={healthText.what}
        values={qualificationKinds}
        texts={qualificationText}
        chosen={what}
        onChoose={setWhat}
      />
      <Choices
        name="state"
        title={healthText.state}
        values={qualificationSaid}
        texts={qualificationStateText}
        chosen={state}
        onChoose={setState}
      />
      <TextField
        label={healthText.until}
        hint={healthText.dateForm}
        value={until}
        onValue={setUntil}
        lengthMax={10}
      />
      <TextField label={healthText.note} value={note} onValue={setNote} lengthMax={200} />
      <FormEnd busy={busy} onCancel={onCancel} save={say(healthText.save)} />
    </form>
  );
}
