/** The last closes, each one press away: to look at, and to print its slip again. */
import { useEffect, useState } from "react";
import { figureText } from "../../../core/money/money.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import { dayClockText } from "../../../core/till/clock.ts";
import type { DayRow } from "../../../core/till/view.ts";
import { get } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { useDesk } from "../desk/context.ts";

interface Page {
  readonly data: readonly DayRow[];
  readonly next_cursor: string | null;
}

const shortList = 5;
const longList = 20;

const address = (limit: number, cursor: string | null): string =>
  `/api/days?limit=${limit}${cursor === null ? "" : `&cursor=${cursor}`}`;

export function Closes() {
  const desk = useDesk();
  const say = useSay();
  const [page, setPage] = useState<Page | null>(null);
  useEffect(() => {
    let gone = false;
    void get<Page>(address(shortList, null)).then((answer) => {
      if (answer.ok && !gone) setPage(answer.value);
    });
    return () => {
      gone = true;
    };
  }, []);
  const more = async ({ data, next_cursor: cursor }: Page): Promise<void> => {
    const answer = await get<Page>(address(longList, cursor));
    if (!answer.ok) return desk.notify({ tone: "bad", text: answer.text });
    setPage({ ...answer.value, data: [...data, ...answer.value.data] });
  };
  if (page === null || page.data.length === 0) return null;
  return (
    <section>
      <h2>{say(sheetText.dayCloses)}</h2>
      <ul className="rows">
        {page.data.map((row) => (
          <li key={row.close_no}>
            <button
              type="button"
              className="row close-row"
              onClick={() => desk.open({ kind: "closed_day", closeNo: row.close_no })}
            >
              <b>{say(sheetText.dayCloseNo, { no: row.close_no })}</b>
              <b className="money">{figureText(row.net_fen)}</b>
              <span>{say(sheetText.dayPayments, { count: row.paid_count })}</span>
              <span className="when">
                {row.date} · {dayClockText(row.closed_at)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {page.next_cursor === null ? null : (
        <button type="button" className="quiet" onClick={() => void more(page)}>
          {say(sheetText.dayMore)}
        </button>
      )}
    </section>
  );
}
