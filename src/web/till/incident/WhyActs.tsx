/** Ways on from F8, each with its letter: help, lights, measurements, incidents, records, a test page. */
import { gateText } from "../../../core/text/gate.ts";
import { healthText } from "../../../core/text/health.ts";
import { incidentText } from "../../../core/text/incident.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import type { Act } from "../../../core/till/parts.ts";
import { post } from "../../box/box.ts";
import { useDesk } from "../desk/context.ts";
import { press } from "../desk/press.ts";
import { KeyButton } from "../sheets/KeyButton.tsx";
import type { Sheet } from "../desk/state.ts";

const DOORS: readonly (readonly [letter: string, text: Text, sheet: Sheet])[] = [
  ["L", gateText.lightsShort, { kind: "lights" }],
  ["E", healthText.evidenceTitle, { kind: "evidence" }],
  ["I", healthText.incidentsTitle, { kind: "incidents" }],
  ["R", healthText.recordsShort, { kind: "records" }],
];

export function WhyActs({
  incidentId,
  saleId,
  due,
}: {
  readonly incidentId: string | null;
  readonly saleId: string | null;
  /** The button of the next step, where it has one: the one that stands out. */
  readonly due: Act | null;
}) {
  const desk = useDesk();
  const help = (): void => {
    if (incidentId !== null) desk.open({ kind: "call_help", incidentId, saleId });
  };
  const test = async (): Promise<void> => {
    const answer = await post("/api/printer/test");
    const text = answer.ok ? sheetText.testSent : answer.text;
    desk.notify({ tone: answer.ok ? "good" : "bad", text });
  };
  return (
    <div className="acts doors">
      {due === null || due.id === "call_help" ? null : (
        <KeyButton
          letter={due.key}
          text={due.label}
          look="go"
          refused={due.enabled === true ? null : due.enabled}
          onPress={() => {
            desk.closeAll();
            void press(desk, due);
          }}
        />
      )}
      <KeyButton
        letter="H"
        text={incidentText.help}
        look={due?.id === "call_help" ? "go" : "plain"}
        refused={incidentId === null ? incidentText.noIncidentShort : null}
        onPress={help}
      />
      {DOORS.map(([letter, text, sheet]) => (
        <KeyButton key={letter} letter={letter} text={text} onPress={() => desk.open(sheet)} />
      ))}
      <KeyButton letter="T" text={sheetText.testPrinter} onPress={() => void test()} />
    </div>
  );
}
