/** Sign-on: who works here now. Operator, then PIN, by keyboard or finger. */
import { useEffect, useRef, useState } from "react";
import type { SubmitEvent } from "react";
import { REFUSALS } from "../../../core/rules/refusals.ts";
import { frameText } from "../../../core/text/frame.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import { tillText } from "../../../core/text/till.ts";
import type { Text } from "../../../core/text/text.ts";
import type { TillView } from "../../../core/till/view.ts";
import { get, post } from "../../box/box.ts";
import { switchLanguage, useSay } from "../../language/language.ts";
import { Field } from "../../parts/Field.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { Banner } from "../frame/Banner.tsx";
import { Ribbon } from "../frame/Ribbon.tsx";
import { PinPad } from "./PinPad.tsx";

interface Operator {
  readonly no: string;
  readonly name: string;
  readonly role: "cashier" | "owner";
  readonly has_pin: boolean;
}

export function SignOn({ view }: { readonly view: TillView }) {
  const say = useSay();
  const [operators, setOperators] = useState<readonly Operator[]>([]);
  const [chosen, setChosen] = useState<Operator | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  useEffect(() => {
    void get<{ data: readonly Operator[] }>("/api/operators").then((answer) => {
      if (!answer.ok) return setProblem(answer.text);
      setOperators(answer.value.data);
      setChosen((before) => before ?? answer.value.data[0] ?? null);
    });
  }, []);
  return (
    <div className="till signing" data-screen="sign_on">
      <Ribbon money={view} />
      <Banner />
      <main className="gate">
        <section className="card sign-on">
          <h1>{say(tillText.signOnHead)}</h1>
          <p className="plain">
            {view.issuer.merchant_name} · {say(frameText.tillNo, { no: view.issuer.terminal_no })}
          </p>
          <fieldset>
            <legend>{say(frameText.operator)}</legend>
            {operators.map((one) => (
              <label key={one.no} className="choice">
                <input
                  type="radio"
                  name="operator"
                  checked={chosen?.no === one.no}
                  onChange={() => setChosen(one)}
                />
                <span>
                  {one.no} {one.name}
                </span>
                <small>{say(one.role === "owner" ? frameText.owner : frameText.cashier)}</small>
              </label>
            ))}
          </fieldset>
          {chosen === null ? null : (
            <PinForm key={chosen.no} operator={chosen} problem={problem} onProblem={setProblem} />
          )}
          {chosen === null && problem !== null ? <p role="alert">{say(problem)}</p> : null}
          <p className="small">{say(frameText.signOnRemembers)}</p>
          <button type="button" className="quiet" onClick={switchLanguage}>
            {say(frameText.otherLanguage)}
          </button>
        </section>
      </main>
    </div>
  );
}

function PinForm({
  operator,
  problem,
  onProblem,
}: {
  readonly operator: Operator;
  readonly problem: Text | null;
  readonly onProblem: (problem: Text | null) => void;
}) {
  const say = useSay();
  const [pin, setPin] = useState("");
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The cursor belongs in the page's one field, but isn't taken from arrow keys among the operators.
    if (!document.activeElement?.matches("input:focus-visible")) field.current?.focus();
  }, []);
  const signOn = async (): Promise<void> => {
    if (busy) return;
    if (operator.has_pin && pin === "") return onProblem(REFUSALS.pin_missing.text);
    setBusy(true);
    const answer = await post("/api/sign-on", { operator_no: operator.no, pin });
    setBusy(false);
    setPin("");
    onProblem(answer.ok ? null : answer.text);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void signOn();
  };
  const typed = (value: string): void => {
    setPin(value.replaceAll(/\D/g, ""));
    onProblem(null);
  };
  return (
    <form onSubmit={submit}>
      {operator.has_pin ? (
        <Field
          label={frameText.pin}
          type="password"
          inputMode="numeric"
          maxLength={12}
          value={pin}
          onValue={typed}
          ref={field}
        />
      ) : (
        <p className="small">{say(frameText.noPinYet)}</p>
      )}
      {operator.has_pin ? <PinPad pin={pin} onPin={typed} /> : null}
      <div role="alert" className="notice-place">
        {problem === null ? null : (
          <p className="notice bad">
            <Icon name="alert" />
            {say(problem)}
          </p>
        )}
      </div>
      <button type="submit" className="go wide" aria-busy={busy || undefined}>
        {busy ? say(sheetText.working) : say(frameText.signOn)}
        <kbd>Enter</kbd>
      </button>
    </form>
  );
}
