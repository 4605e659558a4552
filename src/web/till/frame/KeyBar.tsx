/** The keys that always work, as buttons for a finger too. */
import { frameText } from "../../../core/text/frame.ts";
import type { Text } from "../../../core/text/text.ts";
import { useSay } from "../../language/language.ts";
import { useDesk } from "../desk/context.ts";
import { onKey } from "../keys/keys.ts";

const KEYS: readonly (readonly [key: string, text: Text])[] = [
  ["F3", frameText.keyFind],
  ["F4", frameText.keyRefund],
  ["F6", frameText.keyReprint],
  ["F7", frameText.keyEReceipt],
  ["F8", frameText.keyWhy],
  ["F9", frameText.keyOpen],
  ["F10", frameText.keyDay],
  ["F1", frameText.keyHelp],
];

export function KeyBar() {
  const desk = useDesk();
  const say = useSay();
  return (
    <footer>
      <nav aria-label={say(frameText.menu)}>
        {KEYS.map(([key, text]) => (
          <button key={key} type="button" className="quiet" onClick={() => onKey(desk, key)}>
            <kbd>{key}</kbd>
            {say(text)}
          </button>
        ))}
      </nav>
    </footer>
  );
}
