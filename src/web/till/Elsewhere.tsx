/** The till is open in another tab: say so calmly, and offer to take over. */
import { frameText } from "../../core/text/frame.ts";
import { useSay } from "../language/language.ts";
import { Icon } from "../parts/Icon.tsx";
import { Live } from "../parts/Live.tsx";

export function Elsewhere({
  takenOver,
  onTakeOver,
}: {
  readonly takenOver: boolean;
  readonly onTakeOver: () => void;
}) {
  const say = useSay();
  return (
    <main className="gate">
      <Live className="card wait">
        <Icon name="alert" />
        <h1>{say(takenOver ? frameText.tookOver : frameText.elsewhereHead)}</h1>
        <p className="plain">{say(frameText.elsewherePlain)}</p>
        <button type="button" className="go" onClick={onTakeOver}>
          {say(frameText.takeOver)}
        </button>
      </Live>
    </main>
  );
}
