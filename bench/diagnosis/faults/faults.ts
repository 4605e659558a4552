/** The corpus: single faults of all nine families, and every pair of them that can be told apart. */
import type { Chance } from "../chance.ts";
import { type Fault, pays } from "../fault.ts";
import { codeFaults } from "./codes.ts";
import { deviceFaults } from "./device.ts";
import { houseFaults } from "./house.ts";
import { networkFaults } from "./network.ts";
import { peopleFaults } from "./people.ts";
import { providerFaults } from "./provider.ts";

export const FAULTS: readonly Fault[] = [
  ...networkFaults,
  ...deviceFaults,
  ...codeFaults,
  ...peopleFaults,
  ...houseFaults,
  ...providerFaults,
];

export type Pair = readonly [first: Fault, second: Fault];

/**
 * A line that is down hides what Alipay would have answered. What people enter wrongly never reaches Alipay, or needs its
 * ordinary answer (a customer who is asked to confirm): what Alipay would say otherwise isn't asked for then.
 */
const hidden: ReadonlySet<string> = new Set([
  "line answer",
  "answer line",
  "line input",
  "input line",
  "answer input",
  "input answer",
]);

function canMeet([a, b]: Pair): boolean {
  const starts = a.slot === "start" || b.slot === "start";
  const bothAct = a.act !== undefined && b.act !== undefined && actsItself(a) && actsItself(b);
  const same = a.slot === b.slot || a.family === b.family;
  const known = a.also?.includes(b.family) === true || b.also?.includes(a.family) === true;
  const hides = hidden.has(`${a.slot} ${b.slot}`) || isUnprinted(a, b) || isUnprinted(b, a);
  return !same && !known && !starts && !bothAct && !hides;
}

/** What shows itself while a receipt prints can't be seen where no sale gets so far. */
const isUnprinted = (a: Fault, b: Fault): boolean =>
  a.needsReceipt === true && noReceipt.has(b.slot);

const noReceipt: ReadonlySet<Fault["slot"]> = new Set(["line", "answer", "input"]);

const actsItself = ({ act }: Fault): boolean => act !== undefined && act.name !== "nobodyPays";

/** `count` of them, spread over the families, in an order that the seed draws. */
export function drawPairs(chance: Chance, count: number): readonly Pair[] {
  const left = FAULTS.flatMap((a, at) => FAULTS.slice(at + 1).map((b): Pair => [a, b])).filter(
    canMeet,
  );
  const seen = new Map<string, number>();
  const drawn: Pair[] = [];
  while (drawn.length < count && left.length > 0) {
    const at = chance.whole(0, left.length - 1);
    const [pair] = left.splice(at, 1);
    if (pair === undefined) break;
    const key = pair
      .map(({ family }) => family)
      .toSorted()
      .join(" ");
    const times = seen.get(key) ?? 0;
    // Rare meetings of families come first: each has its turn before one comes a fifth time.
    if (times >= 4 && left.length > count) continue;
    seen.set(key, times + 1);
    drawn.push(pair);
  }
  return drawn;
}

/** Who acts: the fault that has an act of its own, else a customer who pays, unless both are seen at rest. */
export function actOf(faults: readonly Fault[]): NonNullable<Fault["act"]> {
  const own = faults.find(actsItself)?.act;
  if (own !== undefined) return own;
  const atRest = faults.every(({ act }) => act !== undefined);
  return atRest ? (faults[0]?.act ?? pays) : pays;
}
