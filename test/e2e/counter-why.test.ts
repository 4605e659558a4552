/**
 * Why there is no receipt, at the real box: a cause is made in the sandbox, seen on the till with its words and its
 * family, followed to its end, and found afterwards among the incidents.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncidentRow } from "../../src/core/diagnosis/view.ts";
import { counterTests } from "./support/counter.ts";

const counter = counterTests();

const rows = async (): Promise<readonly IncidentRow[]> =>
  (await counter.box.ask<{ data: readonly IncidentRow[] }>("GET", "/api/incidents?limit=20")).data;

const patienceMs = 30_000;

/** Until the newest incident is as wanted; gives it. */
async function newest(holds: (row: IncidentRow) => boolean): Promise<IncidentRow> {
  const endsAtMs = performance.now() + patienceMs;
  for (;;) {
    const [row] = await rows();
    if (row !== undefined && holds(row)) return row;
    if (performance.now() > endsAtMs) throw new Error(`not in time: ${JSON.stringify(row)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

const ended = (): Promise<IncidentRow> => newest((row) => row.closed_at !== null);

test("网络问题: the router hangs, the next code isn't used, and it opens by itself", async () => {
  const before = await counter.box.takenFen();
  await counter.box.control("POST", "/net", { router: "silent" });
  await counter.screenIs("stopped");
  await counter.picture("why-stopped");
  await counter.type("21");
  await counter.scan();
  await counter.page.locator(".notice").waitFor();
  assert.equal(await counter.box.takenFen(), before);
  await counter.press("l");
  await counter.page.locator(".light-rows .red").waitFor();
  await counter.press("Escape");
  await newest((row) => row.family === "network" && row.why === "gate_red");
  await counter.box.control("POST", "/net/calm", {});
  await counter.screenIs("amount");
  await counter.scan();
  await counter.screenIs("paid");
  assert.equal((await ended()).ended, "cleared");
});

// what Alipay answers to this amount | the till's headline | the family that F8 opens
const NAMED = [
  ["801.11", "未收款：顾客余额不足", "支付宝账户问题"],
  ["801.07", "未收款：付款码无效或已过期", "金额超限或输入错误"],
  ["801.24", "未收款：本店收款账户被冻结", "商户资质问题"],
  ["801.29", "未收款：门店编号无效", "系统故障"],
] as const;

for (const [amount, headline, family] of NAMED) {
  test(`${family}: ${headline}`, async () => {
    await counter.sell(amount);
    await counter.screenIs("declined");
    await counter.says(headline);
    await counter.page.locator(".incident-lines .verdict.confirmed").waitFor();
    await counter.picture(`why-${amount}`);
    await counter.press("F8");
    const open = counter.page.locator(".families details[open] > summary");
    await open.waitFor();
    assert.match(await open.innerText(), new RegExp(`^${family}[\\s\\S]*已确认`));
    await counter.press("Escape");
    await counter.press("Escape");
    await counter.screenIs("amount");
    const row = await ended();
    assert.deepEqual([row.why, row.ended], ["payment_refused", "not_paid"]);
  });
}

test("设备故障: paper runs out, help is called, paper comes, and the incident says how long it took", async () => {
  await counter.printer({ paper_left_mm: 30 });
  await counter.sell("13.8");
  await counter.says("小票没出来：打印机缺纸");
  await counter.page.locator("[data-drawing=printer_open]").waitFor();
  await counter.press("h");
  await counter.page.locator(".case-big").waitFor();
  const [open] = await rows();
  assert.equal(await counter.page.locator(".case-big p").innerText(), open?.case_no);
  await counter.says("95188");
  await counter.picture("why-help");
  const opened = counter.context.waitForEvent("page");
  await counter.press("e");
  const report = await opened;
  await report.getByText("九类原因").waitFor();
  await report.close();
  await counter.press("Escape");
  await counter.printer({ paper: "ok", paper_left_mm: null });
  await counter.says("已了结：打印机缺纸");
  await counter.picture("why-solved");
  const row = await ended();
  assert.deepEqual([row.case_no, row.ended], [open?.case_no, "receipt_confirmed"]);
  await counter.press("F8");
  await counter.page.locator(".doors").waitFor();
  await counter.press("i");
  const first = counter.page.locator(".incident-row").first();
  await first.waitFor();
  assert.match(await first.innerText(), /打印机缺纸/);
  await first.click();
  await counter.says("怎么结束");
  await counter.picture("why-incident");
});
