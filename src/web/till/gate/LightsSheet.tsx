/** What each of the four lights says, and why. */
import { frameText } from "../../../core/text/frame.ts";
import { gateText } from "../../../core/text/gate.ts";
import { healthText } from "../../../core/text/health.ts";
import { clockText } from "../../../core/till/clock.ts";
import type { TillView } from "../../../core/till/view.ts";
import { useSay } from "../../language/language.ts";
import { useDesk, useDeskState } from "../desk/context.ts";
import { Verdict } from "../incident/Verdict.tsx";
import { KeyButton } from "../sheets/KeyButton.tsx";
import { Sheet } from "../sheets/Sheet.tsx";
import { LIGHT_WORD, lightsOf } from "./lights.ts";

export function LightsSheet({ view }: { readonly view: TillView }) {
  const desk = useDesk();
  const { away } = useDeskState();
  const say = useSay();
  const { stops, next_sale, needs_e_receipt, overridden_until } = view.gate;
  const stopsAny = stops !== null || needs_e_receipt;
  return (
    <Sheet title={gateText.lightsTitle}>
      <p className="lead">{say(gateText.lightsPlain)}</p>
      <ul className="light-rows">
        {lightsOf(view).map(([name, { light, text, why, verdict }]) => (
          <li key={name.zh} className={away ? "unknown" : light}>
            <b>
              <i aria-hidden="true" />
              {say(name)}
            </b>
            <span className="word-of-light">
              {say(away ? frameText.notKnown : LIGHT_WORD[light])}
            </span>
            <span className="grow">
              {verdict === undefined ? null : (
                <>
                  <Verdict verdict={verdict} />{" "}
                </>
              )}
              {say(text)}
              {why === null ? null : <small>{say(why)}</small>}
            </span>
          </li>
        ))}
      </ul>
      {next_sale === null ? null : <p className="notice bad">{say(next_sale)}</p>}
      {overridden_until === null ? null : (
        <p className="notice care">
          {say(gateText.overriddenUntil, { time: clockText(overridden_until) })}
        </p>
      )}
      <div className="acts">
        {stopsAny ? (
          <KeyButton
            letter="O"
            text={gateText.override}
            onPress={() => desk.open({ kind: "override" })}
          />
        ) : null}
        <KeyButton
          letter="E"
          text={healthText.evidenceTitle}
          onPress={() => desk.open({ kind: "evidence" })}
        />
        <KeyButton
          letter="I"
          text={healthText.incidentsTitle}
          onPress={() => desk.open({ kind: "incidents" })}
        />
      </div>
    </Sheet>
  );
}
