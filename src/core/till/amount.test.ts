/** An amount, then a scan that comes in pieces: what stands there and what is charged is what the person typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as views from "../../../test/web-support/views.ts";
import { afterBrokenScan, nothingTyped, typeAt } from "./draft.ts";
import type { Typed } from "./draft.ts";
import { readScan } from "./code.ts";
import { afterSilence, isCutCode, noScan, onScanKey, streamGapMs } from "./scan.ts";
import type { ScanResult, ScanState } from "./scan.ts";
import { screenOf } from "./screen.ts";

type Press = readonly [key: string, gapMs: number];

/** The amount at the till under these keys, as the page keeps it, and what each scan charged. */
class Till {
  amount: Typed = nothingTyped;
  readonly charged: string[] = [];
  isTold = false;
  #state: ScanState = noScan;
  #atMs = 1_000;
  #before = nothingTyped;
  #beforeStream = nothingTyped;

  press(presses: readonly Press[]): this {
    for (const [key, gapMs] of presses) {
      this.#atMs += gapMs;
      this.#take(onScanKey(this.#state, key, this.#atMs));
    }
    return this;
  }

  /** A person looks up and does nothing for a while. */
  pause(): this {
    this.#atMs += streamGapMs + 1;
    this.#take(afterSilence(this.#state, this.#atMs));
    return this;
  }

  #take(step: { readonly state: ScanState; readonly results: readonly ScanResult[] }): void {
    this.#state = step.state;
    for (const result of step.results) this.#on(result);
  }

  #on(result: ScanResult): void {
    switch (result.kind) {
      case "typed":
        this.#before = this.amount;
        if (result.begins) this.#beforeStream = this.amount;
        for (const key of result.keys) if (key !== "Enter") this.amount = typeAt(this.amount, key);
        return;
      case "taken_back":
        this.amount = this.#before;
        return;
      case "broken":
        if (result.typed !== "nothing") this.amount = this.#beforeStream;
        this.#before = this.amount;
        return this.#broken(result.typed === "unclear");
      case "scanned":
        if (isCutCode(result.text) && readScan(result.text).kind === "not_a_code")
          return this.#broken(false);
        if (readScan(result.text).kind !== "payment_code") return;
        if (this.#takesCode()) this.charged.push(this.amount.draft);
    }
  }

  #broken(isDoubtful: boolean): void {
    this.amount = afterBrokenScan(this.amount, isDoubtful);
    this.isTold = true;
  }

  #takesCode(): boolean {
    const input = {
      sale: null,
      sameAmountAs: null,
      again: null,
      incident: null,
      away: false,
      taps: false,
      ...this.amount,
    };
    return screenOf(views.till(), input, views.nowMs).takesCode === true;
  }
}

const scannerGaps: readonly number[] = [3, 8, 20, 30, 49, 50, 60, 70, 100, 150, 300, 400];
const digits = (text: string): Press[] => text.split("").map((key) => [key, 8]);
const scan = (code: string): Press[] => [...digits(code), ["Enter", 8]];
const whole = "281234567890123456";

const typedAmount = fc
  .tuple(fc.integer({ min: 1, max: 49_999 }), fc.constantFrom("", ".5", ".05", ".50"))
  .map(([yuan, decimals]) => `${yuan}${decimals}`);
/** 16 to 24 digits: a payment code, or any others. */
const code = fc
  .tuple(
    fc.constantFrom("25", "26", "27", "28", "29", "30", "13", "62", "01", "47"),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 22 }),
  )
  .map(([prefix, rest]) => prefix + rest.join(""));

test("a typed amount and a scan with gaps anywhere: the amount as typed or none, and no other is charged", () => {
  fc.assert(
    fc.property(
      typedAmount,
      fc.integer({ min: 60, max: 300 }),
      fc.oneof(fc.constantFrom(...scannerGaps.filter((gap) => gap >= 60)), fc.constant(1_000)),
      code,
      fc.array(fc.constantFrom(...scannerGaps), { minLength: 25, maxLength: 25 }),
      fc.array(fc.nat({ max: 25 }), { maxLength: 4 }),
      (amount, handMs, turnMs, scanned, gaps, places) => {
        const typing = amount.split("").map((key): Press => [key, handMs]);
        const keys = [...scanned.split(""), "Enter"].map((key, index): Press => [
          key,
          places.includes(index) ? (gaps[index] ?? 8) : 8,
        ]);
        const [first, ...rest] = keys;
        const till = new Till()
          .press(typing)
          .press([[first?.[0] ?? "", turnMs], ...rest])
          .pause();
        const { draft } = till.amount;
        assert.ok(draft === amount || (draft === "" && till.isTold), `${draft} for ${amount}`);
        till.press(scan(whole)).pause();
        for (const charged of till.charged) assert.equal(charged, amount);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("gaps anywhere in all of the scan, not only at four places", () => {
  fc.assert(
    fc.property(
      typedAmount,
      code,
      fc.array(fc.constantFrom(...scannerGaps), { minLength: 25, maxLength: 25 }),
      (amount, scanned, gaps) => {
        const typing = amount.split("").map((key): Press => [key, 90]);
        const keys = [...scanned.split(""), "Enter"].map((key, index): Press => [
          key,
          index === 0 ? Math.max(60, gaps[0] ?? 60) : (gaps[index] ?? 8),
        ]);
        const till = new Till().press(typing).press(keys).pause();
        const { draft } = till.amount;
        assert.ok(draft === amount || (draft === "" && till.isTold), `${draft} for ${amount}`);
        till.press(scan(whole)).pause();
        for (const charged of till.charged) assert.equal(charged, amount);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("5, then a code cut after two digits: 5 stays, and is confirmed before the next code is charged", () => {
  for (const gapMs of [40, 70, 100, 150, 300]) {
    const till = new Till().press([["5", 100]]).pause();
    till.press([...digits("28"), ["1", gapMs], ...scan(whole.slice(3))]).pause();
    assert.deepEqual([till.amount.draft, till.charged], gapMs < 50 ? ["5", ["5"]] : ["5", []]);
    if (gapMs < 50) continue;
    till.press(scan(whole)).pause();
    assert.deepEqual(till.charged, []);
    till.press([["6", 100]]).pause();
    assert.equal(till.amount.draft, "6");
    till.press(scan(whole));
    assert.deepEqual(till.charged, ["6"]);
  }
});

test("a code that is cut by more than any stream's gap still charges nothing before the amount is confirmed", () => {
  const till = new Till().press([["5", 100]]).pause();
  till.press(digits("28")).pause();
  till.press(scan(whole.slice(2)).map(([key]): Press => [key === "1" ? "7" : key, 8])).pause();
  till.press(scan(whole)).pause();
  assert.deepEqual(till.charged, []);
});
