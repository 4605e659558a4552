/** The amount, as large as its length allows; while it is typed, the missing digits stand pale behind it. */
import { ghostOf } from "../../../core/till/draft.ts";
import type { Screen } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { yuan } from "../../parts/yuan.ts";
import { useDeskState } from "../desk/context.ts";

export function Amount({ screen }: { readonly screen: Screen }) {
  const { draft, replaces } = useDeskState();
  const say = useSay();
  const typed = screen.amountFen === null ? draft : yuan(screen.amountFen);
  const ghost = screen.amountFen === null ? ghostOf(draft) : "";
  const length = typed.length + ghost.length;
  const size = length <= 7 ? "large" : length <= 9 ? "medium" : "small";
  return (
    <div className="due">
      <p className="word">{say(screen.word)}</p>
      <p className={`amount ${size}`}>
        <small>￥</small>
        <span className={replaces && screen.takesDigits ? "old" : undefined}>{typed}</span>
        {screen.takesDigits ? <i className="caret" aria-hidden="true" /> : null}
        {ghost === "" ? null : (
          <span className="ghost" aria-hidden="true">
            {ghost}
          </span>
        )}
      </p>
    </div>
  );
}
