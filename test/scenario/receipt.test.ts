/**
 * One sale, one receipt: the whole box against the real printer stand-in. Each test makes one trouble, and counts what
 * came out: at most one unmarked paper of a number, never none without a named hold.
 */
import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { SaleView } from "../../src/core/till/view.ts";
import { Shop } from "./support/shop.ts";

let shop: Shop;
beforeEach(async () => (shop = await Shop.open({ callTimeoutMs: 600 })));
afterEach(() => shop.close());

const jobIs =
  (state: string) =>
  (sale: SaleView): boolean =>
    sale.receipt?.job?.state === state;
const papersOf = (sale: SaleView): readonly string[] =>
  shop.printedTexts().filter((text) => text.includes(sale.receipt?.number ?? "no number"));
const unmarked = (sale: SaleView): readonly string[] =>
  papersOf(sale).filter((text) => !/补打|重印/.test(text));

function oneOriginal(sale: SaleView): void {
  assert.equal(unmarked(sale).length, 1, papersOf(sale).join("\n----\n"));
}

describe("paper out", () => {
  test("before the sale: held with its cause, prints by itself once loaded", async () => {
    await shop.overrideGate();
    await shop.printer.set({ paper: "out" });
    const held = await shop.sell("12.80");
    assert.equal(held.outcome, "paid");
    assert.equal(held.receipt?.job?.state, "held");
    assert.equal(held.receipt?.job?.hold, "paper_out");
    assert.match(held.advice.zh, /不要再收|不用重新收款/);
    await shop.printer.set({ paper: "ok" });
    oneOriginal(await shop.until(held.sale_id, jobIs("confirmed")));
  });

  test("during the print: stays sending, the buffer's rest comes out once loaded, one paper", async () => {
    await shop.printer.set({ paper_left_mm: 30, speed_mm_per_s: 400 });
    const first = await shop.sell("12.80");
    assert.equal(first.receipt?.job?.state, "sending");
    assert.equal(first.receipt?.job?.hold, "paper_out");
    await shop.printer.set({ paper: "ok", paper_left_mm: null });
    oneOriginal(await shop.until(first.sale_id, jobIs("confirmed")));
  });

  test("after it: the receipt is out and stays confirmed", async () => {
    const sale = await shop.sell("12.80");
    await shop.printer.set({ paper: "out" });
    assert.equal(sale.receipt?.job?.state, "confirmed");
    oneOriginal(sale);
  });
});

describe("other troubles that the printer reports itself", () => {
  test("cover open, then closed", async () => {
    await shop.overrideGate();
    await shop.printer.set({ cover: "open" });
    const held = await shop.sell("12.80");
    assert.equal(held.receipt?.job?.hold, "cover_open");
    await shop.printer.set({ cover: "closed" });
    oneOriginal(await shop.until(held.sale_id, jobIs("confirmed")));
  });

  test("switched off before: unreachable, prints after it is back", async () => {
    await shop.overrideGate();
    await shop.printer.set({ power: "off" });
    const held = await shop.sell("12.80");
    assert.equal(held.receipt?.job?.hold, "unreachable");
    await shop.printer.set({ power: "on" });
    oneOriginal(await shop.until(held.sale_id, jobIs("confirmed"), 30_000));
  });
});

describe("what nobody can know is asked, never guessed", () => {
  test("power lost in mid-receipt: doubtful; not seen -> a marked copy with the same number", async () => {
    await shop.printer.set({ speed_mm_per_s: 200, power_loss: { after_lines: 5 } });
    const sold = await shop.sell("12.80", { wait_ms: 1_000 });
    await shop.printer.set({ power: "on", speed_mm_per_s: 0 });
    const doubtful = await shop.until(sold.sale_id, jobIs("doubtful"), 40_000);
    assert.equal(doubtful.can.answer_printed, true);
    await shop.ask("POST", `/api/jobs/${doubtful.receipt?.job?.id}/answer`, { printed: false });
    const copy = await shop.until(sold.sale_id, jobIs("confirmed"), 20_000);
    assert.equal(copy.receipt?.job?.mark, "replacement");
    assert.equal(copy.receipt?.job?.copy, 1);
    assert.ok(
      papersOf(copy).some((text) => /补打 第1次\s+20\d\d-\S+\s+\S+\s+操作员01/.test(text)),
      papersOf(copy).join("\n----\n"),
    );
    const onOneStrip = papersOf(copy).map((text) => text.split("收款小票").length - 1);
    assert.ok(Math.max(...onOneStrip) === 1, "the copy begins on a strip of its own");
    assert.ok(unmarked(copy).length <= 1);
  });

  test("a printer without answers: the cashier's own word confirms", async () => {
    await shop.close();
    shop = await Shop.open({
      printer: { profile: "mute" },
      profile: {
        processId: false,
        inOrderStatus: false,
        realtimeStatus: false,
        automaticStatus: false,
      },
    });
    const sold = await shop.sell("12.80", { wait_ms: 1_000 });
    const doubtful = await shop.until(sold.sale_id, jobIs("doubtful"), 30_000);
    assert.equal(doubtful.receipt?.job?.doubt, "no_confirmation_possible");
    await shop.ask("POST", `/api/jobs/${doubtful.receipt?.job?.id}/answer`, { printed: true });
    const confirmed = await shop.until(sold.sale_id, jobIs("confirmed"));
    assert.equal(confirmed.receipt?.job?.proof, "person");
    oneOriginal(confirmed);
  });

  test("a clone confirms by its in-order status", async () => {
    await shop.close();
    shop = await Shop.open({ printer: { profile: "clone" }, profile: {} });
    const sale = await shop.sell("12.80");
    assert.equal(sale.receipt?.job?.proof, "status");
    oneOriginal(sale);
  });
});

