/** Refund: all or part, with a reason; never more than is left, and once per press. */
import { useEffect, useRef, useState } from "react";
import type { SubmitEvent } from "react";
import { parseYuan } from "../../../core/money/money.ts";
import { REFUSALS } from "../../../core/rules/refusals.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import { AMOUNT_CAUSES } from "../../../core/text/input-causes.ts";
import { fill } from "../../../core/text/text.ts";
import type { Text } from "../../../core/text/text.ts";
import { tillText } from "../../../core/text/till.ts";
import type { SaleView, TillView } from "../../../core/till/view.ts";
import { useSay } from "../../language/language.ts";
import { Choices } from "../../parts/Choices.tsx";
import { Field } from "../../parts/Field.tsx";
import { yuan } from "../../parts/yuan.ts";
import { useDesk, useDeskState } from "../desk/context.ts";
import type { Desk } from "../desk/desk.ts";
import { RefundConfirm } from "./RefundConfirm.tsx";
import { Saying } from "./Saying.tsx";
import { Sheet } from "./Sheet.tsx";
import { useSale } from "./useSale.ts";

/** Said before anything is chosen or typed. Null for the owner. */
export function OwnersRefund({ view }: { readonly view: TillView }) {
  return view.operator?.role === "owner" ? null : <Saying text={sheetText.refundOwner} bad />;
}

export function RefundSheet({
  saleId,
  view,
}: {
  readonly saleId: string;
  readonly view: TillView;
}) {
  const { sale, problem } = useSale(saleId);
  const isExtra = sale?.extra?.state === "kept";
  return (
    <Sheet title={isExtra ? sheetText.extraTitle : sheetText.refundTitle}>
      {sale === null ? (
        <Saying text={problem?.text ?? sheetText.loading} bad={problem !== null} />
      ) : view.operator?.role !== "owner" ? (
        <OwnersRefund view={view} />
      ) : sale.extra?.state === "going_back" ? (
        <Saying text={REFUSALS.extra_payment_first.text} bad />
      ) : sale.can.refund === true && isExtra ? (
        <ExtraForm sale={sale} />
      ) : sale.can.refund === true ? (
        <RefundForm sale={sale} />
      ) : (
        <NoRefund sale={sale} why={sale.can.refund} />
      )}
    </Sheet>
  );
}

/** Why not now; while an earlier refund has no result, what stands open. */
function NoRefund({ sale, why }: { readonly sale: SaleView; readonly why: Text }) {
  const { amount_fen: paid, refunded_fen: back, refund_open_fen: open } = sale;
  const figures = { paid: yuan(paid), back: yuan(back), open: yuan(open) };
  return (
    <>
      {open === 0 ? null : <Saying text={fill(sheetText.refundOpen, figures)} />}
      <Saying text={why} bad />
    </>
  );
}

const REASONS = [
  sheetText.reason_returned,
  sheetText.reason_faulty,
  sheetText.reason_amount,
  sheetText.reason_twice,
  sheetText.reason_other,
] as const;

/** One refund a press; the box refuses it where the money that must go back first is another. */
async function sendRefund(
  desk: Desk,
  sale: SaleView,
  of: "sale" | "extra",
  amountFen: number,
  reason: Text,
): Promise<void> {
  if (desk.state.busy !== null) return;
  desk.set({ busy: "refund", notice: null });
  // The provider shows the reason to the buyer, so it is always the Chinese one.
  const body = { of, reason: reason.zh, amount: yuan(amountFen) };
  const path = `/api/sales/${encodeURIComponent(sale.sale_id)}/refunds`;
  const answer = await desk.send(path, body, true);
  desk.set({ busy: null, ...(answer.ok ? { sheets: [] } : {}) });
}

