/** An incident on the stage, as a table: where the money is, what is known of why, and what can be pressed first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as extras from "../../../test/web-support/extra-views.ts";
import * as incidents from "../../../test/web-support/incidents.ts";
import * as views from "../../../test/web-support/views.ts";
import type { IncidentView } from "../diagnosis/view.ts";
import { dueActOf } from "./incident-screen.ts";
import type { Screen } from "./parts.ts";
import { screenOf } from "./screen.ts";
import type { SaleView } from "./view.ts";

const show = (sale: SaleView, incident: IncidentView | null): Screen =>
  screenOf(
    views.till(),
    {
      sale,
      draft: "",
      replaces: false,
      sameAmountAs: null,
      again: null,
      incident,
      unsure: false,
      taps: false,
      away: false,
    },
    views.nowMs,
  );

const late = views.paid({ state: "sending", proof: null, proof_at: null });
const takenBack = incidents.incident({
  why: "payment_taken_back",
  first: { ...incidents.slowNetwork, family: "provider_api", verdict: "confirmed" },
  guide: [],
});
const asksPaper = incidents.incident({ guide: [] });

// the sale | its incident | the money | the headline | how sure | the evidence | the first button
const TABLE: readonly (readonly [
  sale: SaleView,
  incident: IncidentView,
  money: string,
  headline: string,
  verdict: string,
  evidence: string,
  first: string,
])[] = [
  [
    views.held(),
    incidents.incident(),
    "已收款，不要再收",
    "小票没出来：打印机缺纸",
    "已确认",
    "打印机 17:21:08：自己报告缺纸",
    "先收下一位",
  ],
  [
    late,
    incidents.incident({ first: incidents.slowNetwork }),
    "已收款，不要再收",
    "小票没出来：网络慢",
    "可能是",
    "路由器 17:21:02：往返 480 毫秒，平时 3 毫秒",
    "下一笔",
  ],
  [
    views.confirming(),
    incidents.outcomeIncident(),
    "结果确认中，请勿重复收款",
    "小票没出来：店里的网络断了",
    "已确认",
    "路由器 17:21:10：3 次没有应答",
    "现在查一次",
  ],
  [
    views.rolledBack(),
    takenBack,
    "本单没有收到钱",
    "这笔款被渠道退回了",
    "已确认",
    "路由器 17:21:02：往返 480 毫秒，平时 3 毫秒",
    "重新收款",
  ],
  [
    extras.inVain("reversed"),
    takenBack,
    "本单没有收到钱",
    "没有扣款",
    "已确认",
    "路由器 17:21:02：往返 480 毫秒，平时 3 毫秒",
    "重新收款",
  ],
  [
    extras.inVain("declined"),
    takenBack,
    "本单没有收到钱",
    "未收款：顾客余额不足",
    "已确认",
    "路由器 17:21:02：往返 480 毫秒，平时 3 毫秒",
    "重新收款",
  ],
  [
    views.reversing(),
    incidents.askedIncident(),
    "正在撤销，请勿重复收款",
    "小票没出来：正在查原因",
    "还不知道，正在查…",
    "向支付宝查询这一单",
    "现在查一次",
  ],
  [
    views.doubtful(),
    asksPaper,
    "已收款，不要再收",
    "小票打出来了吗？",
    "已确认",
    "打印机 17:21:08：自己报告缺纸",
    "打出来了",
  ],
  [
    views.declined(),
    incidents.refusedIncident(),
    "没有扣款",
    "未收款：顾客余额不足",
    "已确认",
    "支付宝 17:21:03：这笔未收款（顾客余额不足，ACQ.BUYER_BALANCE_NOT_ENOUGH）",
    "重新收款",
  ],
];

test("money first, then the cause, how sure, by what evidence", () => {
  for (const [sale, incident, money, headline, verdict, evidence, first] of TABLE) {
    const screen = show(sale, incident);
    assert.deepEqual(
      [
        screen.money?.text.zh,
        screen.headline.zh,
        screen.incident?.verdictText.zh,
        screen.incident?.evidence?.zh,
        screen.acts[0]?.label.zh,
      ],
      [money, headline, verdict, evidence, first],
    );
    assert.ok(screen.acts.some(({ id, key }) => id === "call_help" && key === "H"));
    assert.equal(screen.kind, show(sale, null).kind, "the sale's own state stays");
    assert.deepEqual(screen.takesCode, show(sale, null).takesCode);
  }
});

test("a second cause is named beside the first", () => {
  const families = incidents.families([incidents.paperOut, incidents.slowNetwork]);
  const screen = show(views.held(), incidents.incident({ families }));
  assert.equal(screen.incident?.also?.zh, "另外可能还有：网络慢");
});

test("the step that is due has its button first, refused when the state table refuses it", () => {
  const why = { zh: "有结论前不可用", en: "not before the result is known" };
  const guide = incidents.askedIncident().guide.map((one) => ({ ...one, enabled: why }));
  const screen = show(views.confirming(), incidents.incident({ guide }));
  assert.deepEqual(
    screen.acts.slice(0, 1).map(({ id, look, enabled }) => [id, look, enabled]),
    [["query", "go", why]],
  );
});

test("a second charge stays locked whatever the incident says", () => {
  const guide = incidents.refusedIncident().guide;
  const screen = show(views.confirming(), incidents.incident({ guide: [...guide] }));
  const again = screen.acts.find(({ id }) => id === "charge_again");
  assert.notEqual(again?.enabled, true);
});

test("a printer that goes on has no cause to look for: the paper is simply on its way", () => {
  const mended = incidents.incident({ why: "printer_cannot", first: null, guide: [] });
  assert.deepEqual(show(late, mended), show(late, null));
  const unexplained = incidents.incident({ why: "receipt_late", first: null, guide: [] });
  assert.match(show(late, unexplained).headline.zh, /小票没出来/);
});

test("what the charge met before it was paid holds no paper: it is on its way, and nothing is missing", () => {
  const met = { ...incidents.slowNetwork, over: true } as const;
  for (const why of ["payment_refused", "outcome_late"] as const) {
    const screen = show(late, incidents.incident({ why, first: met }));
    assert.equal(screen.headline.zh, "收款成功");
    assert.equal(screen.incident, null);
  }
  const held = show(views.held(), incidents.incident({ why: "outcome_late", first: met }));
  assert.match(held.headline.zh, /^小票没出来/);
});

test("a charge made again goes its ordinary way: the refusal before it names nothing of it", () => {
  const refused = incidents.incident({ why: "payment_refused" });
  for (const sale of [views.charging(), views.awaitingBuyer()])
    assert.deepEqual(show(sale, refused), show(sale, null));
  assert.match(show(views.confirming(), refused).headline.zh, /^小票没出来/);
});

test("once it is over, the paid screen says what it was and how long it took", () => {
  const screen = show(views.paid(), incidents.solvedIncident());
  assert.equal(screen.incident, null);
  assert.match(screen.caution?.zh ?? "", /^已了结：打印机缺纸。.*用时 41 秒$/);
  // One sentence: no small letter after a full stop.
  assert.match(screen.caution?.en ?? "", /^Settled: [^.]*; receipt out, .*took 41 s$/);
});

test("a receipt that has just been confirmed isn't called missing while its incident is still open", () => {
  assert.deepEqual(show(views.paid(), incidents.incident()), show(views.paid(), null));
});

test("what was solved takes no place of the extra payment's", () => {
  const screen = show(extras.paidTwice("kept"), incidents.solvedIncident());
  assert.match(screen.caution?.zh ?? "", /另外多到账一笔.*退回被拒.*已了结：打印机缺纸/);
});

test("no incident stands over what is said of late money", () => {
  for (const state of ["going_back", "kept", "back"] as const) {
    const sale = extras.late(state);
    assert.deepEqual(show(sale, incidents.outcomeIncident()), show(sale, null));
    // Nor does its guide offer a charge that isn't possible any more.
    assert.deepEqual(
      show(extras.inVainLate(state), takenBack),
      show(extras.inVainLate(state), null),
    );
  }
});

test("an incident of another sale changes nothing here", () => {
  const other = incidents.incident({ sale_id: "S-000470" });
  assert.deepEqual(show(views.held(), other), show(views.held(), null));
});

test("a refusal that is the headline has its own evidence, and no steps of another cause", () => {
  const refused = incidents.refusedIncident();
  const other = { ...incidents.slowNetwork, verdict: "confirmed" as const };
  const families = refused.families.map((one) =>
    one.family === other.family ? { ...one, findings: [other] } : one,
  );
  const screen = show(views.declined(), { ...refused, first: other, families });
  assert.equal(screen.headline.zh, "未收款：顾客余额不足");
  assert.match(screen.incident?.evidence?.zh ?? "", /顾客余额不足/);
  assert.equal(screen.incident?.also?.zh, "另外已确认：网络慢");
  assert.equal(screen.guide, null);
});

test("a refusal's evidence is found by its code, however its title is worded", () => {
  const refused = incidents.refusedIncident();
  const families = refused.families.map((one) => ({
    ...one,
    findings: one.findings.map((each) => ({ ...each, title: { zh: "另一种说法", en: "other" } })),
  }));
  const screen = show(views.declined(), { ...refused, first: incidents.slowNetwork, families });
  assert.match(screen.incident?.evidence?.zh ?? "", /顾客余额不足/);
});

test("after a reversal the case number and F8 stay: while the case is open, and once it is closed", () => {
  const sale = views.reversed(true);
  const open = { ...incidents.outcomeIncident(), sale_id: sale.sale_id };
  const first = incidents.lineDown;
  for (const incident of [
    { ...open, first },
    { ...open, first, closed_at: views.at("17:22:18") },
  ]) {
    const { kind, full, caution, headline, acts } = show(sale, incident);
    assert.deepEqual([kind, full, headline.zh], ["reversed", true, "撤销成功"]);
    assert.equal(caution?.zh, `事件编号 ${incident.case_no}。当时：${first.title.zh}`);
    assert.equal(acts.find(({ id }) => id === "why")?.look, "more");
  }
  assert.equal(show(sale, { ...open, first: null }).caution?.zh, `事件编号 ${open.case_no}`);
  assert.equal(show(sale, null).acts.find(({ id }) => id === "why")?.key, "F8");
});

test("while it is found out what of a paper is out, nobody is told to go on", () => {
  const broken = views.paid({ state: "sending", hold: "unreachable", proof: null, proof_at: null });
  const screen = show(broken, incidents.incident({ why: "printer_cannot", guide: [] }));
  assert.match(screen.headline.zh, /打印中断，正在确认是否已出票/);
  assert.match(screen.plain.zh, /先不要补打/);
  assert.notEqual(screen.incident, null);
});

test("a paper that somebody saw solves nothing that stood in its way", () => {
  const seen = views.paid({ proof: "person", evidence: "operator 01" });
  const solved = incidents.solvedIncident();
  const ended = solved.ended === null ? null : { ...solved.ended, how: "receipt_seen" as const };
  const { caution } = show(seen, { ...solved, ended });
  assert.match(caution?.zh ?? "", /^已了结：小票已出（由人确认），用时 41 秒$/);
});

test("the button that stands out is the due step's; where that takes a hand there is none", () => {
  const due = (sale: SaleView, incident: IncidentView) =>
    dueActOf(show(sale, incident), incident)?.id ?? null;
  assert.equal(due(views.confirming(), incidents.askedIncident()), "query");
  assert.equal(due(views.held(), incidents.incident()), null);
  const guide = incidents
    .askedIncident()
    .guide.map((one) => ({ ...one, action: "escalate" }) as const);
  assert.equal(due(views.confirming(), incidents.incident({ guide })), "call_help");
});
