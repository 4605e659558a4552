/**
 * Why is there no receipt? The whole box, asked through its API: incidents open by themselves, name the cause with its
 * evidence, follow the facts, and close by themselves with what fixed it.
 */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import type {
  DiagnosisView,
  EscalationView,
  IncidentRow,
  IncidentView,
} from "../../src/core/diagnosis/view.ts";
import type { Problem, SaleView, TillView } from "../../src/core/till/view.ts";
import { SENTINELS } from "../../src/sandbox/model/gateway/sentinels.ts";
import { until } from "../support/until.ts";
import { Shop } from "./support/shop.ts";

let shop: Shop;
beforeEach(async () => (shop = await Shop.open({ timeFactor: 10, callTimeoutMs: 600 })));
afterEach(() => shop.close());

const get = async <T>(path: string): Promise<T> => (await shop.ask<T>("GET", path)).body;
const rows = async (): Promise<readonly IncidentRow[]> =>
  (await get<{ data: readonly IncidentRow[] }>("/api/incidents")).data;
const amountOf = (name: string): string => {
  const found = SENTINELS.find((one) => one.behaviour === name || one.subCode === name);
  assert.ok(found, name);
  return (found.amountFen / 100).toFixed(2);
};

/** Asks again until it holds; says how it looked last where it never does. */
async function once<T>(path: string, holds: (value: T) => boolean, limitMs = 20_000): Promise<T> {
  const endsAtMs = performance.now() + limitMs;
  for (;;) {
    const value = await get<T>(path);
    if (holds(value)) return value;
    if (performance.now() > endsAtMs) throw new Error(`not in time: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The newest incident, once it is like this. */
async function incident(holds: (one: IncidentView) => boolean): Promise<IncidentView> {
  const { data } = await once<{ data: readonly IncidentRow[] }>(
    "/api/incidents",
    (page) => page.data.length > 0,
  );
  const newest = data[0] ?? assert.fail("no incident");
  return once<IncidentView>(`/api/incidents/${newest.case_no}`, holds);
}

const printerIsRed = (): Promise<TillView> =>
  once<TillView>("/api/till", (view) => view.gate.printer.light === "red");

describe("paper", () => {
  test("runs out in mid-receipt: named by the printer's own report, closed once it is out", async () => {
    await shop.printer.set({ paper_left_mm: 30, speed_mm_per_s: 400 });
    const sale = (await shop.ask<SaleView>("POST", "/api/sales", { amount: "12.80" })).body;
    await shop.ask("POST", `/api/sales/${sale.sale_id}/attempts`, { code: shop.code() });
    const open = await incident((one) => one.first !== null);
    assert.deepEqual(
      [open.why, open.sale_id, open.first?.cause, open.first?.verdict],
      ["printer_cannot", sale.sale_id, "paper_out", "confirmed"],
    );
    assert.match(open.money.zh, /不要再收/);
    assert.equal(open.families.length, 9);
    assert.equal(open.guide.find((step) => step.state === "now")?.id, "open_cover");
    const view = await get<TillView>("/api/till");
    assert.deepEqual([view.incident?.case_no, view.open_incidents], [open.case_no, 1]);

    await shop.printer.set({ paper: "ok", paper_left_mm: null });
    const closed = await incident((one) => one.closed_at !== null);
    assert.equal(closed.ended?.how, "receipt_confirmed");
    assert.equal(closed.ended?.fixed_by.zh, "已恢复：打印机缺纸");
    assert.equal(closed.first?.cause, "paper_out");
    const shown = await get<TillView>("/api/till");
    assert.deepEqual([shown.incident?.ended?.how, shown.open_incidents], ["receipt_confirmed", 0]);
  });

  test("in doubt: the guide asks for a look, and the answer closes it with a marked copy", async () => {
    await shop.printer.set({ speed_mm_per_s: 200, power_loss: { after_lines: 5 } });
    const sold = await shop.sell("12.80", { wait_ms: 1_000 });
    await shop.printer.set({ power: "on", speed_mm_per_s: 0 });
    const doubtful = await shop.until(
      sold.sale_id,
      (sale) => sale.receipt?.job?.state === "doubtful",
      40_000,
    );
    const open = await incident((one) => one.guide.some((step) => step.id === "look_at_paper"));
    assert.equal(open.sale_id, sold.sale_id);
    await shop.ask("POST", `/api/jobs/${doubtful.receipt?.job?.id}/answer`, { printed: false });
    assert.equal((await incident((one) => one.closed_at !== null)).ended?.how, "copy_printed");
  });
});

describe("payment", () => {
  test("refused for the buyer's balance: the buyer's family, and over with the sale", async () => {
    const sale = await shop.sell(amountOf("ACQ.BUYER_BALANCE_NOT_ENOUGH"));
    assert.equal(sale.outcome, "declined");
    const closed = await incident((one) => one.closed_at !== null);
    assert.deepEqual(
      [closed.why, closed.first?.family, closed.first?.verdict, closed.ended?.how],
      ["payment_refused", "buyer_account", "confirmed", "not_paid"],
    );
    const diagnosis = await get<DiagnosisView>(`/api/diagnosis?sale=${sale.sale_id}`);
    assert.equal(diagnosis.first?.cause, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
    assert.equal(diagnosis.families.find((one) => one.family === "merchant")?.verdict, "not_known");
  });

  test("no outcome in the promised time: suspected, never confirmed, and closed with the receipt", async () => {
    const sale = await shop.sell(amountOf("silence_after"), { wait_ms: 0 });
    await shop.until(sale.sale_id, (one) => one.receipt?.job?.state === "confirmed", 40_000);
    const calls = await get<DiagnosisView>(`/api/diagnosis?sale=${sale.sale_id}`);
    for (const family of calls.families) assert.notEqual(family.verdict, "confirmed");
    for (const row of await rows()) assert.notEqual(row.verdict, "confirmed");
  });

  test("a sale that was refused and charged again ends with its receipt", async () => {
    const opened = await shop.ask<SaleView>("POST", "/api/sales", {
      amount: amountOf("ACQ.PAYMENT_AUTH_CODE_INVALID"),
    });
    const path = `/api/sales/${opened.body.sale_id}`;
    await shop.ask("POST", `${path}/attempts`, { code: shop.code() });
    const open = await incident((one) => one.first !== null);
    assert.equal(open.first?.family, "amount_or_input");
    assert.equal(open.guide.find((step) => step.action === "charge_again")?.enabled, true);
    await shop.ask("POST", `${path}/pay-otherwise`, {});
    const closed = await incident((one) => one.closed_at !== null);
    assert.deepEqual(
      [closed.ended?.how, closed.ended?.fixed_by.zh],
      ["paid_otherwise", "改用其他方式收款"],
    );
  });
});

describe("a sale that nobody pays", () => {
  const openSale = async (amount: string): Promise<string> => {
    const sale = (await shop.ask<SaleView>("POST", "/api/sales", { amount })).body;
    await shop.ask("POST", `/api/sales/${sale.sale_id}/attempts`, { code: shop.code() });
    return sale.sale_id;
  };

  test("late, and proven to have taken nothing: its case ends, though it could be charged again", async () => {
    const saleId = await openSale(amountOf("silence_before"));
    const late = await incident((one) => one.sale_id === saleId);
    assert.equal(late.why, "outcome_late");
    const closed = await incident((one) => one.closed_at !== null);
    assert.deepEqual([closed.ended?.how, closed.money.zh], ["not_paid", "没有扣款。"]);
    assert.equal((await get<SaleView>(`/api/sales/${saleId}`)).state, "open");
    assert.equal((await rows()).length, 1);
  });

  test("refused and left for the next customer: its case ends with the next sale", async () => {
    const saleId = await openSale(amountOf("ACQ.BUYER_BALANCE_NOT_ENOUGH"));
    const open = await incident((one) => one.first !== null);
    assert.deepEqual([open.sale_id, open.closed_at], [saleId, null]);
    await shop.ask<SaleView>("POST", "/api/sales", { amount: "12.80" });
    const closed = await incident((one) => one.closed_at !== null);
    assert.deepEqual([closed.case_no, closed.ended?.how], [open.case_no, "not_paid"]);
    // Charged again after that, it is waited for again.
    await shop.ask("POST", `/api/sales/${saleId}/attempts`, { code: shop.code() });
    await once<{ data: readonly IncidentRow[] }>("/api/incidents", ({ data }) => data.length > 1);
    const again = await incident((one) => one.first !== null);
    assert.deepEqual([again.sale_id, again.closed_at], [saleId, null]);
    await shop.ask<SaleView>("POST", "/api/sales", { amount: "9.90" });
    await incident((one) => one.id === again.id && one.closed_at !== null);
  });
});

describe("calling for help", () => {
  test("the case number goes on paper as a slip of its own, though no receipt is due", async () => {
    await shop.sell(amountOf("ACQ.BUYER_BALANCE_NOT_ENOUGH"));
    const { case_no: caseNo } = await incident((one) => one.closed_at !== null);
    const path = `/api/incidents/${caseNo}`;
    const help = (await shop.ask<EscalationView>("POST", `${path}/escalate`, {})).body;
    assert.equal(help.slip, true);
    const printed = await shop.ask<{ job_id: string }>("POST", `${path}/slip`, {});
    assert.equal(printed.status, 200);
    const find = () => shop.printedTexts().find((text) => text.includes(caseNo));
    const paper = await until("the help slip", find);
    assert.match(paper, /求助凭条，非收款凭据/);
    assert.match(paper, /95188/);
    assert.doesNotMatch(paper, /收款小票/);
  });

  test("a printer that can't take it says so, and nothing comes out later", async () => {
    await shop.printer.set({ paper: "out" });
    await printerIsRed();
    const { case_no: caseNo } = await incident((one) => one.first !== null);
    const path = `/api/incidents/${caseNo}`;
    const help = (await shop.ask<EscalationView>("POST", `${path}/escalate`, {})).body;
    assert.match(help.slip === true ? "" : help.slip.zh, /缺纸.*抄下事件编号/);
    const refused = await shop.ask<Problem>("POST", `${path}/slip`, {});
    assert.deepEqual([refused.status, refused.body.code], [409, "slip_cannot_print"]);
    const { waiting } = await get<{ waiting: readonly unknown[] }>("/api/printer");
    assert.deepEqual(waiting, []);
  });
});

describe("the report on a phone", () => {
  test("only behind the address of the help screen: to be read, and nothing else", async () => {
    await shop.close();
    shop = await Shop.open({
      timeFactor: 10,
      callTimeoutMs: 600,
      receiptBase: "https://r.example.com",
    });
    await shop.sell(amountOf("ACQ.BUYER_BALANCE_NOT_ENOUGH"));
    const { case_no: caseNo } = await incident((one) => one.closed_at !== null);
    const path = `/api/incidents/${caseNo}/escalate`;
    const { report_phone: phone } = (await shop.ask<EscalationView>("POST", path, {})).body;
    assert.match(phone.url ?? "", /^https:\/\/r\.example\.com\/r\/report\/[\w-]{16,}$/);
    const there = `${shop.box.url}${new URL(phone.url ?? "").pathname}`;
    for (const [lang, word] of [
      ["zh", "诊断报告"],
      ["en", "Diagnosis report"],
    ] as const) {
      const page = await fetch(`${there}?lang=${lang}`);
      const html = await page.text();
      assert.equal(page.status, 200);
      assert.equal(page.headers.get("cache-control"), "no-store");
      assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
      assert.ok(html.includes(caseNo) && html.includes(word));
      assert.doesNotMatch(html, /<script|<form|\/api\//);
      assert.doesNotMatch(html, /(?<!\d)(?:2[5-9]|30)\d{14,22}(?!\d)/, "a payment code");
    }
    for (const wrong of [caseNo, "k3YxQabcdefghijklmnopq", "x"]) {
      const page = await fetch(`${shop.box.url}/r/report/${wrong}`);
      assert.equal(page.status, 404);
      assert.ok(!(await page.text()).includes(caseNo));
    }
  });

  test("after a restart of the box it is a page that says what to do, in both languages", async () => {
    await shop.close();
    shop = await Shop.open({
      timeFactor: 10,
      callTimeoutMs: 600,
      receiptBase: "https://r.example.com",
    });
    await shop.sell(amountOf("ACQ.BUYER_BALANCE_NOT_ENOUGH"));
    const { case_no: caseNo } = await incident((one) => one.closed_at !== null);
    const path = `/api/incidents/${caseNo}/escalate`;
    const { report_phone: phone } = (await shop.ask<EscalationView>("POST", path, {})).body;
    await shop.restart();
    const there = new URL(phone.url ?? "").pathname;
    for (const address of [there, `${there}?lang=en`, `${there}/`]) {
      const page = await fetch(`${shop.box.url}${address}`);
      assert.equal(page.status, 404, address);
      assert.match(page.headers.get("content-type") ?? "", /^text\/html/, address);
      const html = await page.text();
      assert.match(html, /重新打开“求助”（按 H），再扫一次/, address);
      assert.match(html, /Open “Get help” at the till again \(H\) and scan the new code/, address);
    }
    const again = (await shop.ask<EscalationView>("POST", path, {})).body.report_phone.url;
    const page = await fetch(`${shop.box.url}${new URL(again ?? "").pathname}`);
    assert.equal(page.status, 200);
  });

  test("where only this computer has an address, the help screen says what is missing", async () => {
    await shop.sell(amountOf("ACQ.BUYER_BALANCE_NOT_ENOUGH"));
    const { case_no: caseNo } = await incident((one) => one.closed_at !== null);
    const path = `/api/incidents/${caseNo}/escalate`;
    const { report_phone: phone } = (await shop.ask<EscalationView>("POST", path, {})).body;
    assert.equal(phone.url, null);
    assert.match(phone.why?.zh ?? "", /receipt_base/);
  });
});

describe("the gate", () => {
  test("a red printer stops a sale before its code is used, unless the customer takes the e-receipt", async () => {
    await shop.printer.set({ paper: "out" });
    await printerIsRed();
    const code = shop.code();
    const body = { amount: "12.80", code, wait_ms: 10_000 };
    const stopped = await shop.ask<Problem>("POST", "/api/sell", body);
    assert.deepEqual([stopped.status, stopped.body.code], [409, "printer_red_needs_e_receipt"]);
    const agreed = { ...body, accept_e_receipt: true };
    const sold = await shop.ask<SaleView>("POST", "/api/sell", agreed);
    assert.deepEqual([sold.status, sold.body.outcome], [200, "paid"]);
    const box = await incident((one) => one.why === "gate_red");
    assert.deepEqual([box.sale_id, box.first?.cause], [null, "paper_out"]);
    await shop.printer.set({ paper: "ok" });
    assert.equal((await incident((one) => one.closed_at !== null)).ended?.how, "cleared");
  });

  test("the owner's word opens it, and stays on record", async () => {
    await shop.ask("POST", "/api/operators", {
      no: "08",
      name: "店主",
      role: "owner",
      pin: "2468",
    });
    await shop.ask("POST", "/api/sign-on", { operator_no: "08", pin: "2468" });
    const cashier = { no: "07", name: "王芳", role: "cashier", pin: "1357" };
    await shop.ask("POST", "/api/operators", cashier);
    await shop.ask("POST", "/api/sign-on", { operator_no: "07", pin: "1357" });
    const code = { operator_no: "08", pin: "1111", why: "试一次" };
    assert.equal((await shop.ask("POST", "/api/gate/override", code)).status, 401);
    const answer = await shop.ask("POST", "/api/gate/override", { ...code, pin: "2468" });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    await shop.printer.set({ paper: "out" });
    await printerIsRed();
    assert.equal((await shop.sell("12.80")).outcome, "paid");
  });
});

describe("what is kept", () => {
  test("an open incident and its case number survive a restart; numbers go up", async () => {
    await shop.overrideGate();
    await shop.printer.set({ cover: "open" });
    await shop.sell("12.80");
    const open = await incident((one) => one.closed_at === null && one.first !== null);
    await shop.restart();
    const again = await incident((one) => one.first?.cause === "cover_open");
    assert.deepEqual([again.id, again.case_no], [open.id, open.case_no]);
    await shop.printer.set({ cover: "closed" });
    await incident((one) => one.id === open.id && one.closed_at !== null);
    await shop.sell(amountOf("ACQ.BUYER_BALANCE_NOT_ENOUGH"));
    const both = await once<{ data: readonly IncidentRow[] }>(
      "/api/incidents",
      (page) => page.data.length > 1,
    );
    const next = both.data[0] ?? assert.fail("no second incident");
    assert.ok(next.case_no > open.case_no, `${next.case_no} after ${open.case_no}`);
  });

  test("escalation: whom to call with which numbers, and a report without secrets", async () => {
    const code = shop.code();
    const amount = amountOf("ACQ.SELLER_BEEN_BLOCKED");
    await shop.sell(amount, { code });
    const { case_no: caseNo, order_no: orderNo } = await incident((one) => one.first !== null);
    const made = await shop.ask<EscalationView>("POST", `/api/incidents/${caseNo}/escalate`, {});
    assert.equal(made.body.case_no, caseNo);
    assert.ok(made.body.call.some((one) => one.phone === "95188"));
    assert.ok(made.body.numbers.some((one) => one.value === orderNo));
    for (const path of [
      `${made.body.report_url}?lang=zh`,
      `/api/incidents/${caseNo}/report.json`,
    ]) {
      const report = await fetch(`${shop.box.url}${path}`);
      const text = await report.text();
      assert.equal(report.status, 200, text);
      assert.ok(text.includes(caseNo) && text.includes("ACQ.SELLER_BEEN_BLOCKED"));
      assert.ok(!text.includes(code), "the payment code is in the report");
      assert.doesNotMatch(text, /PRIVATE KEY/);
    }
  });
});
