/** A labelled fault: how it is brought about from outside, and what a person who knows it would call it. */
import type { CauseFamily } from "../../src/core/till/view.ts";
import type { Chance } from "./chance.ts";
import type { Place } from "./place.ts";

/** What the fault takes hold of. Two of one slot can't be told apart, or the one hides the other. */
export type Slot = "line" | "answer" | "paper" | "computer" | "records" | "input" | "start";

export interface Fault {
  readonly id: string;
  readonly family: CauseFamily;
  readonly slot: Slot;
  /** Families that are also true of it: naming them as proven is no mistake. */
  readonly also?: readonly CauseFamily[];
  /** Families that may stand first instead: both are true, and which of them to act on is a matter of taste. */
  readonly firstMayBe?: readonly CauseFamily[];
  /** Shows itself only while a receipt prints. */
  readonly needsReceipt?: true;
  /** In the box's config.json, before it starts. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** May come and go for a moment before it stays. */
  readonly flaps?: boolean;
  inject(place: Place, chance: Chance): Promise<unknown>;
  /** The opposite, for a flap. */
  heal?(place: Place): Promise<unknown>;
  /** What happens at the till then; `pays` where nothing is said. Gives the sale, or null where none came about. */
  readonly act?: (place: Place, chance: Chance) => Promise<string | null>;
}

/** Nobody charges anything: the fault is seen all the same. */
export const nobodyPays = async (): Promise<null> => null;

/** A customer pays an ordinary amount with a good code. */
export const pays = (place: Place, chance: Chance): Promise<string | null> =>
  place.sell({ amount: chance.amount() });

/** The same with this customer's wallet. */
export const paysFrom =
  (wallet: string, amount?: string) =>
  async (place: Place, chance: Chance): Promise<string | null> =>
    place.sell({ amount: amount ?? chance.amount(), code: await place.code(wallet) });
