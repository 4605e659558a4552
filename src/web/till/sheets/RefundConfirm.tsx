/** The second question before money goes back. Its key is another than the form's, so that no key held too long answers it. */
import { useEffect, useRef } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { useSay } from "../../language/language.ts";
import { yuan } from "../../parts/yuan.ts";
import { useDesk, useDeskState } from "../desk/context.ts";

export function RefundConfirm({
  amountFen,
  isExtra,
  reason,
  onYes,
  onNo,
}: {
  readonly amountFen: number;
  /** Of the payment that came besides the sale, not of the sale's own money. */
  readonly isExtra: boolean;
  readonly reason: Text;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  const desk = useDesk();
  const { busy } = useDeskState();
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  const question = "refund for sure";
  useEffect(() => {
    heading.current?.focus();
    desk.asks(question);
    return () => desk.asksNoMore(question);
  }, [desk]);
  return (
    <div className="form">
      <h2 ref={heading} tabIndex={-1} className="lead">
        {say(isExtra ? sheetText.extraSure : sheetText.refundSure, { amount: yuan(amountFen) })}
      </h2>
      <p>{say(sheetText.refundSurePlain, { reason: say(reason) })}</p>
      <div className="acts">
        <button
          type="button"
          className="go"
          aria-busy={busy === "refund" || undefined}
          data-key="Y"
          onClick={() => {
            if (desk.mayAnswer(question)) onYes();
          }}
        >
          {say(isExtra ? sheetText.extraGo : sheetText.refundGo, { amount: yuan(amountFen) })}
          <kbd>Y</kbd>
        </button>
        <button type="button" className="plain" data-key="N" onClick={onNo}>
          {say(sheetText.refundNo)}
          <kbd>N</kbd>
        </button>
      </div>
    </div>
  );
}
