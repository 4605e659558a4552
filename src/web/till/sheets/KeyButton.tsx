/** A button of a window with its letter; refused, it stays and says why. */
import type { Text } from "../../../core/text/text.ts";
import { useSay } from "../../language/language.ts";
import { useDesk } from "../desk/context.ts";

export function KeyButton({
  letter,
  text,
  onPress,
  look = "plain",
  refused = null,
  busy = false,
}: {
  readonly letter: string | null;
  readonly text: Text;
  readonly onPress: () => void;
  readonly look?: "go" | "plain";
  readonly refused?: Text | null;
  readonly busy?: boolean;
}) {
  const desk = useDesk();
  const say = useSay();
  return (
    <button
      type="button"
      className={look}
      data-key={letter ?? undefined}
      aria-disabled={refused !== null || undefined}
      aria-busy={busy || undefined}
      onClick={() => (refused === null ? onPress() : desk.notify({ tone: "care", text: refused }))}
    >
      <span className="label">
        {say(text)}
        {refused === null ? null : <small>{say(refused)}</small>}
      </span>
      {letter === null ? null : <kbd>{letter}</kbd>}
    </button>
  );
}
