/** An amount, then a scan that comes in pieces: what stands there and what is charged is what the person typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as views from "../../../test/web-support/views.ts";
import { afterBrokenScan, nothingTyped, typeAt } from "./draft.ts";
import type { Typed } from "./draft.ts";
import { codeRules } from "../payment/code-form.ts";
import { readScan } from "./code.ts";
import { isCutCode, streamGapMs } from "./scan.ts";
import type { ScanResult } from "./scan.ts";
import { screenOf } from "./screen.ts";
import { afterQuiet, noKeys, onKeyPressed, tailMs } from "./tail.ts";
import type { KeysStep } from "./tail.ts";

type Press = readonly [key: string, gapMs: number];

/** The amount at the till under these keys, as the page keeps it, and what each scan charged. */
class Till {
  amount: Typed = nothingTyped;
  readonly charged: string[] = [];
  /** What an Enter opened a sale with. */
  readonly opened: string[] = [];
  isTold = false;
  isToldToWait = false;
  #state = noKeys;
  #atMs = 1_000;
  #before = nothingTyped;
  #beforeStream = nothingTyped;

  press(presses: readonly Press[]): this {
    for (const [key, gapMs] of presses) {
      this.#atMs += gapMs;
      this.#take(onKeyPressed(this.#state, key, this.#atMs));
    }
    return this;
  }

  /** A person looks up and does nothing for a while. */
  pause(ms = streamGapMs + 1): this {
    this.#atMs += ms;
    this.#take(afterQuiet(this.#state, this.#atMs));
    return this;
  }

  #take(step: KeysStep): void {
    this.#state = step.state;
    for (const result of step.results) this.#on(result);
  }

  #on(result: ScanResult): void {
    switch (result.kind) {
      case "typed":
        this.#before = this.amount;
        if (result.begins) this.#beforeStream = this.amount;
        for (const key of result.keys) {
          if (key === "Enter") this.opened.push(this.amount.draft);
          else this.amount = typeAt(this.amount, key);
        }
        return;
      case "ignored":
        this.isToldToWait ||= result.isHand;
        return;
      case "taken_back":
        this.amount = this.#before;
        return;
      case "broken":
        if (result.typed !== "nothing") this.amount = this.#beforeStream;
        this.#before = this.amount;
        return this.#broken(result.typed === "unclear");
      case "scanned":
        if (result.amountInDoubt) this.#broken(false);
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
const digitsOf = (count: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count })
    .map((all) => all.join(""));
/** A code of any wallet, or digits that are no wallet's and don't end in one's. */
const code = fc.oneof(
  fc
    .constantFrom(...codeRules)
    .chain(({ prefixes, digitsMin, digitsMax }) =>
      fc
        .tuple(fc.constantFrom(...prefixes), fc.integer({ min: digitsMin, max: digitsMax }))
        .chain(([prefix, length]) => digitsOf(length - 2).map((rest) => prefix + rest)),
    ),
  fc
    .integer({ min: 14, max: 22 })
    .chain(digitsOf)
    .map((rest) => `47${rest}`)
    .filter((text) => [1, 2].every((n) => readScan(text.slice(n)).kind !== "other_wallet")),
);
/** What stands there is what was typed; or nothing; or it is looked at once more before it is charged. */
function isSafe({ amount: { draft, unsure }, isTold }: Till, amount: string): boolean {
  return draft === amount || (isTold && (draft === "" || unsure));
}

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
        assert.ok(isSafe(till, amount), `${till.amount.draft} for ${amount}`);
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
        assert.ok(isSafe(till, amount), `${till.amount.draft} for ${amount}`);
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
    till
      .pause(tailMs)
      .press([["6", 100]])
      .pause();
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

test("a scan with one gap anywhere, up to 1.5 s: the amount as typed or none, and its Enter opens nothing", () => {
  fc.assert(
    fc.property(
      fc.option(typedAmount, { nil: "" }),
      fc.integer({ min: 60, max: 4_000 }),
      code,
      fc.nat({ max: 24 }),
      fc.integer({ min: 3, max: 1_500 }),
      (amount, turnMs, scanned, place, gapMs) => {
        // A digit, a pause and a whole payment code are what a person and a scanner do.
        fc.pre(scanned.length < 19 || readScan(scanned.slice(1)).kind !== "payment_code");
        const keys = [...scanned.split(""), "Enter"].map((key, index): Press => [
          key,
          index === 0 ? turnMs : index === place ? gapMs : 8,
        ]);
        const till = new Till()
          .press(amount.split("").map((key): Press => [key, 90]))
          .press(keys)
          .pause();
        assert.ok(isSafe(till, amount), `${till.amount.draft} for ${amount}`);
        assert.deepEqual(till.opened, []);
        till.press(scan(whole)).pause();
        for (const charged of till.charged) assert.equal(charged, amount);
      },
    ),
    { numRuns: 4_000 },
  );
});

test("the tail of a broken code is no amount, and a person types again when it can't come any more", () => {
  for (const gapMs of [450, 700, 1_000, 1_500]) {
    const till = new Till().press("25.8".split("").map((key): Press => [key, 90])).pause(tailMs);
    till.press(digits(whole.slice(0, 16))).press([
      [whole[16] ?? "", gapMs],
      ["8", 8],
      ["Enter", 8],
    ]);
    till.pause();
    assert.deepEqual([till.amount.draft, till.amount.unsure, till.opened], ["25.8", true, []]);
    till.pause(tailMs).press([
      ["7", 90],
      ["Enter", 300],
    ]);
    assert.deepEqual(till.opened, ["7"]);
  }
});

