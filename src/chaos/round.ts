/** One round: a shop opens, cashiers serve, disasters strike, the weather clears, the auditor looks. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chanceOf } from "./chance.ts";
import type { Scene } from "./disasters/disaster.ts";
import { endTheDay, type Evening } from "./evening.ts";
import { hire } from "./people/staff.ts";
import { Clock } from "./shop/clock.ts";
import { Disk } from "./shop/disk.ts";
import type { Ports } from "./shop/ports.ts";
import { Shop } from "./shop/shop.ts";
import { storm, type StormPlan, type Strikes } from "./storm.ts";
import type { Tools } from "./tools.ts";

export interface RoundPlan extends StormPlan {
  readonly program: string;
  readonly seed: number;
  readonly ports: Ports;
  readonly tools: Tools;
}

export interface RoundResult extends Evening {
  readonly strikes: Strikes;
  /** Kept only when something is wrong with it. */
  readonly folder: string;
}

const cashiers = 10;

export async function playRound(plan: RoundPlan): Promise<RoundResult> {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-chaos-"));
  const disk = plan.tools.disk ? Disk.mount(join(folder, "disk")) : null;
  const clock = plan.tools.clock ? Clock.find(join(folder, "clock")) : null;
  const place = {
    program: plan.program,
    data: join(disk?.folder ?? folder, "data"),
    outside: join(folder, "outside"),
    boxEnv: clock?.env ?? {},
    ports: plan.ports,
  };
  const shop = await Shop.open(place);
  let isClean = false;
  try {
    const scene = { shop, chance: chanceOf(plan.seed), clock, disk };
    const { strikes, ...evening } = await workAndStorm(plan, scene);
    isClean = evening.violations.length === 0;
    return { strikes, ...evening, folder };
  } catch (error) {
    throw new Error(`what is left is in ${folder}\n${shop.words}`, { cause: error });
  } finally {
    await shop.kill();
    if (!isClean) disk?.copyTo(join(folder, "kept"));
    disk?.unmount();
    if (isClean) rmSync(folder, { recursive: true, force: true });
  }
}

async function workAndStorm(
  plan: RoundPlan,
  scene: Scene,
): Promise<Evening & { readonly strikes: Strikes }> {
  const { till, tray, work, goHome } = await hire(scene.shop, cashiers, scene.chance);
  const weather = storm(plan, scene);
  // A mistake of ours in a cashier ends the round at once.
  await Promise.race([weather, work]);
  const strikes = await weather;
  await goHome();
  return { strikes, ...(await endTheDay(scene, till, tray)) };
}