describe("copies and the electronic receipt", () => {
  test("a reprint is marked, counted, and keeps the number", async () => {
    const sale = await shop.sell("12.80");
    for (const count of [1, 2]) {
      await shop.ask("POST", `/api/sales/${sale.sale_id}/reprint`, {});
      const again = await shop.until(
        sale.sale_id,
        (one) => one.receipt?.job?.copy === count && jobIs("confirmed")(one),
      );
      assert.equal(again.receipt?.number, sale.receipt?.number);
    }
    oneOriginal(sale);
    assert.equal(papersOf(sale).length, 3);
    assert.ok(papersOf(sale)[2]?.includes("补打 第2次"));
  });

  test("the customer opens the electronic receipt: the held paper is called off", async () => {
    await shop.overrideGate();
    await shop.printer.set({ paper: "out" });
    const held = await shop.sell("12.80");
    const path = new URL(held.receipt?.url ?? "").pathname;
    const page = await fetch(`${shop.box.url}${path}`);
    assert.equal(page.status, 200);
    const html = await page.text();
    assert.ok(
      html.includes("12.80") && html.includes(held.receipt?.number ?? "-") && html.includes("演示"),
    );
    assert.doesNotMatch(html, /<script(?! src="\/r\/in-sight.js" defer>)/);
    assert.equal(
      (await shop.ask<SaleView>("GET", `/api/sales/${held.sale_id}`)).body.receipt?.opened_at,
      null,
      "a look is no receipt",
    );
    await fetch(`${shop.box.url}${path}/opened`, { method: "POST" });
    const opened = await shop.until(
      held.sale_id,
      (sale) => sale.receipt?.opened_at !== null && sale.receipt?.opened_at !== undefined,
    );
    assert.equal(opened.receipt?.job?.state, "waived");
    await shop.printer.set({ paper: "ok" });
    assert.equal((await fetch(`${shop.box.url}/r/${"x".repeat(32)}`)).status, 404);
  });

  test("an item's name can't hide an amount or harm the printer", async () => {
    const name = "奶茶{c:EVIL;o:qrcode}|0.01\u001b@\u0010\u0004\u0001😀<script>";
    const sale = await shop.sell("25.60", { items: [{ name, quantity: 2, price_fen: 1_280 }] });
    assert.equal(sale.receipt?.job?.state, "confirmed");
    const text = papersOf(sale)[0] ?? "";
    assert.ok(text.includes("￥25.60") && text.includes("奶茶"));
    const html = await (
      await fetch(`${shop.box.url}${new URL(sale.receipt?.url ?? "").pathname}`)
    ).text();
    assert.doesNotMatch(html, /<script(?! src="\/r\/in-sight.js" defer>)/);
  });
});

