/** Every key of the till on one page. */
import { frameText } from "../../../core/text/frame.ts";
import { gateText } from "../../../core/text/gate.ts";
import { incidentText } from "../../../core/text/incident.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import { useSay } from "../../language/language.ts";
import { useTaps } from "../../language/taps.ts";
import { Sheet } from "./Sheet.tsx";

const KEYS = [
  ["F2", frameText.keyQr],
  ["F3", frameText.keyFind],
  ["F4", frameText.keyRefund],
  ["F6", frameText.keyReprint],
  ["F7", frameText.keyEReceipt],
  ["F8", frameText.keyWhy],
  ["F9", frameText.keyOpen],
  ["F10", frameText.keyDay],
  ["L", gateText.lightsTitle],
  ["H", incidentText.help],
  ["F1 ?", frameText.keyHelp],
] as const;

const LINES = [
  sheetText.helpScan,
  sheetText.helpDigits,
  sheetText.helpEnter,
  sheetText.helpEsc,
  sheetText.helpYn,
  sheetText.helpMore,
] as const;

/** A finger needs no keys. */
const TAP_LINES = [sheetText.helpTap, sheetText.helpScan] as const;

export function HelpSheet() {
  const say = useSay();
  const taps = useTaps();
  const lines = taps ? TAP_LINES : LINES;
  return (
    <Sheet title={taps ? sheetText.helpTitleTap : sheetText.helpTitle}>
      <p className="notice care">{say(sheetText.helpRule)}</p>
      <ul className="plain-rows">
        {lines.map((line) => (
          <li key={line.zh}>{say(line)}</li>
        ))}
      </ul>
      {taps ? null : (
        <dl className="keys">
          {KEYS.map(([key, text]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{say(text)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Sheet>
  );
}
