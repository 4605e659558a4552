/**
 * Paid by the hub's word on a till that was replaced: a state of its own, since what this till knows of the sale says less
 * than what is true. The view says so in full, and each screen asks for it once, before anything else.
 */
import { TAKEN_ELSEWHERE } from "../text/causes.ts";
import { tillText } from "../text/till.ts";
import { act } from "./acts.ts";
import { type Scene, screenOfSale } from "./compose.ts";
import type { Screen } from "./parts.ts";
import type { SaleView } from "./view.ts";

/** Nothing that is shown may ask for the money again, whatever the attempts say here. */
export const takenElsewhereView = (own: SaleView): SaleView => ({
  ...own,
  outcome: "unknown",
  never_charged: false,
  took_no_money: false,
  cause: TAKEN_ELSEWHERE,
  advice: TAKEN_ELSEWHERE.cashier,
  can: { ...own.can, charge: TAKEN_ELSEWHERE.cashier },
});

export const isTakenElsewhere = ({ state, outcome, cause }: SaleView): boolean =>
  state === "open" && outcome === "unknown" && cause?.code === TAKEN_ELSEWHERE.code;

export const takenElsewhere = (scene: Scene): Screen =>
  screenOfSale(scene, {
    kind: "confirming",
    tone: "care",
    icon: "alert",
    money: { tone: "good", icon: "tick", text: tillText.paidKeep },
    headline: TAKEN_ELSEWHERE.title,
    plain: TAKEN_ELSEWHERE.cashier,
    acts: [
      act("next", "go", scene.sale, { label: tillText.nextHeld }),
      act("query", "plain", scene.sale),
      act("details", "more", scene.sale),
    ],
    takesCode: TAKEN_ELSEWHERE.cashier,
  });
