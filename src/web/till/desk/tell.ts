/** Tells the box what the page refused by itself: evidence, should somebody ask later why there is no receipt. */
import type { OperatorAct } from "../../../core/diagnosis/evidence.ts";
import { post } from "../../box/box.ts";

/** Nobody waits for it, and nothing depends on it. */
export const tellAct = (act: OperatorAct, saleId: string | null = null): void =>
  void post("/api/acts", { act, ...(saleId === null ? {} : { sale_id: saleId }) });
