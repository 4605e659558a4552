/** What the screen says of a charge whose outcome is open. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as views from "../../../test/web-support/views.ts";
import { nothingTyped } from "./draft.ts";
import { screenOf } from "./screen.ts";

test("asked once isn't told in the plural", () => {
  const told = [1, 2].map((queries_asked) => {
    const attempt = views.attempt({ state: "unknown", queries_asked });
    const sale = { ...views.confirming(), attempt };
    const rest = { taps: false, sameAmountAs: null, again: null, incident: null, away: false };
    return screenOf(views.till(), { ...nothingTyped, ...rest, sale }, views.nowMs).plain.en;
  });
  assert.match(told.join(), /asked once so far.*asked 2 times so far/);
});
