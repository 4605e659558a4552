import { frameText } from "../../../core/text/frame.ts";
import { useSay } from "../../language/language.ts";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0"] as const;

/** Digits for a finger; the keyboard types into the field above. */
export function PinPad({
  pin,
  onPin,
}: {
  readonly pin: string;
  readonly onPin: (pin: string) => void;
}) {
  const say = useSay();
  return (
    <div className="pin-pad">
      {DIGITS.map((digit) =>
        digit === "" ? (
          <span key="gap" />
        ) : (
          <button key={digit} type="button" onClick={() => onPin(pin + digit)}>
            {digit}
          </button>
        ),
      )}
      <button
        type="button"
        aria-label={say(frameText.deleteDigit)}
        onClick={() => onPin(pin.slice(0, -1))}
      >
        ⌫
      </button>
    </div>
  );
}