test("the keys 00 and 000 of a number pad are a hand's", () => {
  const till = new Till().press(digits(whole.slice(0, 12))).pause(800);
  assert.equal(till.isTold, true);
  till
    .press([
      ["5", 3_000],
      ["0", 100],
      ["0", 2],
    ])
    .pause();
  assert.equal(till.amount.draft, "500");
  till.press(scan(whole));
  assert.deepEqual(till.charged, ["500"]);
});

test("another wallet's code just after the amount is told as such, and the amount stays", () => {
  for (const [amount, isInDoubt] of [
    ["137", false],
    ["50", true],
  ] as const) {
    const till = new Till().press(amount.split("").map((key): Press => [key, 150])).pause(500);
    till.press(scan("134567890123456789")).pause();
    assert.deepEqual(
      [till.amount.draft, till.amount.unsure, till.charged],
      [amount, isInDoubt, []],
    );
  }
});

test("who types on into the silence after a broken scan gets the whole amount or none of it", () => {
  for (const firstMs of [300, 2_000, 2_700, 2_990, 3_500]) {
    const till = new Till().press(digits("28123456")).pause();
    till.press("128.50".split("").map((key, index): Press => [key, index === 0 ? firstMs : 500]));
    till.pause();
    assert.match(till.amount.draft, /^(128\.50)?$/);
    assert.equal(till.isToldToWait, till.amount.draft === "");
  }
});

/** So long a pause of a hand may mean a new amount; everything shorter is one amount. */
const wholeOrNothing = (till: Till, amount: string): void => {
  assert.ok(till.amount.draft === amount || till.amount.draft === "", till.amount.draft);
  assert.equal(till.isToldToWait, till.amount.draft === "");
  assert.deepEqual(
    till.opened.filter((draft) => draft !== "" && draft !== amount),
    [],
  );
};

test("a slow hand after a broken scan is not heard from the middle of its amount", () => {
  for (const [amount, gaps] of [
    ["1280", [2_100, 300, 1_600, 300]],
    ["128", [1_000, 1_500, 1_700]],
    ["128", [2_400, 2_900, 2_900]],
    ["12", [2_540, 1_600]],
  ] as const) {
    const till = new Till().press(digits("28123456")).pause();
    till.press(amount.split("").map((key, index): Press => [key, gaps[index] ?? 0]));
    till.press([["Enter", 500]]).pause();
    assert.deepEqual([till.amount.draft, till.opened, till.isToldToWait], ["", [], true]);
    till.pause(tailMs).press([
      ["7", 90],
      ["Enter", 300],
    ]);
    assert.deepEqual(till.opened, ["7"]);
  }
});

test("one lone key that is dropped is told: the person may look up before the rest", () => {
  const till = new Till().press(digits("28123456")).pause();
  till.press([["1", 2_000]]).pause();
  assert.equal(till.isToldToWait, true);
});

test("the tail of a scan, with its Enter, tells nobody to wait", () => {
  const till = new Till().press(digits("28123456")).pause(700);
  till.press([...digits("78"), ["Enter", 8]]).pause();
  assert.deepEqual([till.amount.draft, till.opened, till.isToldToWait], ["", [], false]);
});

test("at any pace after a broken scan an amount is heard from its beginning or not at all", () => {
  const gap = fc.oneof(
    fc.integer({ min: 60, max: 1_000 }),
    fc.integer({ min: 1_000, max: tailMs - 1 }),
  );
  fc.assert(
    fc.property(
      typedAmount,
      fc.integer({ min: 300, max: 5_000 }),
      fc.array(gap, { minLength: 9, maxLength: 9 }),
      fc.boolean(),
      (amount, firstMs, gaps, withEnter) => {
        const keys = [...amount.split(""), ...(withEnter ? ["Enter"] : [])];
        const till = new Till().press(digits("28123456")).pause();
        till.press(
          keys.map((key, index): Press => [key, index === 0 ? firstMs : (gaps[index - 1] ?? 90)]),
        );
        till.pause();
        wholeOrNothing(till, amount);
        till.press(scan(whole)).pause();
        for (const charged of till.charged) assert.equal(charged, amount);
      },
    ),
    { numRuns: 4_000 },
  );
});

test("with pauses up to 5 s too: what is heard began after a pause, and a key that was not was told", () => {
  fc.assert(
    fc.property(
      typedAmount,
      fc.integer({ min: 300, max: 5_000 }),
      fc.array(fc.integer({ min: 60, max: 5_000 }), { minLength: 8, maxLength: 8 }),
      (amount, firstMs, gaps) => {
        const till = new Till().press(digits("28123456")).pause();
        till.press(
          amount
            .split("")
            .map((key, index): Press => [key, index === 0 ? firstMs : (gaps[index - 1] ?? 90)]),
        );
        till.pause();
        const starts = amount
          .split("")
          .flatMap((_, index) => (index === 0 || (gaps[index - 1] ?? 0) >= tailMs ? [index] : []));
        const heard = starts.map((from) => typed(amount.slice(from)));
        assert.ok(["", ...heard].includes(till.amount.draft), till.amount.draft);
        assert.equal(till.isToldToWait, till.amount.draft !== amount);
      },
    ),
    { numRuns: 4_000 },
  );
});

const typed = (keys: string): string =>
  keys.split("").reduce((amount, key) => typeAt(amount, key), nothingTyped).draft;
