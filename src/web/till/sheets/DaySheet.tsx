/** The business day: its sums, what was counted, and the close that hides no open sale. */
import { useEffect, useState } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import type { DayView } from "../../../core/till/view.ts";
import { get } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { yuan } from "../../parts/yuan.ts";
import { DayCloseForm } from "./DayCloseForm.tsx";
import { Saying } from "./Saying.tsx";
import { Sheet } from "./Sheet.tsx";
import { Live } from "../../parts/Live.tsx";

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
        <Day day={day} onClosed={setDay} onRefused={() => setReading(reading + 1)} />
      )}
    </Sheet>
  );
}

function Day({
  day,
  onClosed,
  onRefused,
}: {
  readonly day: DayView;
  readonly onClosed: (day: DayView) => void;
  readonly onRefused: () => void;
}) {
  const say = useSay();
  return (
    <>
      <p className="lead">{say(sheetText.dayOf, { day: day.business_day })}</p>
      {day.close_no === null ? null : <Closed day={day} />}
      <Sums day={day} />
      <Split
        title={sheetText.dayByMethod}
        rows={day.by_method.map(({ method, count, amount_fen }) => ({
          name: say(method === "qr" ? sheetText.method_qr : sheetText.method_code),
          count,
          amount_fen,
        }))}
      />
      <Split
        title={sheetText.dayByOperator}
        rows={day.by_operator.map(({ no, name, count, amount_fen }) => ({
          name: `${no} ${name}`,
          count,
          amount_fen,
        }))}
      />
      {day.close_no === null ? (
        <DayCloseForm day={day} onClosed={onClosed} onRefused={onRefused} />
      ) : null}
    </>
  );
}

function Closed({ day }: { readonly day: DayView }) {
  const say = useSay();
  const difference = day.counted?.cash_difference_fen ?? null;
  return (
    <Live className="panel good">
      <h2>{say(sheetText.dayClosed, { no: day.close_no ?? 0 })}</h2>
      <p className="plain">
        {say(sheetText.dayClosedBy, {
          time: day.closed_at?.slice(0, 16).replace("T", " ") ?? "",
          who: day.closed_by ?? "",
        })}
      </p>
      {difference === null ? null : (
        <p className="plain">
          {say(sheetText.dayDifference)}: ￥{yuan(difference)}
        </p>
      )}
    </Live>
  );
}

function Sums({ day }: { readonly day: DayView }) {
  const say = useSay();
  // What the provider took back by itself is no refund that the shop made.
  const taken = day.rolled_back;
  const rows = [
    [sheetText.dayPaid, day.paid.amount_fen, day.paid.count],
    [
      sheetText.dayRefunded,
      day.refunded.amount_fen - taken.amount_fen,
      day.refunded.count - taken.count,
    ],
    ...(taken.count === 0
      ? []
      : [[sheetText.dayTakenBack, taken.amount_fen, taken.count] as const]),
    [sheetText.dayNet, day.net_fen, null],
    [sheetText.dayOtherwise, day.paid_otherwise.amount_fen, day.paid_otherwise.count],
  ] as const;
  return (
    <dl className="sums">
      {rows.map(([name, amount, count]) => (
        <div key={name.zh}>
          <dt>{say(name)}</dt>
          <dd>
            <b>￥{yuan(amount)}</b>
            {count === null ? null : <small>{say(sheetText.dayCount, { count })}</small>}
          </dd>
        </div>
      ))}
      <div>
        <dt>{say(sheetText.dayUnpaid)}</dt>
        <dd>
          <b>{say(sheetText.dayCount, { count: day.unpaid_count })}</b>
        </dd>
      </div>
    </dl>
  );
}

interface SplitRow {
  readonly name: string;
  readonly count: number;
  readonly amount_fen: number;
}

function Split({ title, rows }: { readonly title: Text; readonly rows: readonly SplitRow[] }) {
  const say = useSay();
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{say(title)}</h2>
      <dl className="facts">
        {rows.map(({ name, count, amount_fen }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {say(sheetText.dayCount, { count })} · ￥{yuan(amount_fen)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
