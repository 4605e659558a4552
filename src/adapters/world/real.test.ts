import assert from "node:assert/strict";
import { test } from "node:test";
import { realWorld } from "./real.ts";

test("tokens hold 128 bits or more and fit into an address", () => {
  const tokens = Array.from({ length: 100 }, () => realWorld.newToken());
  for (const token of tokens) assert.match(token, /^[A-Za-z0-9_-]{22,}$/);
  assert.equal(new Set(tokens).size, 100);
  assert.notEqual(realWorld.newId(), realWorld.newId());
});

test("the hash is SHA-256 of the text's UTF-8 bytes", () => {
  // FIPS 180-2 appendix B.1, and two characters of three bytes each as sha256sum has them.
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assert.equal(realWorld.sha256("abc"), abc);
  const text = "e2f5afe879fd2fcf027de37468b9db2f7cf0d43f65452cb30476c5f8cc1e8894";
  assert.equal(realWorld.sha256("abc"), abc);
  assert.equal(realWorld.sha256("出票"), text);
});

test("after calls once and not early, and can be called off", async () => {
  const startMs = realWorld.monotonicMs();
  let calls = 0;
  const callOff = realWorld.after(5, () => (calls += 1));
  await new Promise<void>((resolve) => realWorld.after(20, resolve));
  assert.ok(realWorld.monotonicMs() - startMs >= 20);
  assert.equal(calls, 1);
  callOff();
  const never = realWorld.after(5, () => (calls += 1));
  never();
  await new Promise<void>((resolve) => realWorld.after(20, resolve));
  assert.equal(calls, 1);
  assert.throws(() => realWorld.after(2 ** 31, () => undefined), RangeError);
  assert.throws(() => realWorld.after(NaN, () => undefined), RangeError);
});
