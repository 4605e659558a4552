/** What can be done now. A button that can't be pressed stays, and says why. */
import type { Act, Screen } from "../../../core/till/parts.ts";
import { tillText } from "../../../core/text/till.ts";
import { useSay } from "../../language/language.ts";
import { useDesk, useDeskState } from "../desk/context.ts";
import { press } from "../desk/press.ts";

export function Acts({ screen }: { readonly screen: Screen }) {
  const main = screen.acts.filter(({ look }) => look !== "more");
  const more = screen.acts.filter(({ look }) => look === "more");
  if (screen.acts.length === 0) return null;
  return (
    <div className="acts">
      {main.map((one) => (
        <ActButton key={one.id} act={one} />
      ))}
      {more.length === 0 ? null : <More key={screen.kind} acts={more} />}
    </div>
  );
}

function ActButton({ act }: { readonly act: Act }) {
  const desk = useDesk();
  const { busy } = useDeskState();
  const say = useSay();
  const refused = act.enabled !== true;
  return (
    <button
      type="button"
      className={act.look === "go" ? "go" : "plain"}
      data-act={act.id}
      aria-disabled={refused || undefined}
      aria-busy={busy === act.id || undefined}
      onClick={() => void press(desk, act)}
    >
      <span className="label">
        {say(act.label)}
        {act.enabled === true ? null : <small>{say(act.enabled)}</small>}
      </span>
      {act.key === null ? null : <kbd>{act.key}</kbd>}
    </button>
  );
}

/** Rarely needed ways, one step away. */
function More({ acts }: { readonly acts: readonly Act[] }) {
  const say = useSay();
  return (
    <details className="more" name="more">
      <summary>
        {say(tillText.more)}
        <kbd>M</kbd>
      </summary>
      <div className="menu">
        {acts.map((one) => (
          <ActButton key={one.id} act={one} />
        ))}
      </div>
    </details>
  );
}
