/** Parts of the record forms: one choice of a few, a line of text, and the two buttons at the end. */
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { useSay } from "../../language/language.ts";

export function Choices<Value extends string>({
  name,
  title,
  values,
  texts,
  chosen,
  onChoose,
}: {
  readonly name: string;
  readonly title: Text;
  readonly values: readonly Value[];
  readonly texts: Readonly<Record<Value, Text>>;
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}) {
  const say = useSay();
  return (
    <fieldset className="choices">
      <legend>{say(title)}</legend>
      {values.map((value) => (
        <label key={value} className="choice">
          <input
            type="radio"
            name={name}
            checked={chosen === value}
            onChange={() => onChoose(value)}
          />
          <span>{say(texts[value])}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function TextField({
  label,
  hint = null,
  value,
  onValue,
  lengthMax,
}: {
  readonly label: Text;
  readonly hint?: Text | null;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly lengthMax: number;
}) {
  const say = useSay();
  return (
    <label className="field">
      <span>
        {say(label)}
        {hint === null ? null : <small> · {say(hint)}</small>}
      </span>
      <input
        type="text"
        autoComplete="off"
        maxLength={lengthMax}
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
    </label>
  );
}

export function FormEnd({
  busy,
  save,
  onCancel,
}: {
  readonly busy: boolean;
  readonly save: string;
  readonly onCancel: () => void;
}) {
  const say = useSay();
  return (
    <div className="acts">
      <button type="submit" className="go" aria-busy={busy || undefined}>
        {save}
      </button>
      <button type="button" className="plain" onClick={onCancel}>
        {say(sheetText.cancel)}
      </button>
    </div>
  );
}
