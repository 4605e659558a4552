import assert from "node:assert/strict";
import { test } from "node:test";
import { drawQr } from "./drawn-qr.ts";

const colour = "\u001B[";
const address = "https://qr.example.com/bax00000000000000";

test("a QR in a pipe or a file is plain blocks; on a screen it has its colours", async () => {
  const plain = await drawQr(address, false);
  assert.ok(!plain.includes(colour));
  assert.match(plain, /^[ ▀▄█\n]+$/);
  assert.ok(plain.split("\n").length > 12);
  assert.ok((await drawQr(address, true)).includes(colour));
});
