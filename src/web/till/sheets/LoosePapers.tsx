/** Papers of no sale of which nobody knows whether they came out, each with its two answers. */
import { useEffect } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import { tillText } from "../../../core/text/till.ts";
import { dayClockText } from "../../../core/till/clock.ts";
import type { PaperView } from "../../../core/till/view.ts";
import { useSay } from "../../language/language.ts";
import { useDesk, useDeskState } from "../desk/context.ts";
import { answerPaper } from "../desk/press.ts";
import { KeyButton } from "./KeyButton.tsx";

export function LoosePapers({ papers }: { readonly papers: readonly PaperView[] }) {
  const say = useSay();
  return (
    <section>
      <h2>{say(sheetText.openPapers)}</h2>
      <p className="quiet-line">{say(sheetText.openPapersPlain)}</p>
      <ul className="plain-rows loose-papers">
        {papers.map((paper, at) => (
          <Row key={paper.job.id} paper={paper} isFirst={at === 0} />
        ))}
      </ul>
    </section>
  );
}

/** The letters answer the first; the next one has them as soon as that is answered. */
function Row({ paper, isFirst }: { readonly paper: PaperView; readonly isFirst: boolean }) {
  const desk = useDesk();
  const { busy } = useDeskState();
  const say = useSay();
  const { id, cause, copy } = paper.job;
  useEffect(() => {
    if (isFirst) desk.asksNoMore(id);
    desk.asks(id);
  }, [desk, id, isFirst]);
  return (
    <li className="loose-paper">
      <b>{say(paper.name)}</b>
      {copy > 0 ? ` ${say(sheetText.copyNo, { count: copy })}` : ""}{" "}
      {dayClockText(paper.ordered_at)}
      {cause === null ? null : ` · ${say(cause.title)}`}
      <fieldset className="acts" aria-label={say(paper.name)}>
        <KeyButton
          letter={isFirst ? "Y" : null}
          text={tillText.cameOut}
          look={isFirst ? "go" : "plain"}
          busy={busy === "came_out"}
          onPress={() => void answerPaper(desk, id, true)}
        />
        <KeyButton
          letter={isFirst ? "N" : null}
          text={tillText.didNot}
          look={isFirst ? "go" : "plain"}
          busy={busy === "did_not"}
          onPress={() => void answerPaper(desk, id, false)}
        />
      </fieldset>
    </li>
  );
}
