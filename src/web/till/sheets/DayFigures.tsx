/** What a day says: its sums, by method and by operator, and how it was closed. */
import { figureText } from "../../../core/money/money.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { dayClockText } from "../../../core/till/clock.ts";
import type { DayView } from "../../../core/till/view.ts";
import { useSay } from "../../language/language.ts";
import { Live } from "../../parts/Live.tsx";

export function DayFigures({ day }: { readonly day: DayView }) {
  const say = useSay();
  return (
    <>
      <p className="lead">{say(sheetText.dayOf, { day: day.date })}</p>
      <p className="plain">{say(...spanOf(day))}</p>
      {day.close_no === null ? null : <Closed day={day} />}
      {day.earlier_days.length === 0 ? null : <Earlier day={day} />}
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
    </>
  );
}

/** Its date alone doesn't say that a day may begin on the evening before. */
function spanOf(day: DayView): [text: Text, values: Record<string, string>] {
  const from = dayClockText(day.opened_at);
  if (day.closed_at === null) return [sheetText.daySince, { from }];
  return [sheetText.daySpan, { from, to: dayClockText(day.closed_at) }];
}

/** Money of days that no close had: whoever reads the sums is to know. */
function Earlier({ day }: { readonly day: DayView }) {
  const say = useSay();
  return (
    <section>
      <h2>{say(sheetText.dayEarlier)}</h2>
      <dl className="facts">
        {day.earlier_days.map(({ business_day, date, count, net_fen }) => (
          <div key={business_day}>
            <dt>{date}</dt>
            <dd>
              {say(sheetText.dayCount, { count })} · {figureText(net_fen)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Closed({ day }: { readonly day: DayView }) {
  const say = useSay();
  const { cash_fen: cash = null, slips = null } = day.counted ?? {};
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
      {cash === null || difference === null ? null : (
        <p className="plain">
          {say(sheetText.dayCashWas)}: {figureText(cash)} · {say(sheetText.dayDifference)}:{" "}
          {figureText(difference)}
        </p>
      )}
      {slips === null ? null : (
        <p className="plain">
          {say(sheetText.daySlips)}: {slips}
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
            <b>{figureText(amount)}</b>
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
      {day.unopened_count === 0 ? null : (
        <div>
          <dt>{say(sheetText.dayUnopened)}</dt>
          <dd>
            <b>{say(sheetText.dayCount, { count: day.unopened_count })}</b>
          </dd>
        </div>
      )}
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
              {say(sheetText.dayCount, { count })} · {figureText(amount_fen)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
