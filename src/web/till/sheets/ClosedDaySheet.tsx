/** An earlier close as it was, and its slip once more. */
import { useEffect, useState } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import { fill, type Text } from "../../../core/text/text.ts";
import type { DaySlipAnswer, DayView } from "../../../core/till/view.ts";
import { get, post } from "../../box/box.ts";
import { useDesk } from "../desk/context.ts";
import { CarriedOver } from "./CarriedOver.tsx";
import { DayFigures } from "./DayFigures.tsx";
import { KeyButton } from "./KeyButton.tsx";
import { Saying } from "./Saying.tsx";
import { Sheet } from "./Sheet.tsx";

export function ClosedDaySheet({ closeNo }: { readonly closeNo: number }) {
  const [day, setDay] = useState<DayView | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  useEffect(() => {
    void get<DayView>(`/api/days/${closeNo}`).then((answer) => {
      if (answer.ok) setDay(answer.value);
      else setProblem(answer.text);
    });
  }, [closeNo]);
  return (
    <Sheet title={fill(sheetText.dayCloseTitle, { no: closeNo })}>
      {day === null ? (
        <Saying text={problem ?? sheetText.loading} bad={problem !== null} />
      ) : (
        <>
          <PrintAgain closeNo={closeNo} />
          <DayFigures day={day} />
          <CarriedOver day={day} />
        </>
      )}
    </Sheet>
  );
}

function PrintAgain({ closeNo }: { readonly closeNo: number }) {
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const print = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await post<DaySlipAnswer>(`/api/days/${closeNo}/print`);
    setBusy(false);
    if (!answer.ok) return desk.notify({ tone: "bad", text: answer.text });
    desk.notify({ tone: "good", text: fill(sheetText.daySlipSent, { count: answer.value.copy }) });
  };
  return (
    <div className="acts">
      <KeyButton
        letter="P"
        text={sheetText.daySlipAgain}
        busy={busy}
        onPress={() => void print()}
      />
    </div>
  );
}
