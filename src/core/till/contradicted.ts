/**
 * Shown as paid, and Alipay's next answer says that the trade is closed. Until a second answer decides, the screen takes
 * back what it said: nobody hands over goods on it, and nobody charges again.
 */
import { PAYMENT_CONTRADICTED } from "../text/causes.ts";
import { tillText } from "../text/till.ts";
import { act } from "./acts.ts";
import { type Scene, screenOfSale } from "./compose.ts";
import type { Screen } from "./parts.ts";

export const contradicted = (scene: Scene): Screen =>
  screenOfSale(scene, {
    kind: "confirming",
    tone: "care",
    icon: "alert",
    headline: PAYMENT_CONTRADICTED.title,
    plain: PAYMENT_CONTRADICTED.cashier,
    caution: tillText.phoneDoesNotCount,
    acts: [
      act("query", "go", scene.sale),
      act("next", "more", scene.sale, { label: tillText.nextHeld, key: "S" }),
      act("details", "more", scene.sale),
    ],
    takesCode: PAYMENT_CONTRADICTED.cashier,
  });
