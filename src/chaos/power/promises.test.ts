/** What was told or done before a cut, and how its loss would show. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { paper, receiptLines, trade } from "../../simulation/auditor/history.ts";
import * as views from "../../../test/web-support/views.ts";
import { promisedByAnswer, promisedByPaper, promisedByTrade, type Stores } from "./promises.ts";

const everything: Stores = {
  saleState: () => "paid",
  attemptState: () => "paid",
  receiptOf: () => "T01-000001",
  jobStates: () => ["confirmed"],
  hubState: () => "paid",
};
const without = (change: Partial<Stores>): Stores => ({ ...everything, ...change });

describe("an answer about a paid sale, its paper proven", () => {
  const { missing } = promisedByAnswer(views.paid(), 1_000);

  test("is kept", () => assert.equal(missing(everything), null));
  test("is broken where the sale is gone", () =>
    assert.equal(missing(without({ saleState: () => null })), "the sale is gone"));
  test("is broken where its attempt is gone, or open again", () => {
    assert.equal(missing(without({ attemptState: () => null })), "its attempt is gone");
    assert.equal(missing(without({ attemptState: () => "created" })), "paid became created");
  });
  test("is broken where the receipt or its proof is gone", () => {
    assert.equal(missing(without({ receiptOf: () => null })), "its receipt is gone");
    const unproven = without({ jobStates: () => ["sending", "queued"] });
    assert.equal(missing(unproven), "the proof of its paper is gone");
  });
});

test("an answer about an open attempt promises that there is one, not how it stands", () => {
  const { missing } = promisedByAnswer(views.confirming(), 1_000);
  assert.equal(missing(without({ attemptState: () => "created" })), null);
});

test("an order that the gateway saw is known to terminal and hub", () => {
  const { missing } = promisedByTrade(trade("A", 1280));
  assert.equal(missing(everything), null);
  assert.equal(missing(without({ attemptState: () => null })), "the terminal doesn't know it");
  assert.equal(missing(without({ hubState: () => null })), "the hub doesn't know it");
});

test("a paper that came out has a job that says that bytes may have left", () => {
  const [promised] = promisedByPaper(paper(1, receiptLines("T01-000001", 1280)));
  assert.equal(promised?.missing(without({ jobStates: () => ["sending"] })), null);
  assert.equal(promised?.missing(without({ jobStates: () => ["held"] })), "its job is held");
  assert.equal(promised?.missing(without({ jobStates: () => [] })), "its job is gone");
});
