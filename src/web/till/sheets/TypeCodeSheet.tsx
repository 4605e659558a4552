/** For a scanner that is broken: the digits under the customer's code, typed by hand. */
import { useState } from "react";
import type { SubmitEvent } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import { tillText } from "../../../core/text/till.ts";
import { useSay } from "../../language/language.ts";
import { Field } from "../../parts/Field.tsx";
import { useDesk } from "../desk/context.ts";
import { takeScan } from "../desk/press.ts";
import { Sheet } from "./Sheet.tsx";

const codeLengthMax = 35;

export function TypeCodeSheet() {
  const desk = useDesk();
  const say = useSay();
  const [text, setText] = useState("");
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void takeScan(desk, text.replaceAll(/\s/g, ""));
  };
  return (
    <Sheet title={sheetText.typeCodeTitle} size="small">
      <form onSubmit={submit} className="form">
        <p className="lead">{say(sheetText.typeCodePlain)}</p>
        <Field
          label={sheetText.typeCodeLabel}
          inputMode="numeric"
          className="digits"
          maxLength={codeLengthMax}
          value={text}
          onValue={setText}
        />
        <button type="submit" className="go wide">
          {say(tillText.take)}
          <kbd>Enter</kbd>
        </button>
      </form>
    </Sheet>
  );
}
