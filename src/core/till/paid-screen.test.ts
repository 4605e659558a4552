/** The paid screen after a person called the paper off: nothing is asked of the customer any more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as views from "../../../test/web-support/views.ts";
import { sayWithKeys } from "../text/keys.ts";
import type { Screen } from "./parts.ts";
import { screenOf } from "./screen.ts";
import type { TillView } from "./view.ts";

const unopened = { state: "held", hold: "e_receipt_unopened", proof: null } as const;
const waived = { state: "waived", proof: null } as const;

function show(job: Parameters<typeof views.paid>[0], change: Partial<TillView> = {}): Screen {
  const sale = { ...views.paid(job), accepts_e_receipt: true };
  const input = {
    sale,
    draft: "",
    replaces: false,
    unsure: false,
    taps: false,
    sameAmountAs: null,
    again: null,
    incident: null,
    away: false,
  };
  return screenOf(views.till(change), input, views.nowMs);
}

const cautionOf = ({ caution }: Screen): string =>
  caution === null ? "" : sayWithKeys(caution, "zh", false);

test("while the electronic receipt waits to be opened, its code is for the customer", () => {
  const screen = show(unopened);
  assert.equal(cautionOf(screen), "请顾客扫码打开电子小票");
  assert.match(screen.qr ?? "", /^https:/);
});

test("no paper wanted: that is said, and the electronic receipt is a choice", () => {
  const screen = show(waived);
  assert.equal(cautionOf(screen), "不打纸质小票。顾客想要电子小票，按 F7。");
  assert.equal(screen.qr, null);
  assert.equal(screen.acts.find(({ id }) => id === "e_receipt")?.enabled, true);
});

test("where the electronic receipt can't be reached, it isn't offered", () => {
  const screen = show(waived, { receipt_links_reachable: false });
  assert.equal(cautionOf(screen), "不打纸质小票。");
});
