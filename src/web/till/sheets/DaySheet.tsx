/** The business day: its sums, what was counted, and the close that hides no open sale. */
import { useEffect, useState } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import type { DayView } from "../../../core/till/view.ts";
import { get } from "../../box/box.ts";
import { CarriedOver } from "./CarriedOver.tsx";
import { Closes } from "./Closes.tsx";
import { DayCloseForm } from "./DayCloseForm.tsx";
import { DayFigures } from "./DayFigures.tsx";
import { Saying } from "./Saying.tsx";
import { Sheet } from "./Sheet.tsx";

export function DaySheet() {
  const [day, setDay] = useState<DayView | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const [reading, setReading] = useState(0);
  // Read again after a refused close: what is open may have changed since the window was opened.
  useEffect(() => {
    void get<DayView>("/api/day").then((answer) => {
      if (answer.ok) setDay(answer.value);
      else setProblem(answer.text);
    });
  }, [reading]);
  return (
    <Sheet title={sheetText.dayTitle}>
      {day === null ? (
        <Saying text={problem ?? sheetText.loading} bad={problem !== null} />
      ) : (
        <>
          <DayFigures day={day} />
          {day.close_no === null ? (
            <DayCloseForm day={day} onClosed={setDay} onRefused={() => setReading(reading + 1)} />
          ) : (
            <CarriedOver day={day} />
          )}
        </>
      )}
      <Closes key={day?.close_no ?? 0} />
    </Sheet>
  );
}
