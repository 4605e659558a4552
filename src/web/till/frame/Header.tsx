/** Who and where, the four lights, what is still open, language and sign-off. */
import type { MouseEvent } from "react";
import { frameText } from "../../../core/text/frame.ts";
import { fill, type Text } from "../../../core/text/text.ts";
import { remindsOf } from "../../../core/till/focus.ts";
import type { TillView } from "../../../core/till/view.ts";
import { openSales } from "../../../core/till/why-subject.ts";
import { post } from "../../box/box.ts";
import { switchLanguage, useSay } from "../../language/language.ts";
import { useDesk, useDeskState } from "../desk/context.ts";
import { LIGHT_WORD, lightsOf } from "../gate/lights.ts";

export function Header({ view }: { readonly view: TillView }) {
  const say = useSay();
  const { issuer, operator } = view;
  const tillNo = say(frameText.tillNo, { no: issuer.terminal_no });
  return (
    <header>
      <b className="brand">{say(frameText.product)}</b>
      <span className="who">
        <span>{issuer.merchant_name}</span>
        <span>{tillNo}</span>
        {operator === null ? null : (
          <span>
            {operator.no} {operator.name}
          </span>
        )}
      </span>
      <OpenChip />
      <Lights view={view} />
      <span className="tools">
        <button
          type="button"
          className="quiet"
          onClick={leaving(switchLanguage)}
          lang={say(languageOfSwitch)}
        >
          {say(frameText.otherLanguage)}
        </button>
        <SignOff />
      </span>
    </header>
  );
}

/** A pressed button keeps no focus: the next Enter is the till's, and would press it again. */
const leaving =
  (deed: () => void) =>
  ({ currentTarget }: MouseEvent<HTMLButtonElement>): void => {
    currentTarget.blur();
    deed();
  };

/** The switch is written in the language it leads to. */
const languageOfSwitch: Text = { zh: "en", en: "zh-CN" };

function SignOff() {
  const desk = useDesk();
  const say = useSay();
  const signOff = async (): Promise<void> => {
    const answer = await post<Pick<TillView, "operator">>("/api/sign-off");
    if (!answer.ok) return desk.notify({ tone: "bad", text: answer.text });
    const { operator: stays } = answer.value;
    if (stays === null) return;
    const { no, name } = stays;
    desk.notify({ tone: "care", text: fill(frameText.signOffNeedsPins, { no, name }) });
  };
  return (
    <button type="button" className="quiet" onClick={leaving(() => void signOff())}>
      {say(frameText.signOff)}
    </button>
  );
}

/** Sales without a settled end are never out of sight, nor a day slip of which nobody knows whether it came out. */
function OpenChip() {
  const desk = useDesk();
  const { view, sale } = useDeskState();
  const say = useSay();
  const others = openSales(view, sale?.sale_id ?? null);
  const papers = view?.papers_in_doubt.filter(remindsOf) ?? [];
  const count = others.length + papers.length;
  if (count === 0) return null;
  const text =
    papers.length === 0
      ? frameText.openSales
      : others.length === 0
        ? frameText.openPapers
        : frameText.openBoth;
  return (
    <button type="button" className="chip" onClick={leaving(() => desk.open({ kind: "open" }))}>
      {say(text, { count, sales: others.length, papers: papers.length })}
      <kbd>F9</kbd>
    </button>
  );
}

/** The four lights: shape, word and colour. L, or a press, says what each means. */
function Lights({ view }: { readonly view: TillView }) {
  const desk = useDesk();
  const { away } = useDeskState();
  const say = useSay();
  return (
    <button
      type="button"
      className="lights quiet"
      onClick={leaving(() => desk.open({ kind: "lights" }))}
    >
      {lightsOf(view).map(([name, { light, text }]) => (
        <span
          key={name.zh}
          className={away ? "unknown" : light}
          title={say(away ? frameText.notKnown : text)}
        >
          {say(name)}
          <span className="unseen">{say(away ? frameText.notKnown : LIGHT_WORD[light])}</span>
        </span>
      ))}
      <kbd>L</kbd>
    </button>
  );
}
