/** One of a few. */
import type { Text } from "../../core/text/text.ts";
import { useSay } from "../language/language.ts";

export interface Option<Value> {
  readonly value: Value;
  readonly text: Text;
}

export function Choices<Value>({
  name,
  label,
  options,
  value: chosen,
  onValue,
  className,
}: {
  readonly name: string;
  readonly label: Text;
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly onValue: (value: Value) => void;
  readonly className?: string;
}) {
  const say = useSay();
  return (
    <fieldset className={className}>
      <legend>{say(label)}</legend>
      {options.map(({ value, text }) => (
        <label key={text.zh} className="choice">
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
