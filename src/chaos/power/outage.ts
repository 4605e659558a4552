/** A shop is recorded at work, its power is cut at many moments of the record, and it opens again after the last one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SaleView } from "../../core/till/view.ts";
import type { Violation } from "../../simulation/auditor/facts.ts";
import { type Chance, chanceOf } from "../chance.ts";
import { endTheDay } from "../evening.ts";
import { tradesOf } from "../facts/outside.ts";
import { hire, type Staff } from "../people/staff.ts";
import { eventually } from "../shop/calls.ts";
import type { Ports } from "../shop/ports.ts";
import { Shop } from "../shop/shop.ts";
import { cutPower, type CutResult } from "./cuts.ts";
import { restore } from "./found.ts";
import { promisedByAnswer, promisedByPaper, promisedByTrade, type Promised } from "./promises.ts";
import { recorder } from "./recording.ts";

export interface OutagePlan {
  readonly program: string;
  readonly seed: number;
  readonly ports: Ports;
  readonly cuts: number;
  readonly onCut: (done: number) => void;
}

export interface OutageResult extends Pick<CutResult, "cuts" | "syncs" | "writes" | "held"> {
  readonly sales: number;
  readonly violations: readonly Violation[];
  /** Kept only when something is wrong with it. */
  readonly folder: string;
}

const cashiers = 6;
/** The most are enough for the write-ahead logs to be emptied into the stores and begun anew. */
const salesFor = (cuts: number): number => Math.min(150, 20 + cuts);
const recordMsMax = 120_000;

export async function playOutage(plan: OutagePlan): Promise<OutageResult> {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-power-"));
  const [data, log] = [join(folder, "data"), join(folder, "calls")];
  const outside = join(folder, "outside");
  const { program, ports } = plan;
  const boxUnder = recorder(log, data);
  const shop = await Shop.open({ program, data, outside, boxEnv: {}, boxUnder, ports });
  let isClean = false;
  try {
    const chance = chanceOf(plan.seed);
    const staff = await hire(shop, cashiers, chance);
    const promises = await workUntilDark(shop, staff, salesFor(plan.cuts));
    const cut = await cutPower({ ...plan, log, folder, chance: chance.fork("cuts"), promises });
    restore(data, cut.last);
    const evening = await openAgain(shop, staff, chance);
    const violations = [...cut.broken.map(lost), ...evening.violations];
    isClean = violations.length === 0;
    const { cuts, syncs, writes, held } = cut;
    return { cuts, syncs, writes, held, sales: evening.sales, violations, folder };
  } catch (error) {
    throw new Error(`what is left is in ${folder}\n${shop.words}`, { cause: error });
  } finally {
    await shop.kill();
    if (isClean) rmSync(folder, { recursive: true, force: true });
  }
}

const lost = (seen: string): Violation => ({
  rule: "acknowledged_survives_the_power",
  saleId: null,
  seen,
  atMs: Date.now(),
});

/** Serves customers until there is enough on the record, then kills the box; gives what was promised meanwhile. */
async function workUntilDark(
  shop: Shop,
  staff: Staff,
  salesWanted: number,
): Promise<readonly Promised[]> {
  const answers: Promised[] = [];
  const sales = new Set<string>();
  const last = new Map<string, string>();
  staff.till.onAnswer = (sale, atMs) => {
    sales.add(sale.sale_id);
    const told = toldBy(sale);
    if (last.get(sale.sale_id) === told) return;
    last.set(sale.sale_id, told);
    answers.push(promisedByAnswer(sale, atMs));
  };
  const enough = eventually(async () => sales.size >= salesWanted, recordMsMax);
  await Promise.race([enough, staff.work]);
  await shop.box.end("SIGKILL");
  await staff.goHome();
  staff.till.onAnswer = () => {};
  const trades = await tradesOf(shop);
  const papers = await staff.tray.papers();
  return [...answers, ...trades.map(promisedByTrade), ...papers.flatMap(promisedByPaper)];
}

/** An answer that says the same again promises nothing new. */
const toldBy = ({ outcome, attempt, receipt }: SaleView): string =>
  [outcome, attempt?.order_no, attempt?.state, receipt?.number, receipt?.job?.state].join(" ");

/** With what was synced when the power went, the shop goes on against the world as it has become. */
function openAgain(shop: Shop, { till, tray }: Staff, chance: Chance) {
  return endTheDay({ shop, chance, clock: null, disk: null }, till, tray);
}
