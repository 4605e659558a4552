/**
 * `kill -9` of the box in the middle of everything: the next start brings each sale to one outcome and one receipt (or a
 * named hold or question), as the gateway's book and the printer's paper say, not as we say.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { SaleView } from "../../src/core/till/view.ts";
import { RealBox } from "./support/real-box.ts";

let box: RealBox;
before(async () => (box = await RealBox.open(20)));
after(() => box.close());
beforeEach(async () => {
  await box.control("POST", "/printer/state", {
    power: "on",
    paper: "ok",
    paper_left_mm: null,
    cover: "closed",
    speed_mm_per_s: 0,
    power_loss: null,
  });
  await box.control("POST", "/control/gateway", { mode: "up" });
  await box.control("DELETE", "/control/faults");
});

const unmarked = (papers: readonly string[], sale: SaleView): number =>
  papers.filter(
    (text) =>
      text.includes(`${sale.receipt?.number}`) &&
      text.includes("收款小票") &&
      !/补打|重印/.test(text),
  ).length;
const jobState = (sale: SaleView): string => sale.receipt?.job?.state ?? "none";
const settled = (sale: SaleView): boolean =>
  (sale.outcome === "paid" && ["confirmed", "doubtful"].includes(jobState(sale))) ||
  sale.outcome === "declined" ||
  sale.outcome === "reversed";

/** Kills, starts again, puts the world right, and holds every rule about this sale's end. */
async function surviveKill(
  saleId: string,
  takenBefore: number,
  putRight: () => Promise<unknown> = async () => {},
): Promise<SaleView> {
  await box.kill();
  await box.start();
  await putRight();
  const sale = await box.until(saleId, settled);
  const taken = (await box.takenFen()) - takenBefore;
  assert.equal(taken, sale.outcome === "paid" ? sale.amount_fen : 0, JSON.stringify(sale.attempt));
  assert.equal(sale.attempts.length, 1);
  assert.ok(unmarked(await box.papers(), sale) <= 1);
  if (jobState(sale) === "confirmed") assert.equal(unmarked(await box.papers(), sale), 1);
  if (jobState(sale) !== "doubtful") return sale;
  // The printer's own late proof may come first; then there is nothing left to answer.
  await box
    .ask("POST", `/api/jobs/${sale.receipt?.job?.id}/answer`, { printed: false })
    .catch((error: unknown) => assert.match(String(error), /paper_not_doubtful/));
  const done = await box.until(saleId, (one) => jobState(one) === "confirmed");
  assert.ok(unmarked(await box.papers(), sale) <= 1, "a copy is marked");
  return done;
}

/** Until the gateway has booked something more. */
async function booked(takenBefore: number): Promise<void> {
  while ((await box.takenFen()) === takenBefore) await new Promise((done) => setTimeout(done, 20));
}

