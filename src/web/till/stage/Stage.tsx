/** One big state at a time. Draws the screen and adds nothing to it. */
import { useEffect, useRef } from "react";
import type { RefObject } from "react";
import { tillText } from "../../../core/text/till.ts";
import type { Screen } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Icon } from "../../parts/Icon.tsx";
import { Live } from "../../parts/Live.tsx";
import { Qr } from "../../parts/Qr.tsx";
import { useDeskState } from "../desk/context.ts";
import { Acts } from "./Acts.tsx";
import { Amount } from "./Amount.tsx";
import { Keypad } from "./Keypad.tsx";
import { NoticeLine } from "./NoticeLine.tsx";

export function Stage({ screen }: { readonly screen: Screen }) {
  const { sale } = useDeskState();
  const heading = useRef<HTMLHeadingElement>(null);
  const result = `${screen.kind} ${sale?.sale_id ?? ""}`;
  useFocusOnChange(heading, result);
  return (
    <main className="stage">
      <Amount screen={screen} />
      <div className="said">
        {screen.money === null ? null : <MoneyLine screen={screen} />}
        <Panel screen={screen} heading={heading} />
        <NoticeLine />
      </div>
      <Acts screen={screen} />
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

function MoneyLine({ screen }: { readonly screen: Screen }) {
  const say = useSay();
  return (
    <p className="panel slim good">
      <Icon name="tick" />
      {screen.money === null ? null : say(screen.money)}
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
        {screen.steps.length > 0 ? (
          <Steps screen={screen} />
        ) : (
          <p className="plain">{say(screen.plain)}</p>
        )}
        {screen.caution === null ? null : <p className="caution">{say(screen.caution)}</p>}
        <CountdownBar screen={screen} />
      </div>
      {screen.qr === null ? null : <Qr text={screen.qr} label={say(screen.headline)} />}
    </Live>
  );
}

function Steps({ screen }: { readonly screen: Screen }) {
  const say = useSay();
  return (
    <ol>
      {screen.steps.map(({ at, text }) => (
        <li key={text.zh} className={at} aria-current={at === "now" ? "step" : undefined}>
          {say(text)}
        </li>
      ))}
    </ol>
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
