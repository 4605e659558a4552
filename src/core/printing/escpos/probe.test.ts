import assert from "node:assert/strict";
import { test } from "node:test";
import { profile58, profile80 } from "../profile.ts";
import { hexText } from "./hex.ts";
import { clearBuffersRequest, knowsProcessId, processIdRequest, profileFrom } from "./probe.ts";

test("the requests are the bytes of Epson's reference", () => {
  assert.equal(hexText(processIdRequest("0001")), "1D 28 48 06 00 30 30 30 30 30 31");
  assert.equal(hexText(clearBuffersRequest), "10 14 08 01 03 14 01 06 02 08");
});

test("GS ( H is known of the listed models only", () => {
  for (const model of ["TM-T88VI", "TM-T88IV", "TM-m30II", "TM-T20X-II", "tm-t82x"]) {
    assert.ok(knowsProcessId("EPSON", model), model);
  }
  for (const model of ["TM-T88III", "TM-U210", "TM-L60II", "TM-U300", "TM-T88", "", null]) {
    assert.ok(!knowsProcessId("EPSON", model), String(model));
  }
  assert.ok(!knowsProcessId("XPRINTER", "TM-T88VI"));
  assert.ok(!knowsProcessId(null, "TM-T88VI"));
});

test("a profile has what was answered, and the rest of its base", () => {
  const silent = {
    maker: null,
    model: null,
    firmware: null,
    realtime: false,
    automatic: false,
    inOrder: false,
    cutCounter: false,
    processId: false,
    bufferClear: false,
  };
  const mute = profileFrom(profile58, silent);
  assert.deepEqual(mute, { ...profile58, realtimeStatus: false, inOrderStatus: false });
  const full = profileFrom(profile80, {
    maker: "EPSON",
    model: "TM-T88VI",
    firmware: "1.0",
    realtime: true,
    automatic: true,
    inOrder: true,
    cutCounter: true,
    processId: true,
    bufferClear: true,
  });
  assert.deepEqual([full.processId, full.cutCounter, full.columns], [true, true, 48]);
  // Whatever counts its cuts can cut.
  assert.equal(profileFrom(profile58, { ...silent, cutCounter: true }).cutter, true);
});
