import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { profile80 } from "../../core/printing/profile.ts";
import { ModelPort } from "../../../test/contract/printer-memory.ts";
import {
  PrinterModel,
  cloneModel,
  epsonModel,
  muteModel,
} from "../../../test/contract/printer-model.ts";
import type { ModelSettings } from "../../../test/contract/printer-model.ts";
import { VirtualWorld } from "../../../test/contract/printer-support.ts";
import { probePrinter } from "./probe.ts";
import type { ProbeResult } from "./probe.ts";
import { defaultTiming } from "./spooler.ts";

async function probed(
  settings: ModelSettings,
  mayPrintStray = false,
  prepare: (model: PrinterModel, port: ModelPort, world: VirtualWorld) => void = () => undefined,
): Promise<{ result: ProbeResult; model: PrinterModel }> {
  const world = new VirtualWorld();
  const model = new PrinterModel(world, settings);
  const port = new ModelPort(model);
  prepare(model, port, world);
  const deps = { world, port, base: profile80, mayPrintStray, timing: defaultTiming };
  let result: ProbeResult | null = null;
  const done = probePrinter({ ...deps, log: () => undefined }).then((one) => (result = one));
  await world.until("probed", () => result !== null, 60_000);
  return { result: await done, model };
}

test("a known model is asked for everything, and prints nothing", async () => {
  const { result, model } = await probed(epsonModel);
  assert.ok(result.kind === "probed" && result.askedAll);
  const { profile } = result;
  assert.deepEqual([profile.maker, profile.model], ["EPSON", "TM-T88VI"]);
  assert.ok(profile.processId && profile.automaticStatus && profile.bufferClear);
  assert.ok(profile.cutCounter && profile.inOrderStatus && profile.realtimeStatus);
  assert.deepEqual(model.allLines, []);
});

test("an unknown one isn't sent what it might print, unless a person agrees", async () => {
  const careful = await probed(cloneModel);
  assert.ok(careful.result.kind === "probed" && !careful.result.askedAll);
  assert.equal(careful.result.profile.processId, false);
  assert.ok(careful.result.profile.inOrderStatus && careful.result.profile.realtimeStatus);
  assert.equal(careful.model.waitingText, "");

  const agreed = await probed(cloneModel, true);
  assert.ok(agreed.result.kind === "probed" && agreed.result.askedAll);
  assert.equal(agreed.result.profile.processId, false);
  assert.equal(agreed.model.waitingText, "PRB1");
});

test("silence is no answer: nothing is concluded from it", async () => {
  const mute = await probed(muteModel);
  assert.deepEqual(mute.result, { kind: "not_ready", cause: "no_answer" });
  const taken = await probed(epsonModel, false, (_, port) => (port.closesAtOnce = true));
  assert.deepEqual(taken.result, { kind: "not_ready", cause: "busy" });
});

test("what only one question is answered by is known by it, and the rest is a no", async () => {
  for (const known of ["realtime", "inOrder", "automatic"] as const) {
    const { result } = await probed({ ...muteModel, [known]: true });
    assert.ok(result.kind === "probed", `${known} ${result.kind}`);
    const { realtime, inOrder, automatic, cutCounter } = result.answers;
    const answers = { realtime, inOrder, automatic };
    assert.deepEqual(
      { ...answers, cutCounter },
      { realtime: false, inOrder: false, automatic: false, cutCounter: false, [known]: true },
    );
  }
});

/** From then on and for so long another computer has the printer: what is sent is lost, or comes through late. */
function takenByAnother(
  model: PrinterModel,
  world: VirtualWorld,
  { fromMs, forMs, isLate }: { fromMs: number; forMs: number; isLate: boolean },
): void {
  const receive = model.receive.bind(model);
  const queue: Uint8Array[] = [];
  const isTaken = (): boolean =>
    world.monotonicMs() >= fromMs && world.monotonicMs() < fromMs + forMs;
  model.receive = (bytes) => (isTaken() ? void queue.push(bytes) : receive(bytes));
  if (isLate) world.after(fromMs + forMs, () => queue.forEach((bytes) => receive(bytes)));
}

test("taken by another in the middle: what is kept of it is what it can do, or nothing", async () => {
  const seen = { probed: 0, unclear: 0, not_ready: 0 };
  const taken = fc.record({
    fromMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8_000 })),
    forMs: fc.integer({ min: 1, max: 12_000 }),
    isLate: fc.boolean(),
  });
  const settings = fc.constantFrom(epsonModel, cloneModel);
  await fc.assert(
    fc.asyncProperty(settings, taken, async (can, when) => {
      const { result } = await probed(can, false, (model, _, world) =>
        takenByAnother(model, world, when),
      );
      seen[result.kind] += 1;
      if (result.kind !== "probed") return;
      const { realtime, inOrder, cutCounter, automatic, processId } = result.answers;
      assert.deepEqual(
        [realtime, inOrder, cutCounter, automatic, processId],
        [can.realtime, can.inOrder, can.counter, can.automatic, can.processId],
      );
    }),
    { numRuns: 60 },
  );
  assert.ok(seen.probed > 0 && seen.unclear > 0 && seen.not_ready > 0, JSON.stringify(seen));
});

test("without paper, or without a connection, nothing is concluded", async () => {
  const empty = await probed(epsonModel, false, (model) => model.setPaper(0));
  assert.deepEqual(empty.result, { kind: "not_ready", cause: "paper_out" });
  const absent = await probed(epsonModel, false, (_, port) => (port.refuses = "refused"));
  assert.deepEqual(absent.result, { kind: "not_ready", cause: "unreachable" });
});
