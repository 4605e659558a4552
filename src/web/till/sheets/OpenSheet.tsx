/** Every sale without a settled end, one press away; and papers of no sale that somebody has to look for. */
import { sheetText } from "../../../core/text/sheets.ts";
import { dayClockText } from "../../../core/till/clock.ts";
import type { TillView } from "../../../core/till/view.ts";
import { openSales } from "../../../core/till/why-subject.ts";
import { useSay } from "../../language/language.ts";
import { yuan } from "../../parts/yuan.ts";
import { useDesk } from "../desk/context.ts";
import { LoosePapers } from "./LoosePapers.tsx";
import { Sheet } from "./Sheet.tsx";

export function OpenSheet({ view }: { readonly view: TillView }) {
  const desk = useDesk();
  const say = useSay();
  const rows = openSales(view, null);
  const papers = view.papers_in_doubt;
  return (
    <Sheet title={sheetText.openTitle}>
      {rows.length === 0 && papers.length > 0 ? null : (
        <p className="lead">{say(rows.length === 0 ? sheetText.openNone : sheetText.openPlain)}</p>
      )}
      <ul className="rows">
        {rows.map((one, index) => (
          <li key={one.sale_id}>
            <button
              type="button"
              className="row open-row"
              data-key={index === 0 ? "Enter" : undefined}
              onClick={() => void desk.show(one.sale_id)}
            >
              <b className="money">￥{yuan(one.amount_fen)}</b>
              <span className="when">{dayClockText(one.created_at)}</span>
              {index === 0 ? <kbd>Enter</kbd> : <span />}
              <span className="grow">{say(one.advice)}</span>
            </button>
          </li>
        ))}
      </ul>
      {papers.length === 0 ? null : <LoosePapers papers={papers} />}
    </Sheet>
  );
}
