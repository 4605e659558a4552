import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type LiveOrder, outcomeMsMax, Promised } from "./promised.ts";

const calmMs = 1_000_000;
const order = (orderNo: string, begunAtMs: number): LiveOrder => ({
  saleId: "S1",
  orderNo,
  state: "awaiting_buyer",
  begunAtMs,
});

test("what the weather left must be decided in the promised time of calm", () => {
  const promised = new Promised(calmMs);
  promised.look(calmMs + outcomeMsMax - 1, () => assert.fail("too early to look"));
  promised.look(calmMs + outcomeMsMax, () => [order("a", 5)]);
  const fact = { saleId: "S1", what: "attempt", number: "a", state: "awaiting_buyer" };
  assert.deepEqual(promised.late, [{ ...fact, sinceMs: calmMs }]);
});

test("a customer who is charged again in the calm has the whole time once more", () => {
  const promised = new Promised(calmMs);
  const begunAtMs = calmMs + outcomeMsMax - 5_000;
  promised.look(calmMs + outcomeMsMax, () => [order("b", begunAtMs)]);
  assert.deepEqual(promised.late, []);
  assert.equal(promised.lookAtMs, begunAtMs + outcomeMsMax);
  promised.look(promised.lookAtMs, () => []);
  assert.deepEqual(promised.late, [], "decided in time");
});

test("and not more than that", () => {
  const promised = new Promised(calmMs);
  const begunAtMs = calmMs + outcomeMsMax - 5_000;
  const live = (): readonly LiveOrder[] => [order("b", begunAtMs)];
  for (let n = 0; n < 4; n += 1) promised.look(promised.lookAtMs, live);
  assert.deepEqual(
    promised.late.map(({ number, sinceMs }) => ({ number, sinceMs })),
    [{ number: "b", sinceMs: begunAtMs }],
    "told once, with its own beginning",
  );
});

test("whoever looks when it is time finds exactly the orders that took too long", () => {
  const orders = fc.array(
    fc.record({ begun: fc.integer({ min: -500, max: 3_000 }), took: fc.nat({ max: 700 }) }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(orders, (drawn) => {
      const promised = new Promised(calmMs);
      const all = drawn.map(({ begun, took }, n) => {
        const begunAtMs = calmMs + begun * 1_000;
        return { ...order(`${n}`, begunAtMs), endsAtMs: begunAtMs + took * 1_000 };
      });
      while (promised.lookAtMs < calmMs + 5_000_000) {
        const nowMs = promised.lookAtMs;
        promised.look(nowMs, () =>
          all.filter((one) => one.begunAtMs <= nowMs && nowMs < one.endsAtMs),
        );
      }
      const late = all
        .filter((one) => one.endsAtMs > Math.max(calmMs, one.begunAtMs) + outcomeMsMax)
        .map((one) => one.orderNo);
      assert.deepEqual(promised.late.map((one) => one.number).toSorted(), late.toSorted());
    }),
  );
});
