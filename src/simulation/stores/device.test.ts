import assert from "node:assert/strict";
import { test } from "node:test";
import { Chance } from "../world/chance.ts";
import { Machine } from "../world/machine.ts";
import { Timeline } from "../world/timeline.ts";
import { Device } from "./device.ts";

interface Bench {
  readonly time: Timeline;
  readonly machine: Machine;
  readonly device: Device;
  readonly durable: string[];
  readonly told: string[];
  commit(name: string): void;
}

function bench(seed: string): Bench {
  const time = new Timeline(() => {});
  const machine = new Machine("m", time, new Chance("m"));
  const device = new Device(time, new Chance(seed));
  const life = machine.boot();
  const durable: string[] = [];
  const told: string[] = [];
  const commit = (name: string): void => {
    const apply = (): Promise<void> => {
      durable.push(name);
      return Promise.resolve();
    };
    device
      .commit(life, apply, () => new Error("full"))
      .then(
        () => told.push(name),
        () => told.push(`${name} failed`),
      );
  };
  return { time, machine, device, durable, told, commit };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("what was under way when the machine died is durable from the first on, or not", async () => {
  const outcomes = new Set<string>();
  for (let seed = 0; seed < 40; seed += 1) {
    const { machine, device, durable, told, commit } = bench(`${seed}`);
    device.syncMs = [10, 10];
    for (const name of ["a", "b", "c"]) commit(name);
    machine.kill();
    device.lose();
    await turn();
    assert.deepEqual(told, [], "nobody is told");
    assert.deepEqual(durable, ["a", "b", "c"].slice(0, durable.length));
    outcomes.add(durable.join(""));
  }
  assert.deepEqual([...outcomes].toSorted(), ["", "a", "ab", "abc"]);
});

test("nothing is told before it is durable", async () => {
  const { time, device, durable, told, commit } = bench("slow");
  device.syncMs = [10, 10];
  commit("a");
  await turn();
  assert.deepEqual([durable, told], [[], []]);
  time.run(10, () => false);
  await turn();
  assert.deepEqual([durable, told], [["a"], ["a"]]);
});

test("a full disk fails, and goes on failing until it was opened again", async () => {
  const { device, told, commit } = bench("full");
  device.isFull = true;
  commit("a");
  device.isFull = false;
  commit("b");
  device.reopen();
  commit("c");
  await turn();
  assert.deepEqual(told.toSorted(), ["a failed", "b failed", "c"]);
});
