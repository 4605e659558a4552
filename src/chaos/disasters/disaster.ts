/** What a disaster is: it strikes at a moment nobody chose, and is over some time later. */
import type { Chance } from "../chance.ts";
import type { Shop } from "../shop/shop.ts";
import type { Clock } from "../shop/clock.ts";
import type { Disk } from "../shop/disk.ts";

export interface Scene {
  readonly shop: Shop;
  readonly chance: Chance;
  /** Null where the tools for it are missing. */
  readonly clock: Clock | null;
  readonly disk: Disk | null;
}

export interface Disaster {
  readonly name: string;
  /** What happens, in a sentence for the documentation. */
  readonly says: string;
  readonly weight: number;
  /** What it can't do without. */
  readonly needs: "clock" | "disk" | null;
  /** Strikes, waits as long as it lasts, and puts right what it broke. */
  readonly strike: (scene: Scene) => Promise<void>;
}
