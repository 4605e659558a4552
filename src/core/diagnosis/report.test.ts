import assert from "node:assert/strict";
import { test } from "node:test";
import {
  act,
  ago,
  attempt,
  check,
  notice,
  nowMs,
  probe,
  reach,
} from "../../../test/diagnosis-support/evidence.ts";
import { unknownSale } from "../../../test/diagnosis-support/sales.ts";
import { incident as view } from "../../../test/web-support/incidents.ts";
import type { Issuer } from "../receipt/receipt.ts";
import type { SaleFacts } from "../till/can.ts";
import { escalationView } from "./escalation.ts";
import type { Evidence } from "./evidence.ts";
import type { Incident } from "./incident.ts";
import { incidentReport } from "./report.ts";

const issuer: Issuer = {
  merchantNo: "M1",
  merchantName: "瑞福便利店",
  storeNo: "S01",
  storeName: "人民广场店",
  terminalNo: "T01",
  phone: "",
  address: "",
};
const incident: Incident = {
  id: "I1",
  caseNo: "CP-1129-0001",
  why: "gate_red",
  saleId: null,
  orderNo: null,
  amountFen: null,
  openedAtMs: nowMs,
  closedAtMs: null,
  turns: [],
  escalatedAtMs: null,
  ended: null,
  judged: null,
};
const escalation = escalationView({
  incident,
  diagnosis: null,
  sale: null,
  issuer,
  servicePhone: null,
  printer: null,
  phoneReport: { url: null, expires_at: null, why: null },
});
const timeline = (
  evidence: readonly Evidence[],
  sale: SaleFacts | null = null,
): readonly string[] =>
  incidentReport({
    incident,
    view: view({}),
    escalation,
    sale,
    issuer,
    livemode: false,
    evidence,
    events: [],
    versions: [],
    nowMs,
  }).timeline.map(({ source, text }) => `${source.zh} ${text.zh}`);

test("what is said anew at each look is told once, and again where it changed", () => {
  const said = (seconds: number, title: string): Evidence => {
    const { fact } = notice("provider");
    return ago(seconds, fact.kind === "notice" ? { ...fact, title } : fact);
  };
  const lines = timeline([
    said(240, "升级"),
    said(180, "升级"),
    said(120, "升级"),
    check("settings", false),
    check("settings", false),
    said(60, "升级延长"),
    reach(9, "router"),
    reach(5, "router"),
  ]);
  assert.equal(lines.filter((one) => one.includes("公告 升级，")).length, 1);
  assert.equal(lines.filter((one) => one.includes("公告 升级延长，")).length, 1);
  assert.equal(lines.filter((one) => one.includes("自检不通过")).length, 1);
  assert.equal(lines.filter((one) => one.startsWith("路由器")).length, 2);
});

test("of another sale it is never said as of this one", () => {
  const own = unknownSale(20, { orderNo: "O-000001" });
  const seen = [
    attempt(9, { state: "paid", saleId: "S2", orderNo: "O-000002" }),
    attempt(5, { state: "unknown", saleId: own.sale.id, orderNo: "O-000001" }),
    probe(3),
  ];
  assert.deepEqual(timeline(seen, own), [
    "支付宝 另一笔（订单尾号 000002）：已收款",
    "支付宝 这笔结果确认中",
    "支付宝 无害查询，故意查一个不存在的单号：80 毫秒后应答正常",
  ]);
  assert.equal(timeline(seen)[1], "支付宝 一笔（订单尾号 000001）：结果确认中");
});

test("who pressed it is named as people call them", () => {
  const pressed = act(9, "stopped");
  const named = pressed.fact.kind === "act" ? { ...pressed.fact, operatorName: "小李" } : null;
  assert.ok(named !== null);
  assert.deepEqual(
    timeline([pressed, ago(5, named)]).map((line) => line.split(" ")[0]),
    ["操作员", "小李"],
  );
});

test("the numbers to give are in words and times that can be read aloud", () => {
  const values = escalation.numbers.map(({ name, value }) => [name.zh, value]);
  assert.deepEqual(values.slice(0, 2), [
    ["事件编号", "CP-1129-0001"],
    ["发生时间", "2026-11-29 12:00:00"],
  ]);
});
