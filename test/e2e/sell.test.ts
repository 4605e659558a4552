/** The command line as scripts use it: one object, honest exit codes, and a box that dies in the middle. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { SaleView } from "../../src/core/till/view.ts";
import { type Run, runChupiao } from "./support/command.ts";
import { RealBox } from "./support/real-box.ts";

let box: RealBox;
before(async () => (box = await RealBox.open(20)));
after(() => box.close());

interface Row {
  readonly sale_id: string;
  readonly amount_fen: number;
}

const chupiao = (...args: readonly string[]): Promise<Run> => runChupiao(box.url, ...args);
const sell = async (amount: string, ...more: readonly string[]): Promise<Run> =>
  chupiao("sell", "--amount", amount, "--code", await box.code(), ...more);

test("refund: 2 where a rule refuses it, 1 where it can't be read, in a refund's words", async () => {
  const { json } = await sell("3.00");
  const id = String(json["sale_id"]);
  const refund = async (amount: string): Promise<readonly [number | null, string]> => {
    const run = await chupiao("refund", id, "--amount", amount);
    const { code = "" } = (run.json["error"] ?? {}) as { readonly code?: string };
    return [run.code, code];
  };
  assert.deepEqual(await refund("0"), [1, "refund_must_be_positive"]);
  assert.deepEqual(await refund("abc"), [1, "refund_amount_not_readable"]);
  assert.deepEqual(await refund("3.01"), [2, "refund_exceeds_what_is_left"]);
  assert.deepEqual(await refund("3.00"), [0, ""]);
  assert.deepEqual(await refund("1.00"), [2, "sale_fully_refunded"]);
});

test("the electronic receipt instead of paper: 3 until the customer has opened it, then 0", async () => {
  const early = await sell("4.00", "--accept-e-receipt", "--wait", "0.5");
  assert.equal(early.code, 3);
  assert.match(String(early.json["advice"]), /还没有打开电子小票/);
  const selling = sell("4.10", "--accept-e-receipt");
  let url: string | null | undefined = null;
  for (const endsAtMs = performance.now() + 20_000; !url && performance.now() < endsAtMs;) {
    const { data } = await box.ask<{ data: readonly Row[] }>("GET", "/api/sales?limit=1");
    if (data[0]?.amount_fen !== 410) continue;
    url = (await box.ask<SaleView>("GET", `/api/sales/${data[0].sale_id}`)).receipt?.url;
  }
  const opened = await fetch(`${url}/opened`, { method: "POST" });
  assert.equal(opened.status, 200);
  const { code, json } = await selling;
  assert.equal(code, 0);
  assert.match(String(json["advice"]), /顾客已打开电子小票/);
});

test("too much: the limit that is named is the shop's own", async () => {
  for (const amount of ["1000000000", "60000"]) {
    const { code, json } = await sell(amount);
    assert.equal(code, 1);
    assert.match(JSON.stringify(json), /超过本店单笔上限 ￥50000\.00/, amount);
  }
});

test("exit 0: paid and confirmed, with everything that the issue promises in one object", async () => {
  const { code, json } = await sell("128.50", "--item", "牛奶*2@6.50", "--item", "牛肉*1@115.50");
  assert.equal(code, 0);
  for (const name of [
    "sale_id",
    "order_no",
    "outcome",
    "amount_fen",
    "provider_trade_no",
    "cause",
    "advice",
    "receipt",
  ])
    assert.ok(name in json, name);
  assert.equal(json["outcome"], "paid");
  assert.equal(json["amount_fen"], 12_850);
  assert.deepEqual(Object.keys(json["receipt"] as object).slice(0, 4), [
    "number",
    "job",
    "proof",
    "copy",
  ]);
});

test("exit 2: not paid, with its cause", async () => {
  const { code, json } = await sell("801.11");
  assert.equal(code, 2);
  assert.equal(json["outcome"], "declined");
  assert.notEqual(json["cause"], null);
});

test("exit 5, then 3: a red printer stops it unused; the owner's word lets it go, and the paper waits", async () => {
  await box.control("POST", "/printer/state", { paper: "out" });
  const stopped = await sell("9.90");
  assert.equal(stopped.code, 5);
  assert.equal((stopped.json["error"] as { code: string }).code, "printer_red_needs_e_receipt");
  await fetch(`${box.url}/api/gate/override`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const { code, json } = await sell("9.90");
  assert.equal(code, 3);
  assert.equal((json["receipt"] as { job: string }).job, "held");
  await box.control("POST", "/printer/state", { paper: "ok" });
});

test("exit 4: not known in the time that was given, and the attempt goes on", async () => {
  const { code, json } = await sell("800.02", "--wait", "1");
  assert.equal(code, 4);
  assert.equal(json["outcome"], "unknown");
  const sale = await box.until(String(json["sale_id"]), (one) => one.outcome === "reversed");
  assert.equal(sale.attempts.length, 1);
});

test("exit 1 and a sentence for input that can't be right", async () => {
  for (const amount of ["0", "-1", "1.005", "1e9", "abc"])
    assert.equal((await sell(amount)).code, 1, amount);
  assert.equal((await chupiao("sell", "--amount", "1.00", "--code", "123")).code, 1);
  assert.equal((await chupiao("query", "no-such-sale")).code, 1);
});

test("a box that is killed and comes back at the same address: sell waits and tells the same sale's end", async () => {
  const taken = await box.takenFen();
  const running = sell("800.01");
  const isAsked = async (): Promise<boolean> => {
    const { data } = await box.ask<{ data: readonly Row[] }>("GET", "/api/sales?limit=1");
    if (data[0]?.amount_fen !== 80_001) return false;
    const sale = await box.ask<SaleView>("GET", `/api/sales/${data[0].sale_id}`);
    return sale.attempt?.state === "awaiting_buyer";
  };
  while (!(await isAsked())) await new Promise((done) => setTimeout(done, 20));
  await box.kill();
  await box.start();
  const { code, json } = await running;
  assert.equal(code, 0, JSON.stringify(json));
  assert.equal((await box.takenFen()) - taken, 80_001);
});

/** A refund that the gateway made and whose answer it keeps back; the box dies at that moment. */
async function killedWhileRefunding(
  id: string,
  ...more: readonly string[]
): Promise<{ readonly running: Promise<Run>; readonly takenFen: number }> {
  const takenFen = await box.takenFen();
  const fault = { behaviour: "silence_after", method: "alipay.trade.refund", times: 1 };
  await box.control("POST", "/control/faults", fault);
  const running = chupiao("refund", id, "--amount", "5.00", ...more);
  while ((await box.takenFen()) === takenFen) await new Promise((done) => setTimeout(done, 20));
  await box.kill();
  return { running, takenFen };
}

test("a refund is waited for over a kill, and made once", async () => {
  const id = String((await sell("20.00")).json["sale_id"]);
  const { running, takenFen } = await killedWhileRefunding(id);
  await box.start();
  const { code, json } = await running;
  assert.equal(code, 0, JSON.stringify(json));
  assert.equal(takenFen - (await box.takenFen()), 500);
});

test("exit 4: a refund whose box stays away may be made; the key that is told repeats it safely", async () => {
  const id = String((await sell("20.00")).json["sale_id"]);
  const { running, takenFen } = await killedWhileRefunding(id, "--wait", "4");
  const { code, json } = await running;
  const { message = "" } = (json["error"] ?? {}) as { readonly message?: string };
  assert.equal(code, 4, message);
  assert.match(message, /钱可能已经退了，请勿重复退款/);
  const [, key = ""] = /--request (\S+)/.exec(message) ?? [];
  await box.start();
  const again = await chupiao("refund", id, "--amount", "5.00", "--request", key);
  assert.equal(again.code, 0, JSON.stringify(again.json));
  assert.equal(takenFen - (await box.takenFen()), 500);
});
