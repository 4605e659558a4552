/** Digits for a finger. Shown on touch screens and phones only; a keyboard needs none. */
import { frameText } from "../../../core/text/frame.ts";
import { useSay } from "../../language/language.ts";
import { useDesk } from "../desk/context.ts";
import { onKey } from "../keys/keys.ts";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0", "Backspace"] as const;

export function Keypad() {
  const desk = useDesk();
  const say = useSay();
  return (
    <div className="keypad">
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          aria-label={key === "Backspace" ? say(frameText.deleteDigit) : undefined}
          onClick={() => onKey(desk, key)}
        >
          {key === "Backspace" ? "⌫" : key}
        </button>
      ))}
    </div>
  );
}
