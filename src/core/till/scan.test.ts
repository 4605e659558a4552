/** Scanner or person: told by the gaps between keys, and no digit of a code ever gets through as typing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  afterSilence,
  atTheAmount,
  burstGapMs,
  inAField,
  isCutCode,
  lateEnterMs,
  noScan,
  onScanKey,
  streamGapMs,
} from "./scan.ts";
import type { Place, ScanResult, ScanState } from "./scan.ts";

/** Presses keys at their times, with the silence that a page would notice in between. */
function press(
  presses: readonly (readonly [key: string, atMs: number])[],
  place: Place = atTheAmount,
): ScanResult[] {
  let state: ScanState = noScan;
  const results: ScanResult[] = [];
  for (const [key, atMs] of presses) {
    const step = onScanKey(state, key, atMs, place);
    state = step.state;
    results.push(...step.results);
  }
  const endMs = (presses.at(-1)?.[1] ?? 0) + burstGapMs;
  results.push(...afterSilence(state, endMs, place).results);
  return results;
}

const every = (gapMs: number, keys: string, startMs = 1000): [string, number][] =>
  keys.split("").map((key, index) => [key, startMs + index * gapMs]);
const withEnter = (gapMs: number, keys: string, startMs = 1000): [string, number][] => [
  ...every(gapMs, keys, startMs),
  ["Enter", startMs + keys.length * gapMs],
];
const typedOf = (results: readonly ScanResult[]): string =>
  results.flatMap((one) => (one.kind === "typed" ? one.keys : [])).join("");

const code = "281234567890123456";

test("8 ms a key is a scan, swallowed whole", () => {
  assert.deepEqual(press(withEnter(8, code)), [
    { kind: "scanned", text: code, amountInDoubt: false },
  ]);
});

test("120 ms a key is a person: an amount, or a long number in a field", () => {
  assert.equal(typedOf(press(withEnter(120, "50000.00"))), "50000.00Enter");
  assert.equal(typedOf(press(withEnter(120, code), inAField)), `${code}Enter`);
});

test("more digits in one go than an amount has are a code, however slow", () => {
  const results = press(withEnter(120, code));
  assert.deepEqual(results.at(-1), { kind: "broken", typed: "unclear", endless: true });
});

test("a piece of a code, too fast for a hand, is no amount", () => {
  const results = press(withEnter(8, "281234"));
  assert.deepEqual(results, [{ kind: "broken", typed: "nothing", endless: false }]);
  assert.equal(typedOf(press(withEnter(8, "281234"), inAField)), "281234Enter");
});

test("the head of a code is no typing; a single digit that may be a hand's spoils the amount", () => {
  const headThen = (head: string, gapMs: number) =>
    press([
      ...every(8, head),
      ...withEnter(8, code.slice(head.length), 1000 + head.length * 8 + gapMs),
    ]).at(-1);
  for (const gapMs of [60, 100, 300, 400]) {
    assert.deepEqual(headThen("28", gapMs), { kind: "broken", typed: "nothing", endless: true });
    assert.deepEqual(headThen("2", gapMs), { kind: "broken", typed: "unclear", endless: false });
  }
});

test("a scan close behind a typed digit is not used: the amount may be unfinished", () => {
  const results = press([...every(120, "12"), ...withEnter(8, code, 1400)]);
  assert.deepEqual(results.at(-1), { kind: "broken", typed: "unclear", endless: false });
});

test("a quick hand on the number pad is typing", () => {
  assert.equal(typedOf(press(withEnter(40, "12850"))), "12850Enter");
});

test("a digit typed just before a scan stays typed; the scan is whole", () => {
  const results = press([...every(120, "12"), ...withEnter(8, code, 2000)]);
  assert.equal(typedOf(results), "12");
  assert.deepEqual(results.at(-1), { kind: "scanned", text: code, amountInDoubt: false });
});

test("a burst without Enter is broken, and its late tail is swallowed", () => {
  const results = press([
    ...every(8, code.slice(0, 12)),
    ...withEnter(8, code.slice(12), 1000 + 12 * 8 + 90),
  ]);
  assert.deepEqual(results, [{ kind: "broken", typed: "nothing", endless: true }]);
});

test("keys let go too early by a busy computer are taken back, and the scan is whole", () => {
  let state = noScan;
  const results: ScanResult[] = [];
  for (const [index, key] of [...code.split(""), "Enter"].entries()) {
    const step = onScanKey(state, key, 1000 + index * 8);
    const late = index === 2 ? afterSilence(step.state, 1000 + index * 8 + 90) : null;
    state = late?.state ?? step.state;
    results.push(...step.results, ...(late?.results ?? []));
  }
  assert.deepEqual(
    results.map((one) => (one.kind === "scanned" ? one.text : one.kind)),
    ["broken", "taken_back", code],
  );
});

test("a code that lost digits is told from other barcodes", () => {
  assert.ok(isCutCode("2812345678"));
  assert.ok(isCutCode(code.slice(2)));
  assert.ok(!isCutCode("281234567"));
  assert.ok(!isCutCode("ABC-1234567890"));
});

test("the late Enter of a broken scan confirms nothing; a person's does", () => {
  const broken = every(8, code.slice(0, 12));
  const endMs = 1000 + 11 * 8;
  assert.equal(typedOf(press([...broken, ["Enter", endMs + 800]])), "");
  assert.equal(typedOf(press([...broken, ["Enter", endMs + lateEnterMs]])), "Enter");
});

test("after a broken burst and silence a person types again", () => {
  const laterMs = 1000 + 12 * 8 + streamGapMs + 20;
  const results = press([...every(8, code.slice(0, 12)), ...every(120, "7", laterMs)]);
  assert.equal(typedOf(results), "7");
});

test("no digit of a burst of eight or more is ever typed, at any pace under the gap", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 49 })), {
        minLength: 8,
        maxLength: 40,
      }),
      fc.boolean(),
      (burst, endsWithEnter) => {
        let atMs = 1000;
        const presses = burst.map(([digit, gapMs]): [string, number] => {
          atMs += gapMs;
          return [String(digit), atMs];
        });
        if (endsWithEnter) presses.push(["Enter", atMs + 10]);
        assert.equal(typedOf(press(presses)), "");
      },
    ),
  );
});

test("a person's keys all arrive, in their order", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.constantFrom(..."0123456789.".split("")), fc.integer({ min: 60, max: 2000 })),
        {
          maxLength: atTheAmount.digitsMax,
        },
      ),
      (slow) => {
        let atMs = 0;
        const presses = slow.map(([key, gapMs]): [string, number] => {
          atMs += gapMs;
          return [key, atMs];
        });
        assert.equal(typedOf(press(presses)), slow.map(([key]) => key).join(""));
      },
    ),
  );
});
