import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { jobStates } from "../printing/states.ts";
import { EVENT_TEXT, eventView, foldedTimers } from "./history.ts";

const source = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => readFileSync(join(folder, path), "utf8"))
    .join("\n");

test("every event that is written has a sentence in both languages", () => {
  const root = join(import.meta.dirname, "../..");
  const code =
    source(join(root, "terminal")) +
    source(join(root, "hub")) +
    readFileSync(join(root, "bin/printing.ts"), "utf8");
  const named = [
    ...code.matchAll(
      /(?:kind: |say\([^;]*?, )"((?:sale|attempt|receipt|job|paper|reprint|pending|refund|goods|day|slip|operator|printer)_[a-z_]+)"/g,
    ),
  ].map(([, kind]) => kind ?? "");
  const ofJobs = Object.values(jobStates)
    .flatMap((row) => Object.keys(row.accepts))
    .map((event) => `job_${event}`);
  assert.ok(named.length > 15, "the pattern finds the events");
  const notEvents = new Set([
    "refund_asked",
    "receipt_opened",
    "refund_query",
    "refund_answer",
    "sale_ended",
    "sale_has_attempt",
    "sale_ended",
    "refund_late",
    "printer_line",
    "sale_ended",
  ]);
  for (const kind of [...named, ...ofJobs].filter((one) => !notEvents.has(one))) {
    assert.ok(EVENT_TEXT[kind] !== undefined, kind);
  }
});

test("amounts read as yuan, states and answers as words in the reader's language", () => {
  const said = (kind: string, detail: Readonly<Record<string, unknown>>): unknown =>
    eventView({ seq: 1, atMs: 0, actor: "x", kind, detail }, "hub").text;
  assert.deepEqual(said("sale_created", { amountFen: 80_014 }), {
    zh: "开单 ￥800.14",
    en: "Sale opened, ￥800.14",
  });
  assert.deepEqual(said("attempt_pay_answer", { answer: "paid" }), {
    zh: "支付宝应答收款：已付款",
    en: "Alipay answered the charge: paid",
  });
  assert.deepEqual(said("job_hold", { cause: "paper_out" }), {
    zh: "打印等待：打印机缺纸",
    en: "Printing waits: Printer out of paper",
  });
  const opened = (cause: string | null): string =>
    (said("incident_opened", { caseNo: "CP-1", cause }) as { zh: string }).zh;
  assert.equal(opened("router_silent"), "事件 CP-1 打开：路由器没有应答");
  assert.equal(opened("ACQ.BUYER_BALANCE_NOT_ENOUGH"), "事件 CP-1 打开：顾客余额不足");
  assert.equal(opened(null), "事件 CP-1 打开：还不知道原因");
  assert.doesNotMatch(
    (said("incident_closed", { caseNo: "CP-1", how: "copy_printed" }) as { zh: string }).zh,
    /[a-z]{3}/,
  );
  const typed = { amountFen: 300, reason: "少一件" };
  assert.match(JSON.stringify(said("refund_requested", typed)), /￥3\.00：少一件/);
});

test("an answer names its code, why it left the outcome open, and an unverified word as a hint", () => {
  const zh = (detail: Readonly<Record<string, unknown>>): string =>
    eventView({ seq: 1, atMs: 0, actor: "x", kind: "attempt_pay_answer", detail }, "hub").text.zh;
  const code = "aop.ACQ.SYSTEM_ERROR";
  assert.equal(
    zh({ answer: "unknown", reason: "provider", code }),
    `支付宝应答收款：没有结论（${code}）`,
  );
  assert.match(
    zh({ answer: "declined", code: "ACQ.PAYMENT_FAIL" }),
    /没有付成（ACQ\.PAYMENT_FAIL）$/,
  );
  assert.match(zh({ answer: "paid", code: "10000" }), /已付款$/);
  assert.match(zh({ answer: "unknown", reason: "silence" }), /：没有应答$/);
  const hint = "isv.invalid-app-id";
  assert.match(
    zh({ answer: "unknown", reason: "verify", hint }),
    /不能采信，上面写着 isv.*只供排查/,
  );
});

test("repeats of the timer's line are folded into their first, and everything else stays", () => {
  const kinds = "send due query_answer due query_answer due reverse_asked due cancel_answer";
  const events = kinds.split(" ").map((kind, seq) =>
    eventView(
      {
        seq,
        atMs: seq * 1_000,
        actor: "x",
        kind: `attempt_${kind}`,
        detail: { answer: "waiting" },
      },
      "hub",
    ),
  );
  const folded = foldedTimers(events);
  assert.deepEqual(
    folded.map(({ seq }) => seq),
    [0, 1, 2, 4, 6, 7, 8],
  );
  const [, first, , , , last] = folded;
  assert.equal(first?.text.zh, `到时间，继续处理（共 3 次，最后一次 ${events[5]?.at}）`);
  assert.deepEqual(last, events[7]);
});

test("an attempt that Alipay never had ended with nothing charged, and wasn't reversed", () => {
  const ended = (end: string, more = {}): string =>
    eventView(
      {
        seq: 1,
        atMs: 0,
        actor: "x",
        kind: "attempt_ended",
        detail: { orderNo: "O1", state: "reversed", end, ...more },
      },
      "terminal",
    ).text.zh;
  assert.equal(ended("never_seen"), "收款 O1 结束：没有扣款");
  assert.equal(ended("never_seen", { late: true }), "收款 O1 结束：后来到账");
  assert.equal(ended("closed"), "收款 O1 结束：已撤销");
});
