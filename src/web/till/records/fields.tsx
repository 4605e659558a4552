/** Parts of the record forms: one choice of a few, a line of text, and the two buttons at the end. */
import { sheetText } from "../../../core/text/sheets.ts";
import { useSay } from "../../language/language.ts";
import type { Choice, Line } from "./kind.ts";

export function Choices({
  name,
  label,
  options,
  value: chosen,
  onValue,
}: Choice & {
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  const say = useSay();
  return (
    <fieldset className="choices">
      <legend>{say(label)}</legend>
      {options.map(({ value, text }) => (
        <label key={value} className="choice">
          <input
            type="radio"
            name={name}
            checked={chosen === value}
            onChange={() => onValue(value)}
          />
          <span>{say(text)}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function TextField({
  label,
  hint,
  lengthMax,
  value,
  onValue,
}: Line & {
  readonly value: string;
  readonly onValue: (value: string) => void;
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