describe("a clean stop and start", () => {
  test("with a held paper: the same job prints after it", async () => {
    await shop.overrideGate();
    await shop.printer.set({ paper: "out" });
    const held = await shop.sell("12.80");
    await shop.restart();
    await shop.printer.set({ paper: "ok" });
    const printed = await shop.until(held.sale_id, jobIs("confirmed"));
    assert.equal(printed.receipt?.job?.id, held.receipt?.job?.id);
    oneOriginal(printed);
  });

  test("with an open outcome: it is asked and ends", async () => {
    const first = await shop.sell("800.04", { wait_ms: 0 });
    await shop.restart();
    const paid = await shop.until(first.sale_id, jobIs("confirmed"), 30_000);
    assert.equal(shop.takenFen(paid), paid.amount_fen);
    oneOriginal(paid);
  });

  test("the business day: counts, refuses to hide an open sale, carries it over by name", async () => {
    const paid = await shop.sell("30.00");
    const open = await shop.sell("800.05", { wait_ms: 0 });
    const refused = await shop.ask<{ code: string }>("POST", "/api/day/close", {
      counted_cash: "0",
    });
    assert.equal(refused.body.code, "day_has_open_sales");
    const closed = await shop.ask<{
      close_no: number;
      paid: { amount_fen: number };
      open_sales: { sale_id: string }[];
    }>("POST", "/api/day/close", { counted_cash: "0", carry_over: true });
    assert.equal(closed.body.close_no, 1);
    assert.equal(closed.body.paid.amount_fen, paid.amount_fen);
    assert.deepEqual(
      closed.body.open_sales.map((one) => one.sale_id),
      [open.sale_id],
    );
    const next = await shop.ask<{ paid: { count: number }; close_no: null }>("GET", "/api/day");
    assert.equal(next.body.paid.count, 0);
  });

  test("a PIN is needed once one is set; five wrong ones lock", async () => {
    const cashier = { no: "07", name: "王芳", role: "cashier", pin: "2468" };
    const set = (body: unknown): Promise<{ status: number; body: { code?: string } }> =>
      shop.ask("POST", "/api/operators", body);
    assert.equal((await set(cashier)).body.code, "owner_pin_first");
    await set({ no: "01", name: "店主", role: "owner", pin: "1357" });
    assert.equal((await set(cashier)).body.code, "sign_on_needed");
    await shop.ask("POST", "/api/sign-on", { operator_no: "01", pin: "1357" });
    assert.equal((await set(cashier)).status, 200);
    await shop.ask("POST", "/api/sign-off");
    const refused = await shop.ask<{ code: string }>("POST", "/api/sell", {
      amount: "1.00",
      code: shop.code(),
    });
    assert.equal(refused.body.code, "sign_on_needed");
    for (let tries = 0; tries < 5; tries += 1)
      await shop.ask("POST", "/api/sign-on", { operator_no: "07", pin: "0000" });
    assert.equal(
      (await shop.ask<{ code: string }>("POST", "/api/sign-on", { operator_no: "07", pin: "2468" }))
        .body.code,
      "pin_locked",
    );
    assert.equal(
      (await shop.ask("POST", "/api/sign-on", { operator_no: "01", pin: "1357" })).status,
      200,
    );
    assert.equal((await shop.sell("1.00")).outcome, "paid");
  });
});

test("the same key orders one reprint, however often it is pressed", async () => {
  const sale = await shop.sell("12.80");
  const path = `/api/sales/${sale.sale_id}/reprint`;
  await Promise.all([1, 2, 3].map(() => shop.ask("POST", path, {}, "reprint-1")));
  const again = await shop.until(
    sale.sale_id,
    (one) => one.receipt?.job?.copy === 1 && jobIs("confirmed")(one),
  );
  assert.equal(again.receipt?.copies, 1);
});

test("a customer who takes the electronic receipt gets no paper, and can still have the original", async () => {
  const sale = await shop.sell("12.80", { accept_e_receipt: true });
  assert.equal(sale.receipt?.job?.hold, "e_receipt_unopened");
  assert.equal(papersOf(sale).length, 0);
  await shop.ask("POST", `/api/sales/${sale.sale_id}/reprint`, {});
  const printed = await shop.until(sale.sale_id, jobIs("confirmed"));
  assert.deepEqual([printed.receipt?.job?.mark, printed.receipt?.copies], ["original", 0]);
  assert.equal(papersOf(printed).length, 1);
});

describe("a journal that is behind the hub", () => {
  const files = ["journal.db", "journal.db-wal", "journal.db-shm", "journal.db.owner"];

  test("lost: receipt numbers go on above what the hub has seen, the gap on record", async () => {
    await shop.sell("1.00");
    await shop.sell("2.00");
    await shop.restart(() =>
      files.forEach((name) => rmSync(join(shop.data, name), { force: true })),
    );
    const sale = await shop.sell("3.00");
    assert.equal(sale.receipt?.number, "T01-000023");
  });

  test("restored from an older copy: a paper that waited then prints only as a marked copy", async () => {
    await shop.overrideGate();
    await shop.printer.set({ paper: "out" });
    const held = await shop.sell("12.80");
    await shop.restart(() => cpSync(join(shop.data, "journal.db"), join(shop.data, "older.db")));
    await shop.printer.set({ paper: "ok" });
    oneOriginal(await shop.until(held.sale_id, jobIs("confirmed")));
    await shop.sell("1.00");
    await shop.restart(() => {
      files.forEach((name) => rmSync(join(shop.data, name), { force: true }));
      cpSync(join(shop.data, "older.db"), join(shop.data, "journal.db"));
    });
    const again = await shop.until(held.sale_id, jobIs("confirmed"));
    assert.equal(again.receipt?.job?.mark, "reprint");
    oneOriginal(again);
  });
});
