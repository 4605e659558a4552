/** What a sale still waits for. A cause that stands in the way of something else can wait. */
import type { SaleFacts } from "../till/can.ts";
import type { Bears } from "./finding.ts";

export type Stage = "payment" | "paper" | "any";

export function stageOf(sale: SaleFacts | null): Stage {
  if (sale === null) return "any";
  return sale.sale.state === "paid" ? "paper" : "payment";
}

export const standsInTheWay = (bears: Bears, stage: Stage): boolean =>
  stage === "any" || bears === "both" || bears === stage;
