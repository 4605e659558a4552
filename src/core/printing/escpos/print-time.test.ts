import assert from "node:assert/strict";
import { test } from "node:test";
import { feedDots } from "./print-time.ts";

test("feeds are added up: lines, dots, raster rows, QR and the cut", () => {
  assert.equal(feedDots(Uint8Array.of()), 0);
  assert.equal(feedDots(Uint8Array.of(0x41, 0x0a, 0x42, 0x0a)), 60);
  assert.equal(feedDots(Uint8Array.of(0x1b, 0x64, 3, 0x1b, 0x4a, 24)), 114);
  assert.equal(feedDots(Uint8Array.of(0x1d, 0x56, 0x42, 0x00)), 120);
  assert.equal(feedDots(Uint8Array.of(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30)), 320);
});

test("line feeds inside raster data feed nothing", () => {
  const raster = Uint8Array.of(0x1d, 0x76, 0x30, 0, 2, 0, 3, 0, 10, 10, 10, 10, 10, 10);
  assert.equal(feedDots(raster), 3);
  assert.equal(feedDots(Uint8Array.of(...raster, 0x0a)), 33);
});