/** Nothing to choose: a payment that isn't the sale's goes back whole, and by that name. */
function ExtraForm({ sale }: { readonly sale: SaleView }) {
  const desk = useDesk();
  const say = useSay();
  const [asked, setAsked] = useState(false);
  const question = `return extra ${sale.sale_id}`;
  useEffect(() => {
    desk.asks(question);
    return () => desk.asksNoMore(question);
  }, [desk, question]);
  const amountFen = sale.refundable_fen;
  const reason = sheetText.extraReason;
  if (asked)
    return (
      <RefundConfirm
        amountFen={amountFen}
        isExtra
        reason={reason}
        onYes={() => void sendRefund(desk, sale, "extra", amountFen, reason)}
        onNo={() => setAsked(false)}
      />
    );
  const words = sale.state === "paid" ? sheetText.extraPlain : sheetText.extraPlainUnpaid;
  return (
    <div className="form">
      <p>{say(words, { amount: yuan(amountFen) })}</p>
      <p className="small">{say(sheetText.refundNote)}</p>
      <button
        type="button"
        className="go wide"
        data-key="Enter"
        onClick={() => {
          if (desk.mayAnswer(question)) setAsked(true);
        }}
      >
        {say(sheetText.extraGo, { amount: yuan(amountFen) })}
        <kbd>Enter</kbd>
      </button>
    </div>
  );
}

/** The amount in fen, or why it can't be refunded. */
function amountOf(sale: SaleView, all: boolean, text: string): number | Text {
  if (all) return sale.refundable_fen;
  const amount = parseYuan(text);
  if (typeof amount !== "number") return AMOUNT_CAUSES[amount].short;
  if (amount <= sale.refundable_fen) return amount;
  return fill(sheetText.refundTooMuch, { left: yuan(sale.refundable_fen) });
}

function RefundForm({ sale }: { readonly sale: SaleView }) {
  const desk = useDesk();
  const { busy } = useDeskState();
  const say = useSay();
  const [all, setAll] = useState(true);
  const [text, setText] = useState("");
  const [reason, setReason] = useState<Text>(REASONS[0]);
  /** What is asked once more; null while the form is filled in. */
  const [asked, setAsked] = useState<number | null>(null);
  const field = useRef<HTMLInputElement>(null);
  // The whole amount stands there, selected: digits replace it, Enter goes on with what stands there.
  const question = `refund ${sale.sale_id}`;
  useEffect(() => {
    field.current?.select();
    desk.asks(question);
    return () => desk.asksNoMore(question);
  }, [desk, question]);
  const amount = amountOf(sale, all, text);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (typeof amount !== "number") return desk.notify({ tone: "care", text: amount });
    if (!desk.mayAnswer(question)) return;
    desk.notify(null);
    setAsked(amount);
  };
  if (asked !== null) {
    return (
      <RefundConfirm
        amountFen={asked}
        isExtra={false}
        reason={reason}
        onYes={() => void sendRefund(desk, sale, "sale", asked, reason)}
        onNo={() => setAsked(null)}
      />
    );
  }
  return (
    <form onSubmit={submit} className="form">
      <p>
        {say(sheetText.refundLeft, {
          paid: yuan(sale.amount_fen),
          back: yuan(sale.amount_fen - sale.refundable_fen),
          left: yuan(sale.refundable_fen),
        })}
      </p>
      <fieldset>
        <legend className="unseen">{say(sheetText.refundAmount)}</legend>
        <label className="choice">
          <input type="radio" name="how" checked={all} onChange={() => setAll(true)} />
          <span>{say(sheetText.refundAll, { amount: yuan(sale.refundable_fen) })}</span>
        </label>
        <label className="choice">
          <input type="radio" name="how" checked={!all} onChange={() => setAll(false)} />
          <span>{say(sheetText.refundPart)}</span>
        </label>
      </fieldset>
      <Field
        label={sheetText.refundAmount}
        ref={field}
        inputMode="decimal"
        maxLength={12}
        value={all ? yuan(sale.refundable_fen) : text}
        onValue={(value) => {
          setAll(false);
          setText(value);
        }}
      />
      <Choices
        name="reason"
        label={sheetText.refundReason}
        options={REASONS.map((text) => ({ value: text, text }))}
        value={reason}
        onValue={setReason}
      />
      <p className="small">{say(sheetText.refundNote)}</p>
      <button
        type="submit"
        className="go wide"
        aria-disabled={typeof amount !== "number" || undefined}
        aria-busy={busy === "refund" || undefined}
      >
        <span className="label">
          {typeof amount === "number"
            ? say(sheetText.refundGo, { amount: yuan(amount) })
            : say(tillText.refund)}
          {typeof amount === "number" ? null : <small>{say(amount)}</small>}
        </span>
        <kbd>Enter</kbd>
      </button>
    </form>
  );
}
