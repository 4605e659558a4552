import assert from "node:assert/strict";
import { test } from "node:test";
import { Chance } from "../../world/chance.ts";
import { Process } from "./process.ts";

/** How far a decision came, in each of many lives that end by a trap. */
function placesToDie(): ReadonlyMap<string, number> {
  const process = new Process(new Chance("process"));
  const places = new Map<string, number>();
  for (let life = 0; life < 300; life += 1) {
    process.start();
    process.setTrap();
    let steps = 0;
    while (process.isUp) {
      steps += 1;
      assert.ok(steps < 20, "it dies soon");
      const place =
        (process.diesBefore() && "before") ||
        (process.diesAfter() && "after") ||
        (process.diesBetween() && "between");
      if (place !== false) places.set(place, (places.get(place) ?? 0) + 1);
    }
  }
  return places;
}

test("a process dies before, after and between, each now and then, and nowhere else", () => {
  const places = placesToDie();
  assert.deepEqual([...places.keys()].toSorted(), ["after", "before", "between"]);
  for (const count of places.values()) assert.ok(count > 50);
});

test("without a trap it lives, and a life that has begun anew is another one", () => {
  const process = new Process(new Chance("process"));
  process.start();
  const { life } = process;
  const dies = (): boolean => process.diesBefore() || process.diesAfter() || process.diesBetween();
  for (let step = 0; step < 100; step += 1) assert.equal(dies(), false);
  process.setTrap();
  process.disarm();
  assert.equal(dies(), false);
  process.start();
  assert.equal(process.life, life + 1);
});

test("what comes back to a later life, or to nobody, isn't heard", () => {
  const process = new Process(new Chance("process"));
  const heard: string[] = [];
  process.start();
  const hear = process.inThisLife((word: string) => heard.push(word));
  hear("first");
  process.isUp = false;
  hear("dead");
  process.start();
  hear("second");
  assert.deepEqual(heard, ["first"]);
});
