/** Tells the box what the page refused by itself: evidence, should somebody ask later why there is no receipt. */
import type { OperatorAct } from "../../../core/diagnosis/evidence.ts";
import type { AmountRefusal } from "../../../core/money/money.ts";
import { post } from "../../box/box.ts";

/** Nobody waits for it, and nothing depends on it. */
export const tellAct = (act: OperatorAct, saleId: string | null = null): void =>
  void post("/api/acts", { act, ...(saleId === null ? {} : { sale_id: saleId }) });

/** With what refused it. */
export const tellAmount = (refusal: AmountRefusal): void =>
  void post("/api/acts", { act: "amount_unreadable" satisfies OperatorAct, refusal });
