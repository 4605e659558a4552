import type { PlantedBug } from "./planted.ts";

export const PLANTED: readonly PlantedBug[] = [];
