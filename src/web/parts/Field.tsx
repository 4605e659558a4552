/** A line to type in, under its label. */
import type { ComponentProps } from "react";
import type { Text } from "../../core/text/text.ts";
import { useSay } from "../language/language.ts";

export function Field({
  label,
  hint = null,
  onValue,
  ...input
}: Omit<ComponentProps<"input">, "onChange"> & {
  readonly label: Text;
  readonly hint?: Text | null;
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
        {...input}
        onChange={(event) => onValue(event.target.value)}
      />
    </label>
  );
}
