/** The end of every run: nothing is broken any more, all gets its time to end, and the auditor has the last word. */
import { createHash } from "node:crypto";
import { audit } from "../simulation/auditor/audit.ts";
import type { Limits, Violation } from "../simulation/auditor/facts.ts";
import type { Scene } from "./disasters/disaster.ts";
import { putAllRight } from "./disasters/faults.ts";
import { gather, lookAround } from "./facts/gather.ts";
import { closeUp } from "./people/closing.ts";
import type { Till } from "./people/till.ts";
import type { Tray } from "./people/tray.ts";
import { eventually } from "./shop/calls.ts";
import { timeFactor } from "./shop/shop.ts";

/** Longest wait for anything at all to end. */
const calmMsMax = 60_000;
const startMsMax = 30_000;
const limits: Limits = {
  lateMoney: "possible",
  timerLateMs: 10_000,
  openMs: { attempt: 150_000 / timeFactor, refund: 150_000 / timeFactor, job: 15_000 },
};
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export interface Evening {
  readonly sales: number;
  readonly papers: number;
  readonly violations: readonly Violation[];
}

/** Ends box and sandbox, too: the auditor reads their stores as files. */
export async function endTheDay(scene: Scene, till: Till, tray: Tray): Promise<Evening> {
  const { shop } = scene;
  const calmMs = Date.now();
  await makeCalm(scene);
  const unsettled = await closeUp(till, tray, calmMsMax);
  const seen = await lookAround(shop, till, tray);
  await shop.close();
  const violations = audit(gather(shop, till, seen, calmMs), limits, sha256);
  return {
    sales: seen.ends.length,
    papers: seen.papers.length,
    violations: unsettled === null ? violations : [unsettled, ...violations],
  };
}

/** Both run, and the box answers again. */
async function makeCalm(scene: Scene): Promise<void> {
  const { shop } = scene;
  await shop.startSandbox();
  await putAllRight(scene);
  // A hub that began under a wrong clock leans towards the right one for hours, and its timers with it; a start sets it.
  if (scene.clock !== null) await shop.box.end("SIGTERM");
  await shop.startBox();
  const answers = await eventually(async () => {
    await shop.ask("GET", "/api/till");
    return true;
  }, startMsMax);
  if (!answers) throw new Error(`the box doesn't answer any more\n${shop.box.words}`);
}
