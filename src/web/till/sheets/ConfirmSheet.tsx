/** One more yes before something that can't be taken back. */
import { useEffect } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { tillText } from "../../../core/text/till.ts";
import { cashQuestion } from "../../../core/till/cash-question.ts";
import type { ActId } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { useDesk, useDeskState } from "../desk/context.ts";
import { confirm } from "../desk/press.ts";
import { Sheet } from "./Sheet.tsx";

const QUESTIONS: Partial<Record<ActId, readonly [yes: Text, plain: Text]>> = {
  reverse: [tillText.reverse, sheetText.confirmReverse],
  pay_otherwise: [tillText.payOtherwise, sheetText.confirmOtherwise],
  goods_left: [tillText.goodsLeft, sheetText.confirmGoods],
  waive_paper: [tillText.waivePaper, sheetText.confirmWaive],
};

export function ConfirmSheet({ act, saleId }: { readonly act: ActId; readonly saleId: string }) {
  const desk = useDesk();
  const { busy, sale } = useDeskState();
  const say = useSay();
  const asked = QUESTIONS[act];
  const question = `${act} ${saleId}`;
  useEffect(() => {
    desk.asks(question);
    return () => desk.asksNoMore(question);
  }, [desk, question]);
  if (asked === undefined) return null;
  const [yes, usual] = asked;
  const isCash = act === "pay_otherwise" && sale?.sale_id === saleId;
  const plain = isCash ? cashQuestion(sale) : usual;
  return (
    <Sheet title={sheetText.confirmTitle} size="small">
      <p className="lead">{say(plain)}</p>
      <div className="acts">
        <button
          type="button"
          className="go"
          aria-busy={busy === act || undefined}
          data-key="Enter"
          onClick={() => {
            if (desk.mayAnswer(question)) void confirm(desk, act, saleId);
          }}
        >
          {say(yes)}
          <kbd>Enter</kbd>
        </button>
        <button type="button" className="plain" onClick={() => desk.closeTop()}>
          {say(sheetText.cancel)}
          <kbd>Esc</kbd>
        </button>
      </div>
    </Sheet>
  );
}
