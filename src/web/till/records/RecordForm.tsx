/** Entering or changing a record, of whichever kind. */
import { useEffect, useRef, useState } from "react";
import type { SubmitEvent } from "react";
import { healthText } from "../../../core/text/health.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { post } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { Choices } from "../../parts/Choices.tsx";
import { Field } from "../../parts/Field.tsx";
import { useDesk } from "../desk/context.ts";
import type { AnyRecord, Field as FieldOf, RecordKind } from "./kind.ts";

export function RecordForm<View extends AnyRecord, Name extends string>({
  kind,
  before,
  onChanged,
  onCancel,
}: {
  readonly kind: RecordKind<View, Name>;
  readonly before: View | null;
  readonly onChanged: (text: Text) => void;
  readonly onCancel: () => void;
}) {
  const desk = useDesk();
  const say = useSay();
  const [values, setValues] = useState(() => kind.filled(before));
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Whoever pressed "add" types next.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const save = async (): Promise<void> => {
    const asked = kind.asked(values, before);
    if ("wrong" in asked) return desk.notify({ tone: "care", text: asked.wrong });
    if (busy) return;
    setBusy(true);
    const answer = await post(kind.path, asked.body);
    setBusy(false);
    if (answer.ok) onChanged(healthText.saved);
    else desk.notify({ tone: "bad", text: answer.text });
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void save();
  };
  const fieldOf = (field: FieldOf<Name>) => {
    const { name } = field;
    const onValue = (value: string): void => setValues((now) => ({ ...now, [name]: value }));
    const rest = { label: field.label, value: values[name], onValue };
    return field.kind === "choice" ? (
      <Choices key={name} className="choices" name={name} options={field.options} {...rest} />
    ) : (
      <Field key={name} hint={field.hint} maxLength={field.maxLength} {...rest} />
    );
  };
  return (
    <form ref={form} className="form record-form" onSubmit={submit}>
      {kind.rows.map((row) =>
        row.length === 1 ? (
          row.map(fieldOf)
        ) : (
          <div key={row[0]?.name} className="two">
            {row.map(fieldOf)}
          </div>
        ),
      )}
      <div className="acts">
        <button type="submit" className="go" aria-busy={busy || undefined}>
          {say(healthText.save)}
        </button>
        <button type="button" className="plain" onClick={onCancel}>
          {say(sheetText.cancel)}
        </button>
      </div>
    </form>
  );
}
