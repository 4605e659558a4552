import assert from "node:assert/strict";
import { test } from "node:test";
import { stopEach } from "./stops.ts";

test("what comes after a stop that fails is stopped all the same", async () => {
  const stopped: string[] = [];
  const failing = async (): Promise<void> => {
    stopped.push("server");
    throw new Error("no");
  };
  const stops = [failing, () => void stopped.push("till"), () => void stopped.push("hub")];
  await assert.rejects(stopEach(stops), /no/);
  assert.deepEqual(stopped, ["server", "till", "hub"]);
});