describe("killed while", () => {
  test("the paper is out before the print", async () => {
    await fetch(`${box.url}/api/gate/override`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    await box.control("POST", "/printer/state", { paper: "out" });
    const taken = await box.takenFen();
    const saleId = await box.begin("12.80");
    await box.until(saleId, (sale) => jobState(sale) === "held");
    const sale = await surviveKill(saleId, taken, () =>
      box.control("POST", "/printer/state", { paper: "ok" }),
    );
    assert.equal(
      sale.receipt?.job?.mark,
      "original",
      "nothing had been sent, so it is still the original",
    );
  });

  test("the paper ran out during the print", async () => {
    await box.control("POST", "/printer/state", { paper_left_mm: 30 });
    const taken = await box.takenFen();
    const saleId = await box.begin("13.80");
    await box.until(saleId, (sale) => sale.receipt?.job?.hold === "paper_out");
    await surviveKill(saleId, taken, () =>
      box.control("POST", "/printer/state", { paper: "ok", paper_left_mm: null }),
    );
  });

  test("the receipt is confirmed and the paper ran out after it", async () => {
    const taken = await box.takenFen();
    const saleId = await box.begin("14.80");
    await box.until(saleId, (sale) => jobState(sale) === "confirmed");
    await box.control("POST", "/printer/state", { paper: "out" });
    await surviveKill(saleId, taken);
  });

  test("the printer was switched off during the print", async () => {
    await box.control("POST", "/printer/state", { speed_mm_per_s: 40 });
    const taken = await box.takenFen();
    const saleId = await box.begin("15.80");
    await box.until(saleId, (sale) => jobState(sale) === "sending");
    await box.control("POST", "/printer/state", { power: "off" });
    await surviveKill(saleId, taken, () =>
      box.control("POST", "/printer/state", { power: "on", speed_mm_per_s: 0 }),
    );
  });

  test("the buyer is asked for a password and confirms after 20 s", async () => {
    const taken = await box.takenFen();
    const saleId = await box.begin("800.01");
    await box.until(saleId, (sale) => sale.attempt?.state === "awaiting_buyer");
    const sale = await surviveKill(saleId, taken);
    assert.equal(sale.outcome, "paid");
  });

  test("the buyer is asked for a password and never confirms", async () => {
    const taken = await box.takenFen();
    const saleId = await box.begin("800.02");
    await box.until(saleId, (sale) => sale.attempt?.state === "awaiting_buyer");
    assert.equal((await surviveKill(saleId, taken)).outcome, "reversed");
  });

  test("the answer got lost after the charge", async () => {
    const taken = await box.takenFen();
    const saleId = await box.begin("800.04");
    await booked(taken);
    assert.equal((await surviveKill(saleId, taken)).outcome, "paid");
  });

  test("the request was sent and nothing was charged", async () => {
    const taken = await box.takenFen();
    const saleId = await box.begin("800.05");
    assert.equal((await surviveKill(saleId, taken)).outcome, "reversed");
  });

  test("the code was refused for balance", async () => {
    await box.control("POST", "/control/faults", {
      behaviour: "sub_code",
      sub_code: "ACQ.BUYER_BALANCE_NOT_ENOUGH",
      method: "alipay.trade.pay",
      times: 1,
    });
    const taken = await box.takenFen();
    const saleId = await box.begin("16.80");
    await box.until(saleId, (sale) => sale.outcome === "declined");
    assert.equal((await surviveKill(saleId, taken)).outcome, "declined");
  });

  test("the gateway is down for two minutes (6 s here)", async () => {
    await box.control("POST", "/control/gateway", { mode: "down", seconds: 6 });
    const taken = await box.takenFen();
    const saleId = await box.begin("17.80");
    assert.equal((await surviveKill(saleId, taken)).outcome, "reversed");
  });
});

test("killed at any instant of an ordinary sale: one outcome, at most one unmarked paper", async () => {
  for (let delayMs = 0; delayMs <= 60; delayMs += 6) {
    const taken = await box.takenFen();
    const body = { amount: "1.23", code: await box.code(), wait_ms: 0 };
    const sent = box.ask<SaleView>("POST", "/api/sell", body).catch(() => null);
    await new Promise((done) => setTimeout(done, delayMs));
    await box.kill();
    const answered = await sent;
    await box.start();
    const { data } = await box.ask<{ data: readonly { sale_id: string }[] }>(
      "GET",
      "/api/sales?limit=1",
    );
    const saleId = answered?.sale_id ?? data[0]?.sale_id;
    if (saleId === undefined) continue;
    const sale = await box.until(saleId, (one) => settled(one) || one.outcome === null);
    const expected = sale.outcome === "paid" ? await latestPaid(taken, sale) : 0;
    assert.equal(
      (await box.takenFen()) - taken,
      expected,
      `killed after ${delayMs} ms: ${JSON.stringify(sale)}`,
    );
    assert.ok(unmarked(await box.papers(), sale) <= 1, `killed after ${delayMs} ms`);
  }
});

/** The newest sale may be one of an earlier round when this one was killed before it was written down. */
async function latestPaid(takenBefore: number, sale: SaleView): Promise<number> {
  return (await box.takenFen()) === takenBefore ? 0 : sale.amount_fen;
}

test("SIGTERM ends the box within 5 s at any moment, and the sandbox with it", async () => {
  await box.begin("800.02");
  const tookMs = await box.terminate();
  assert.ok(tookMs < 5_000, `${tookMs} ms`);
  await assert.rejects(fetch(`${box.sandbox}/control/trades`));
});
