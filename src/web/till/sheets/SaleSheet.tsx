/** Everything about one sale: money, papers, refunds, and its whole history. */
import { useEffect } from "react";
import { refundStateText, sheetText } from "../../../core/text/sheets.ts";
import { tillText } from "../../../core/text/till.ts";
import { act, eReceiptAct, refundExtra } from "../../../core/till/acts.ts";
import { dayClockText } from "../../../core/till/clock.ts";
import { paperInDoubt } from "../../../core/till/focus.ts";
import type { Act } from "../../../core/till/parts.ts";
import type { RefundView, SaleView } from "../../../core/till/view.ts";
import { useSay } from "../../language/language.ts";
import { Tag } from "../../parts/Tag.tsx";
import { yuan } from "../../parts/yuan.ts";
import { useDesk, useDeskState } from "../desk/context.ts";
import { performHere } from "../desk/here.ts";
import { PaperOf } from "../receipt/Paper.tsx";
import { Attempts, Papers } from "./SaleParts.tsx";
import { History } from "./History.tsx";
import { KeyButton } from "./KeyButton.tsx";
import { outcomeTag } from "./SaleRow.tsx";
import { Saying } from "./Saying.tsx";
import { Sheet } from "./Sheet.tsx";
import { useSale } from "./useSale.ts";

export function SaleSheet({ saleId }: { readonly saleId: string }) {
  const { sale, problem, take } = useSale(saleId);
  return (
    <Sheet title={sheetText.saleTitle}>
      {sale === null ? (
        <Saying text={problem?.text ?? sheetText.loading} bad={problem !== null} />
      ) : (
        <Whole sale={sale} onReply={take} />
      )}
    </Sheet>
  );
}

function Whole({
  sale,
  onReply,
}: {
  readonly sale: SaleView;
  readonly onReply: (sale: SaleView) => void;
}) {
  const say = useSay();
  const [tone, text] = outcomeTag(sale);
  return (
    <>
      <div className="sale-top">
        <p className="amount medium">
          <small>￥</small>
          {yuan(sale.amount_fen)}
        </p>
        <Tag tone={tone} text={text} />
        <p>{say(sale.advice)}</p>
      </div>
      <SaleActs sale={sale} onReply={onReply} />
      <Facts sale={sale} />
      {sale.attempts.length === 0 ? null : <Attempts attempts={sale.attempts} />}
      <Papers sale={sale} />
      {sale.refunds.length === 0 ? null : <Refunds sale={sale} />}
      <History sale={sale} />
      {sale.receipt === null ? null : (
        <PaperOf
          saleId={sale.sale_id}
          version={sale.receipt.number}
          look={sale.receipt.void ? "void" : "whole"}
        />
      )}
    </>
  );
}

/** The same buttons as at the till, for a sale out of the list. */
function SaleActs({
  sale,
  onReply,
}: {
  readonly sale: SaleView;
  readonly onReply: (sale: SaleView) => void;
}) {
  const desk = useDesk();
  const { view, busy, sale: shown } = useDeskState();
  const say = useSay();
  const question = paperInDoubt(sale);
  useEffect(() => desk.asks(question), [desk, question]);
  const acts: readonly Act[] = [
    ...(question === null ? [] : [act("came_out", "go", sale), act("did_not", "go", sale)]),
    act("query", sale.outcome === "unknown" ? "go" : "plain", sale),
    ...(sale.extra?.state === "kept" ? refundExtra(sale) : [act("refund", "plain", sale)]),
    act("reprint", "plain", sale),
    eReceiptAct(sale, view?.receipt_links_reachable ?? false, "plain"),
  ];
  return (
    <div className="acts">
      {question === null ? null : <p className="lead">{say(tillText.doubtfulHead)}</p>}
      {acts.map((one) => (
        <button
          key={one.id}
          type="button"
          className={one.look === "go" && one.enabled === true ? "go" : "plain"}
          data-key={one.key ?? undefined}
          aria-disabled={one.enabled !== true || undefined}
          aria-busy={busy === one.id || undefined}
          onClick={() => void performHere(desk, one, sale, onReply)}
        >
          <span className="label">
            {say(one.label)}
            {one.enabled === true ? null : <small>{say(one.enabled)}</small>}
          </span>
          {one.key === null ? null : <kbd>{one.key}</kbd>}
        </button>
      ))}
      {shown?.sale_id === sale.sale_id ? null : (
        <KeyButton
          letter="O"
          text={sheetText.saleOn}
          onPress={() => void desk.show(sale.sale_id)}
        />
      )}
    </div>
  );
}

function Facts({ sale }: { readonly sale: SaleView }) {
  const say = useSay();
  const waits = sale.extra?.left_fen ?? 0;
  const rows = [
    [sheetText.createdAt, sale.created_at.slice(0, 19).replace("T", " ")],
    [sheetText.operator, `${sale.operator.no} ${sale.operator.name}`],
    [sheetText.orderNo, sale.attempt?.order_no],
    [sheetText.tradeNo, sale.attempt?.provider_trade_no],
    [sheetText.payer, sale.attempt?.payer],
    [sheetText.receiptNo, sale.receipt?.number],
    [sheetText.refundable, waits > 0 ? null : `￥${yuan(sale.refundable_fen)}`],
    [sheetText.extraLeft, waits > 0 ? `￥${yuan(waits)}` : null],
    [sheetText.saleNo, sale.sale_id],
    [sheetText.items, sale.items.map(({ name, quantity }) => `${name} × ${quantity}`).join("，")],
  ] as const;
  return (
    <section>
      <h2>{say(sheetText.facts)}</h2>
      <dl className="facts">
        {rows.map(([name, value]) =>
          value ? (
            <div key={name.zh}>
              <dt>{say(name)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}

/** Which money it is of, where that isn't plain; else why. Late money may have been sent back by the owner. */
function refundOf(sale: SaleView, refund: RefundView, say: ReturnType<typeof useSay>): string {
  const isByItself = /-(late|back)$/.test(refund.request_no);
  if (refund.late_payment && isByItself) return say(sheetText.lateRefund);
  if (sale.extra?.order_no !== refund.order_no) return refund.reason;
  return `${say(sheetText.extraRefund)} · ${refund.reason}`;
}

function Refunds({ sale }: { readonly sale: SaleView }) {
  const say = useSay();
  return (
    <section>
      <h2>{say(sheetText.refunds)}</h2>
      <ul className="plain-rows">
        {sale.refunds.map((one) => (
          <li key={one.request_no}>
            <b>￥{yuan(one.amount_fen)}</b> {say(refundStateText[one.state])} ·{" "}
            {refundOf(sale, one, say)} · {dayClockText(one.requested_at)}
            <small>{one.request_no}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
