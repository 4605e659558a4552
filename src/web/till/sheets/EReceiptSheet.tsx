/** The electronic receipt as a QR for the customer, and whether it was opened. */
import { REFUSALS } from "../../../core/rules/refusals.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import { tillText } from "../../../core/text/till.ts";
import { clockText } from "../../../core/till/clock.ts";
import { useSay } from "../../language/language.ts";
import { Icon } from "../../parts/Icon.tsx";
import { Qr } from "../../parts/Qr.tsx";
import { Saying } from "./Saying.tsx";
import { Sheet } from "./Sheet.tsx";
import { useSale } from "./useSale.ts";
import { Live } from "../../parts/Live.tsx";

export function EReceiptSheet({ saleId }: { readonly saleId: string }) {
  const { sale, problem } = useSale(saleId);
  const say = useSay();
  const receipt = sale?.receipt ?? null;
  const opened = receipt?.opened_at ?? null;
  return (
    <Sheet title={sheetText.eReceiptTitle} size="small">
      {sale === null ? (
        <Saying text={problem?.text ?? sheetText.loading} bad={problem !== null} />
      ) : sale.contradicted ? (
        <Saying text={REFUSALS.payment_contradicted.text} />
      ) : !receipt?.url ? (
        <Saying text={receipt === null ? tillText.noReceiptYet : tillText.noReceiptUrl} />
      ) : (
        <div className="e-receipt">
          <Qr text={receipt.url} label={say(sheetText.eReceiptTitle)} />
          <Live className={opened === null ? "plain" : "notice good"}>
            {opened === null ? null : <Icon name="tick" />}
            {opened === null
              ? say(sheetText.eReceiptPlain)
              : say(sheetText.eReceiptOpened, { time: clockText(opened) })}
          </Live>
        </div>
      )}
    </Sheet>
  );
}
