/** Why there is no receipt: the cause with its evidence, what to do, and what to say when calling for help. */
import { familyText, sheetText } from "../../../core/text/sheets.ts";
import { frameText } from "../../../core/text/frame.ts";
import { dayClockText } from "../../../core/till/clock.ts";
import type { CauseView, SaleView, TillView } from "../../../core/till/view.ts";
import { post } from "../../box/box.ts";
import { yuan } from "../../parts/yuan.ts";
import { useSay } from "../../language/language.ts";
import { useDesk, useDeskState } from "../desk/context.ts";
import { Sheet } from "./Sheet.tsx";

export function WhySheet({ view }: { readonly view: TillView }) {
  const { sale } = useDeskState();
  const say = useSay();
  const cause = sale?.cause ?? sale?.receipt?.job?.cause ?? sale?.attempt?.cause ?? null;
  return (
    <Sheet title={sheetText.whyTitle}>
      {cause === null ? (
        <p className="lead">{say(sheetText.whyNothing)}</p>
      ) : (
        <Cause cause={cause} />
      )}
      {sale === null ? null : <Money sale={sale} cause={cause} />}
      <Devices view={view} />
    </Sheet>
  );
}

function Cause({ cause }: { readonly cause: CauseView }) {
  const say = useSay();
  return (
    <section className="panel care">
      <p className="small">{say(familyText[cause.family])}</p>
      <h2>{say(cause.title)}</h2>
      <dl className="facts tall">
        <div>
          <dt>{say(sheetText.whyCashier)}</dt>
          <dd>{say(cause.cashier)}</dd>
        </div>
        <div>
          <dt>{say(sheetText.whyCustomer)}</dt>
          <dd>{say(cause.customer)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Money({ sale, cause }: { readonly sale: SaleView; readonly cause: CauseView | null }) {
  const say = useSay();
  const name =
    sale.attempt?.order_no ?? `${dayClockText(sale.created_at)} ￥${yuan(sale.amount_fen)}`;
  const support = [name, cause?.code].filter(Boolean).join(" · ");
  return (
    <dl className="facts tall">
      <div>
        <dt>{say(sheetText.whyMoney)}</dt>
        <dd>{say(sale.advice)}</dd>
      </div>
      <div>
        <dt>{say(sheetText.whySupport)}</dt>
        <dd>{support}</dd>
      </div>
    </dl>
  );
}

function Devices({ view }: { readonly view: TillView }) {
  const desk = useDesk();
  const say = useSay();
  const { network, provider, printer } = view.lights;
  const rows = [
    [frameText.network, network],
    [frameText.provider, provider],
    [frameText.printer, printer],
  ] as const;
  const test = async (): Promise<void> => {
    const answer = await post("/api/printer/test");
    const text = answer.ok ? sheetText.testSent : answer.text;
    desk.notify({ tone: answer.ok ? "good" : "bad", text });
  };
  return (
    <section>
      <h2>{say(sheetText.whyDevices)}</h2>
      <dl className="facts lights">
        {rows.map(([name, { light, text }]) => (
          <div key={name.zh}>
            <dt>
              <span className={light}>{say(name)}</span>
            </dt>
            <dd>{say(text)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="plain" onClick={() => void test()}>
        {say(sheetText.testPrinter)}
      </button>
    </section>
  );
}
