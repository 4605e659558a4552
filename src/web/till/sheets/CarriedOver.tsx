/** What a close handed on to the next day, each sale by name. */
import { sheetText } from "../../../core/text/sheets.ts";
import type { DayView } from "../../../core/till/view.ts";
import { useSay } from "../../language/language.ts";
import { yuan } from "../../parts/yuan.ts";

export function CarriedOver({ day }: { readonly day: DayView }) {
  const say = useSay();
  if (day.open_sales.length === 0) return null;
  return (
    <section>
      <h2>{say(sheetText.dayCarriedHead, { count: day.open_sales.length })}</h2>
      <ul className="plain-rows">
        {day.open_sales.map(({ sale_id, order_no, amount_fen, why }) => (
          <li key={sale_id}>
            <b>￥{yuan(amount_fen)}</b> {say(why)} <small>{order_no}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
