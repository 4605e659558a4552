/** What the cashier sees of a till's sale, for tests that drive the real terminal. */
import assert from "node:assert/strict";
import { fen } from "../../src/core/money/money.ts";
import { alipayTiming } from "../../src/core/payment/timing.ts";
import { saleView } from "../../src/core/till/build.ts";
import type { Screen } from "../../src/core/till/parts.ts";
import { screenOf } from "../../src/core/till/screen.ts";
import type { SaleView } from "../../src/core/till/view.ts";
import type { SaleRecord } from "../../src/ports/journal.ts";
import * as views from "../web-support/views.ts";
import { type Bench, late } from "./terminal-support.ts";

export const viewOf = (record: SaleRecord): SaleView =>
  saleView(record, { timing: alipayTiming, livemode: false });

export const screenFor = (sale: SaleView): Screen =>
  screenOf(
    views.till(),
    {
      sale,
      draft: "",
      replaces: false,
      unsure: false,
      taps: false,
      sameAmountAs: null,
      again: null,
      incident: null,
      away: false,
    },
    views.nowMs,
  );

/** All that the cashier reads of it. */
export function words({ word, headline, plain, caution }: Screen): string {
  const all = [word, headline, plain, ...(caution === null ? [] : [caution])];
  assert.ok(all.every(({ zh, en }) => zh !== "" && en !== "" && !/\{\w+\}/.test(zh + en)));
  return all.map(({ zh }) => zh).join(" · ");
}

export const labels = ({ acts }: Screen): readonly string[] => acts.map(({ label }) => label.zh);

export async function endRefund(
  bench: Bench,
  requestNo: string,
  how: "done" | "refused",
): Promise<void> {
  bench.hub.endRefund(requestNo, how);
  await bench.world.advance(1);
}

/** Money comes after the attempt had ended, for goods that nobody kept, and the hub has given it back. */
export async function lateAndBack(bench: Bench, orderNo: string): Promise<void> {
  await lateGoingBack(bench, orderNo);
  await endRefund(bench, `${orderNo}-late`, "done");
}

export async function lateGoingBack(bench: Bench, orderNo: string): Promise<void> {
  await bench.news(orderNo, late("refund"));
  const [merchantId, requestNo, amountFen] = ["M1", `${orderNo}-late`, fen(2_000)];
  const intent = { merchantId, orderNo, requestNo, amountFen, reason: "", operatorNo: "system" };
  await bench.hub.link.refund(intent);
}
