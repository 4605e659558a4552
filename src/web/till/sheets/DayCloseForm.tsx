/** Counted totals and the close. Open sales stand above the button, and go to the next day only by name. */
import { useEffect, useState } from "react";
import type { MouseEvent, SubmitEvent } from "react";
import { parseYuan } from "../../../core/money/money.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import type { DayView } from "../../../core/till/view.ts";
import { post } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { Field } from "../../parts/Field.tsx";
import { yuan } from "../../parts/yuan.ts";
import { useDesk } from "../desk/context.ts";

const question = "close the day";

/** "" when nothing was counted, the amount as the API wants it, or null when it is no amount. */
function countedCash(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "" || /^0+(\.0{0,2})?$/.test(trimmed)) return trimmed === "" ? "" : "0.00";
  const amount = parseYuan(trimmed);
  return typeof amount === "number" ? yuan(amount) : null;
}

export function DayCloseForm({
  day,
  onClosed,
  onRefused,
}: {
  readonly day: DayView;
  readonly onClosed: (day: DayView) => void;
  readonly onRefused: () => void;
}) {
  const desk = useDesk();
  const say = useSay();
  const [cash, setCash] = useState("");
  const [slips, setSlips] = useState("");
  const [carry, setCarry] = useState(false);
  const [evenEmpty, setEvenEmpty] = useState(false);
  const [busy, setBusy] = useState(false);
  const close = async (): Promise<void> => {
    const counted = countedCash(cash);
    if (counted === null) return desk.notify({ tone: "care", text: sheetText.dayAmountWrong });
    if (!/^\d*$/.test(slips.trim()))
      return desk.notify({ tone: "care", text: sheetText.daySlipsWrong });
    if (busy) return;
    setBusy(true);
    const answer = await post<DayView>("/api/day/close", {
      ...(counted === "" ? {} : { counted_cash: counted }),
      ...(slips.trim() === "" ? {} : { counted_slips: Number(slips) }),
      ...(carry ? { carry_over: true } : {}),
      refuse_empty: !evenEmpty,
    });
    setBusy(false);
    if (!answer.ok) {
      desk.notify({ tone: "bad", text: answer.text });
      return onRefused();
    }
    desk.notify(null);
    onClosed(answer.value);
  };
  useEffect(() => {
    desk.asks(question);
    return () => desk.asksNoMore(question);
  }, [desk]);
  // The key presses the button wherever the focus is, but not before the window could be read.
  const pressed = (event: MouseEvent): void => {
    const isByKey = event.detail === 0;
    if (isByKey && !desk.mayAnswer(question)) event.preventDefault();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void close();
  };
  return (
    <form className="form" onSubmit={submit}>
      <h2>{say(sheetText.dayCounted)}</h2>
      <div className="two">
        <Field
          label={sheetText.dayCash}
          inputMode="decimal"
          maxLength={12}
          value={cash}
          onValue={setCash}
        />
        <Field
          label={sheetText.daySlips}
          inputMode="numeric"
          maxLength={6}
          value={slips}
          onValue={setSlips}
        />
      </div>
      {day.open_sales.length === 0 ? null : (
        <OpenAtClose day={day} carry={carry} onCarry={setCarry} />
      )}
      {isEmpty(day) ? (
        <Choice text={sheetText.dayEmpty} chosen={evenEmpty} onChoose={setEvenEmpty} />
      ) : null}
      <button
        type="submit"
        className="go wide"
        data-key="Enter"
        aria-busy={busy || undefined}
        onClick={pressed}
      >
        {busy ? say(sheetText.working) : say(sheetText.dayClose)}
        <kbd>Enter</kbd>
      </button>
    </form>
  );
}

function OpenAtClose({
  day,
  carry,
  onCarry,
}: {
  readonly day: DayView;
  readonly carry: boolean;
  readonly onCarry: (carry: boolean) => void;
}) {
  const say = useSay();
  return (
    <section className="panel care">
      <h2>{say(sheetText.dayOpenHead, { count: day.open_sales.length })}</h2>
      <ul className="plain-rows">
        {day.open_sales.map(({ sale_id, order_no, amount_fen, why }) => (
          <li key={sale_id}>
            <b>￥{yuan(amount_fen)}</b> {say(why)} <small>{order_no}</small>
          </li>
        ))}
      </ul>
      <Choice text={sheetText.dayCarry} chosen={carry} onChoose={onCarry} />
    </section>
  );
}

function Choice({
  text,
  chosen,
  onChoose,
}: {
  readonly text: Text;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}) {
  const say = useSay();
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={chosen}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <span>{say(text)}</span>
    </label>
  );
}

/** A day in which no money moved is closed only by whoever says so: it may have been closed a moment ago. */
const isEmpty = ({ paid, refunded, paid_otherwise: otherwise }: DayView): boolean =>
  paid.count + refunded.count + otherwise.count === 0;
