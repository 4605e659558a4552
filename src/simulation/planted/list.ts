/** Every planted bug. The simulator must find each of them; a test sees to it that their texts still stand in the code. */
import { ORDER_BUGS } from "./order.ts";
import { PAPER_BUGS } from "./paper.ts";
import { PAYMENT_BUGS } from "./payment.ts";
import type { PlantedBug } from "./planted.ts";

export const PLANTED: readonly PlantedBug[] = [...PAYMENT_BUGS, ...ORDER_BUGS, ...PAPER_BUGS];
