/** Entering or changing an announced window of maintenance. */
import { useState } from "react";
import type { SubmitEvent } from "react";
import { noticeScopes } from "../../../core/records/records.ts";
import type { Notice } from "../../../core/records/records.ts";
import type { NoticeView } from "../../../core/records/view.ts";
import { healthText, scopeText } from "../../../core/text/health.ts";
import type { Text } from "../../../core/text/text.ts";
import { instantMs } from "../../../core/till/clock.ts";
import { minuteOf, minuteTyped } from "../../../core/till/dates.ts";
import { post } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { useDesk } from "../desk/context.ts";
import { Choices, FormEnd, TextField } from "./fields.tsx";

export function NoticeForm({
  before,
  onChanged,
  onCancel,
}: {
  readonly before: NoticeView | null;
  readonly onChanged: (text: Text) => void;
  readonly onCancel: () => void;
}) {
  const desk = useDesk();
  const say = useSay();
  const [scope, setScope] = useState<Notice["scope"]>(before?.scope ?? "provider");
  const [from, setFrom] = useState(before === null ? "" : minuteTyped(before.from));
  const [until, setUntil] = useState(before === null ? "" : minuteTyped(before.until));
  const [title, setTitle] = useState(before?.title ?? "");
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const window = windowOf(from, until);
    if (window === null) return desk.notify({ tone: "care", text: healthText.timeWrong });
    if (title.trim() === "") return desk.notify({ tone: "care", text: healthText.textMissing });
    if (busy) return;
    setBusy(true);
    const body = { id: before?.id ?? null, scope, ...window, title: title.trim() };
    const answer = await post("/api/notices", body);
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
        name="scope"
        title={healthText.scope}
        values={noticeScopes}
        texts={scopeText}
        chosen={scope}
        onChoose={setScope}
      />
      <div className="two">
        <TextField
          label={healthText.from}
          hint={healthText.timeForm}
          value={from}
          onValue={setFrom}
          lengthMax={16}
        />
        <TextField
          label={healthText.to}
          hint={healthText.timeForm}
          value={until}
          onValue={setUntil}
          lengthMax={16}
        />
      </div>
      <TextField label={healthText.title} value={title} onValue={setTitle} lengthMax={200} />
      <FormEnd busy={busy} onCancel={onCancel} save={say(healthText.save)} />
    </form>
  );
}

/** Both ends as the API wants them; null when one is no time or they are the wrong way round. */
function windowOf(from: string, until: string): { from: string; until: string } | null {
  const start = minuteOf(from);
  const end = minuteOf(until);
  if (start === null || end === null) return null;
  return (instantMs(start) ?? 0) < (instantMs(end) ?? 0) ? { from: start, until: end } : null;
}
