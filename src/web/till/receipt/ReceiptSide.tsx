/** The receipt beside the sale: its state, its picture, and its electronic twin. */
import { tillText } from "../../../core/text/till.ts";
import type { Side } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Tag } from "../../parts/Tag.tsx";
import { useDeskState } from "../desk/context.ts";
import { PaperOf } from "./Paper.tsx";

export function ReceiptSide({ side }: { readonly side: Side }) {
  const { sale } = useDeskState();
  const say = useSay();
  const receipt = sale?.receipt ?? null;
  return (
    <aside>
      <h2>
        {say(tillText.receipt)}
        {side.tag === null ? null : <Tag tone={side.tag.tone} text={side.tag.text} />}
      </h2>
      {side.paper === "none" || sale === null || receipt === null ? (
        <p className="none">{side.text === null ? null : say(side.text)}</p>
      ) : (
        <PaperOf
          saleId={sale.sale_id}
          version={`${receipt.number} ${receipt.job?.id ?? ""} ${receipt.void}`}
          look={side.paper}
        />
      )}
    </aside>
  );
}
