/** One big state at a time. Draws the screen and adds nothing to it. */
import { useEffect, useRef } from "react";
import type { RefObject } from "react";
import { incidentText } from "../../../core/text/incident.ts";
import { tillText } from "../../../core/text/till.ts";
import type { Screen } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Icon } from "../../parts/Icon.tsx";
import { Live } from "../../parts/Live.tsx";
import { Qr } from "../../parts/Qr.tsx";
import { useDeskState } from "../desk/context.ts";
import { Guide } from "../incident/Guide.tsx";
import { IncidentLines } from "../incident/IncidentLines.tsx";
import { Acts } from "./Acts.tsx";
import { Amount } from "./Amount.tsx";
import { Offers, Warnings } from "./Gate.tsx";
import { Keypad } from "./Keypad.tsx";
import { NoticeLine } from "./NoticeLine.tsx";

export function Stage({ screen }: { readonly screen: Screen }) {
  const { sale } = useDeskState();
  const heading = useRef<HTMLHeadingElement>(null);
  const result = `${screen.kind} ${sale?.sale_id ?? ""}`;
  useFocusOnChange(heading, result);
  return (
    <main className={screen.incident === null ? "stage" : "stage with-incident"}>
      <div className="top">
        <Amount screen={screen} />
        <Warnings screen={screen} />
      </div>
      <div className="said">
        {screen.money === null ? null : <MoneyLine money={screen.money} part={screen.incident} />}
        <Panel screen={screen} heading={heading} />
        <Offers screen={screen} />
      </div>
      <div className="foot">
        <NoticeLine />
        <Acts screen={screen} />
      </div>
      {screen.takesDigits ? <Keypad /> : null}
    </main>
  );
}

/** Each change of state moves the focus to its headline, so that a screen reader and the keyboard are where the eye is. */
function useFocusOnChange(heading: RefObject<HTMLHeadingElement | null>, result: string): void {
  const last = useRef(result);
  useEffect(() => {
    if (last.current === result) return;
    last.current = result;
    if (document.querySelector("dialog[open]") === null) heading.current?.focus();
  }, [heading, result]);
}

function MoneyLine({
  money,
  part,
}: {
  readonly money: NonNullable<Screen["money"]>;
  readonly part: Screen["incident"];
}) {
  const say = useSay();
  return (
    <p className={`panel slim ${money.tone}`}>
      <Icon name={money.icon} />
      {say(money.text)}
      {part === null ? null : (
        <span className="case-no">
          {say(incidentText.caseNo)} {part.caseNo}
        </span>
      )}
    </p>
  );
}

function Panel({
  screen,
  heading,
}: {
  readonly screen: Screen;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}) {
  const say = useSay();
  return (
    <Live urgent={screen.urgent} className={`panel ${screen.tone}`}>
      <div className="words">
        <h1 ref={heading} tabIndex={-1}>
          <Icon name={screen.icon} />
          <span>{say(screen.headline)}</span>
        </h1>
        {screen.incident === null ? null : <IncidentLines part={screen.incident} />}
        {screen.guide === null ? (
          <p className="plain">{say(screen.plain)}</p>
        ) : (
          <Guide guide={screen.guide} />
        )}
        {screen.caution === null ? null : <p className="caution">{say(screen.caution)}</p>}
        <CountdownBar screen={screen} />
      </div>
      {screen.qr === null ? null : <Qr text={screen.qr} label={say(screen.headline)} />}
    </Live>
  );
}

/** Hidden from screen readers: a number that changes twice a second would never let them finish. */
function CountdownBar({ screen }: { readonly screen: Screen }) {
  const say = useSay();
  const { countdown } = screen;
  if (countdown === null) return null;
  return (
    <div className="countdown" aria-hidden="true">
      <div className="bar">
        <b style={{ transform: `scaleX(${1 - countdown.share})` }} />
      </div>
      <p>
        <span>{say(countdown.text)}</span>
        {countdown.secondsLeft > 0 ? (
          <span className="left">
            {say(tillText.secondsLeft, { seconds: countdown.secondsLeft })}
          </span>
        ) : null}
      </p>
    </div>
  );
}
