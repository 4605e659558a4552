/** The newest state of one sale for a window: the till's own when it is on the screen, else asked for again with each frame. */
import { useEffect, useState } from "react";
import type { SaleView } from "../../../core/till/view.ts";
import { get } from "../../box/box.ts";
import type { Answer } from "../../box/box.ts";
import { useDeskState } from "../desk/context.ts";

export function useSale(saleId: string): {
  readonly sale: SaleView | null;
  readonly problem: Extract<Answer<SaleView>, { ok: false }> | null;
  readonly take: (sale: SaleView) => void;
} {
  const { sale: shown, view } = useDeskState();
  const [answer, setAnswer] = useState<Answer<SaleView> | null>(null);
  const own = shown?.sale_id === saleId ? shown : null;
  const isOwn = own !== null;
  useEffect(() => {
    if (isOwn) return;
    let left = false;
    void get<SaleView>(`/api/sales/${encodeURIComponent(saleId)}`).then((got) => {
      if (!left) setAnswer(got);
    });
    return () => {
      left = true;
    };
  }, [saleId, isOwn, view]);
  const asked = answer?.ok === true ? answer.value : null;
  return {
    sale: own ?? asked,
    problem: own === null && answer?.ok === false ? answer : null,
    take: (value) => setAnswer({ ok: true, value }),
  };
}
