/** What the main thread and its workers say to each other. */
import type { PlantedBug } from "../../src/simulation/planted/planted.ts";
import type { FaultKind } from "../../src/simulation/faults/kinds.ts";
import type { SeedResult } from "../../src/simulation/run/run.ts";

export type StoreName = "memory" | "sqlite";

/** Whole towns with the real actors, or one shop of the pure decisions. */
export type LevelName = "town" | "rules";

export interface WorkerData {
  readonly bug: PlantedBug | null;
  readonly store: StoreName;
}

/** One seed, as it was drawn or with something taken away from it. */
export interface Ask {
  readonly seed: number;
  /** A town where none is named. */
  readonly level?: LevelName;
  /** Sales in this seed. */
  readonly sales: number;
  readonly without: readonly FaultKind[];
  /** Instead of what the seed would draw: kinds that aren't named don't strike. */
  readonly weather?: Readonly<Partial<Record<FaultKind, number>>>;
  /** Kinds that strike so hard whatever the seed draws. */
  readonly more?: Readonly<Partial<Record<FaultKind, number>>>;
  readonly keepsStory: boolean;
}

export type Told =
  | { readonly kind: "ready" }
  | { readonly kind: "result"; readonly result: SeedResult }
  /** Not a violation but a bug of the simulation, or an exception of the code under test that nobody caught. */
  | { readonly kind: "broke"; readonly seed: number; readonly error: string };
