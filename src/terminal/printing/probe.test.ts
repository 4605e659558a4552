import assert from "node:assert/strict";
import { test } from "node:test";
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
  prepare: (model: PrinterModel, port: ModelPort) => void = () => undefined,
): Promise<{ result: ProbeResult; model: PrinterModel }> {
  const world = new VirtualWorld();
  const model = new PrinterModel(world, settings);
  const port = new ModelPort(model);
  prepare(model, port);
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

test("a mute printer is known as one", async () => {
  const { result } = await probed(muteModel);
  assert.ok(result.kind === "probed");
  const { realtimeStatus, inOrderStatus, automaticStatus, processId } = result.profile;
  assert.deepEqual(
    [realtimeStatus, inOrderStatus, automaticStatus, processId],
    [false, false, false, false],
  );
});

test("without paper, or without a connection, nothing is concluded", async () => {
  const empty = await probed(epsonModel, false, (model) => model.setPaper(0));
  assert.deepEqual(empty.result, { kind: "not_ready", cause: "paper_out" });
  const absent = await probed(epsonModel, false, (_, port) => (port.refuses = "refused"));
  assert.deepEqual(absent.result, { kind: "not_ready", cause: "unreachable" });
});
