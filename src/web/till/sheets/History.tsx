/** Every event of a sale, in order, from terminal and hub. */
import { useEffect, useState } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import { daySecondText } from "../../../core/till/clock.ts";
import type { EventView, SaleView } from "../../../core/till/view.ts";
import { get } from "../../box/box.ts";
import { actorText, whereText } from "../../../core/till/actors.ts";
import { useSay } from "../../language/language.ts";

export function History({ sale }: { readonly sale: SaleView }) {
  const say = useSay();
  const [events, setEvents] = useState<readonly EventView[]>([]);
  useEffect(() => {
    let left = false;
    const path = `/api/sales/${encodeURIComponent(sale.sale_id)}/events`;
    void get<{ data: readonly EventView[] }>(path).then((answer) => {
      if (!left && answer.ok) setEvents(answer.value.data);
    });
    return () => {
      left = true;
    };
  }, [sale]);
  return (
    <section>
      <h2>{say(sheetText.history)}</h2>
      <ol className="history">
        {events.map((event) => (
          <li key={`${event.where} ${event.seq}`}>
            <time>{daySecondText(event.at)}</time>
            <span>{say(event.text)}</span>
            <small>
              {say(whereText(event.where))} · {say(actorText(event.actor, sale))} · {event.kind}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
