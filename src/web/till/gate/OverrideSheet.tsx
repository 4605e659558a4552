/** The owner opens a closed gate for a while: who, by PIN, and why. */
import { useEffect, useRef, useState } from "react";
import type { SubmitEvent } from "react";
import { frameText } from "../../../core/text/frame.ts";
import { gateText, overrideReasons } from "../../../core/text/gate.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import type { TillView } from "../../../core/till/view.ts";
import { get, post } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { Choices } from "../../parts/Choices.tsx";
import { Field } from "../../parts/Field.tsx";
import { useDesk } from "../desk/context.ts";
import { Saying } from "../sheets/Saying.tsx";
import { Sheet } from "../sheets/Sheet.tsx";

interface Owner {
  readonly no: string;
  readonly name: string;
}

type Operators = { readonly data: readonly (Owner & { readonly role: "cashier" | "owner" })[] };

export function OverrideSheet({ view }: { readonly view: TillView }) {
  const say = useSay();
  const bySelf = view.gate.override === true;
  const owners = useOwners(bySelf);
  return (
    <Sheet title={gateText.overrideTitle} size="small">
      <p className="lead">{say(gateText.overridePlain)}</p>
      {view.gate.override === true ? null : <p className="lead">{say(view.gate.override)}</p>}
      {owners === null ? (
        <Saying text={sheetText.loading} />
      ) : !bySelf && owners.length === 0 ? (
        <Saying text={gateText.noOwner} bad />
      ) : (
        <OverrideForm owners={owners} />
      )}
    </Sheet>
  );
}

/** Who may be called; nobody has to be when the operator on duty may. */
function useOwners(bySelf: boolean): readonly Owner[] | null {
  const [owners, setOwners] = useState<readonly Owner[] | null>(bySelf ? [] : null);
  useEffect(() => {
    if (bySelf) return;
    void get<Operators>("/api/operators").then((answer) => {
      setOwners(answer.ok ? answer.value.data.filter(({ role }) => role === "owner") : []);
    });
  }, [bySelf]);
  return owners;
}

function OverrideForm({ owners }: { readonly owners: readonly Owner[] }) {
  const desk = useDesk();
  const say = useSay();
  const [owner, setOwner] = useState<string | null>(owners[0]?.no ?? null);
  const [pin, setPin] = useState("");
  const [why, setWhy] = useState<Text | null>(overrideReasons[0] ?? null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const override = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const by = owner === null ? {} : { operator_no: owner, pin };
    const answer = await post("/api/gate/override", { ...by, why: why?.zh ?? "" });
    setBusy(false);
    setPin("");
    if (answer.ok) desk.closeAll();
    else desk.notify({ tone: "bad", text: answer.text });
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void override();
  };
  return (
    <form className="form" onSubmit={submit}>
      {owner === null ? null : (
        <>
          <fieldset>
            <legend>{say(gateText.overrideOwner)}</legend>
            {owners.map(({ no, name }) => (
              <label key={no} className="choice">
                <input
                  type="radio"
                  name="owner"
                  checked={owner === no}
                  onChange={() => {
                    setOwner(no);
                    setPin("");
                  }}
                />
                <span>
                  {no} {name}
                </span>
              </label>
            ))}
          </fieldset>
          <Field
            label={frameText.pin}
            type="password"
            inputMode="numeric"
            maxLength={12}
            ref={field}
            value={pin}
            onValue={(value) => setPin(value.replaceAll(/\D/g, ""))}
          />
        </>
      )}
      <Choices
        name="why"
        label={gateText.overrideWhy}
        options={overrideReasons.map((text) => ({ value: text, text }))}
        value={why}
        onValue={setWhy}
      />
      <button type="submit" className="go wide" data-key="Enter" aria-busy={busy || undefined}>
        {busy ? say(sheetText.working) : say(gateText.overrideDo)}
        <kbd>Enter</kbd>
      </button>
    </form>
  );
}
