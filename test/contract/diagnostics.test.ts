/** Diagnosis at work in a terminal: what it keeps, whom it tells, and what must not stop it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Fact } from "../../src/core/diagnosis/evidence.ts";
import { defaultDiagnosisSettings } from "../../src/core/diagnosis/settings.ts";
import type { HoldCause } from "../../src/core/printing/job.ts";
import { Diagnostics } from "../../src/terminal/diagnosis/diagnostics.ts";
import { Bench, declined, paid, rolledBack } from "./terminal-support.ts";

class Shop {
  condition: HoldCause | null = null;
  checkedAtMs: number | null = 1;
  isBroken = false;
  told = 0;
  readonly diagnostics: Diagnostics;
  readonly bench: Bench;

  constructor(bench: Bench) {
    this.bench = bench;
    const { link } = bench.hub;
    const { health } = link;
    link.health = () => {
      if (this.isBroken) throw new Error("a fault of our own");
      return health();
    };
    this.diagnostics = new Diagnostics({
      terminal: bench.terminal,
      printer: () => {
        const { condition, checkedAtMs } = this;
        const reachable = checkedAtMs !== null;
        return { condition, paperLow: false, reachable, heard: "now", checkedAtMs };
      },
      settings: defaultDiagnosisSettings,
      probes: [],
      lastStop: { clean: true, bootedAtMs: null, aliveAtMs: null },
      storeFailure: () => null,
      servicePhone: null,
      printerWay: "here",
      servesPhones: false,
      versions: [],
    });
    this.diagnostics.onChange = () => void (this.told += 1);
  }

  static async open(): Promise<Shop> {
    const shop = new Shop(await Bench.open());
    shop.diagnostics.start();
    await shop.bench.world.advance(5_000);
    return shop;
  }

  async printerIs(condition: HoldCause | null, forMs: number): Promise<void> {
    this.condition = condition;
    this.checkedAtMs = 1;
    this.diagnostics.printerChanged();
    await this.bench.world.advance(forMs);
  }

  /** Commits wait until the returned function is called. */
  holdCommits(): () => void {
    const { journal } = this.bench.terminal.deps;
    const { commit } = journal;
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    Object.assign(journal, {
      commit: async (...given: Parameters<typeof commit>) => {
        await held;
        return commit(...given);
      },
    });
    return () => goOn();
  }
}

test("money that the provider takes back opens an incident, until somebody deals with the sale", async () => {
  const shop = await Shop.open();
  const { saleId, orderNo } = await shop.bench.sell(paid);
  await shop.bench.news(orderNo, rolledBack);
  await shop.bench.sell(paid);
  await shop.bench.world.advance(5_000);
  const rows = (): unknown =>
    shop.diagnostics.incidentsOfSale(saleId).map(({ why, ended }) => [why, ended]);
  assert.deepEqual(rows(), [["payment_taken_back", null]]);
  const { first } = shop.diagnostics.diagnosis(shop.bench.record(saleId));
  assert.deepEqual([first?.cause, first?.verdict], ["provider_took_back", "confirmed"]);
  shop.bench.hub.onPay = { state: "reversed", unpaidEnd: "never_seen", endedAtMs: 1 };
  const anew = { method: "code", paymentCode: "289999999999999999" } as const;
  await shop.bench.terminal.sales.charge(saleId, anew);
  await shop.bench.world.advance(5_000);
  const inVain = shop.diagnostics.diagnosis(shop.bench.record(saleId)).first;
  assert.deepEqual([inVain?.cause, inVain?.verdict], ["provider_took_back", "confirmed"]);
  await shop.bench.terminal.sales.endIfUnpaid(saleId);
  await shop.bench.world.advance(5_000);
  assert.deepEqual(rows(), [["payment_taken_back", "money_returned"]]);
});

test("a shop without a printer has made that choice: no incident of it", async () => {
  const shop = await Shop.open();
  await shop.printerIs("no_printer", 60_000);
  assert.equal(shop.diagnostics.openCount(), 0);
  await shop.printerIs("paper_out", 60_000);
  assert.equal(shop.diagnostics.openCount(), 1);
});

test("help called while the end of an incident is being stored doesn't open it again", async () => {
  const shop = await Shop.open();
  await shop.printerIs("paper_out", 10_000);
  const number = shop.diagnostics.incidents(1, null).data[0]?.case_no ?? assert.fail("none");
  const goOn = shop.holdCommits();
  await shop.printerIs(null, 3_000);
  const called = shop.diagnostics.escalate(number);
  goOn();
  await called;
  assert.equal(shop.diagnostics.openCount(), 0);
  assert.notEqual(shop.diagnostics.incident(number)?.closed_at, null);
});

test("help that is called again is one call: kept once, with how things stood then", async () => {
  const shop = await Shop.open();
  await shop.printerIs("paper_out", 10_000);
  const number = shop.diagnostics.incidents(1, null).data[0]?.case_no ?? assert.fail("none");
  await shop.diagnostics.escalate(number);
  const first = shop.diagnostics.incident(number)?.escalated_at;
  await shop.bench.world.advance(60_000);
  const again = await shop.diagnostics.escalate(number);
  assert.equal(again?.case_no, number);
  assert.equal(shop.diagnostics.incident(number)?.escalated_at, first);
  const streams = [...shop.bench.disk.events.streams.values()].flat();
  assert.equal(streams.filter(({ kind }) => kind === "incident_escalated").length, 1);
});

test("help called while its cause isn't seen for a moment: the case keeps what it is about", async () => {
  const shop = await Shop.open();
  await shop.printerIs("paper_out", 10_000);
  await shop.printerIs("head_hot", 5_000);
  const number = shop.diagnostics.incidents(1, null).data[0]?.case_no ?? assert.fail("none");
  await shop.diagnostics.escalate(number);
  await shop.printerIs(null, 15_000);
  const { closed_at: closedAt, first } = shop.diagnostics.incident(number) ?? assert.fail("gone");
  assert.notEqual(closedAt, null);
  assert.equal(first?.cause, "paper_out");
});

test("a restart in the middle of the box's own incident: it stays, under its number", async () => {
  const shop = await Shop.open();
  await shop.printerIs("paper_out", 10_000);
  const number = shop.diagnostics.incidents(1, null).data[0]?.case_no ?? assert.fail("none");
  await shop.diagnostics.stop();
  await shop.bench.restart();
  const again = new Shop(shop.bench);
  again.checkedAtMs = null;
  again.diagnostics.start();
  await again.bench.world.advance(15_000);
  assert.equal(again.diagnostics.incident(number)?.closed_at, null);
  await again.printerIs("paper_out", 10_000);
  const open = (): readonly string[] =>
    again.diagnostics.incidents(5, null).data.map((one) => `${one.case_no} ${one.ended}`);
  assert.deepEqual(open(), [`${number} null`]);
  await again.printerIs(null, 15_000);
  assert.deepEqual(open(), [`${number} cleared`]);
});

test("of a closed incident of the box only what it was about is told as mended", async () => {
  const shop = await Shop.open();
  const licence = {
    kind: "qualification",
    id: "Q1",
    what: "licence",
    state: "expired",
    untilMs: 1,
    note: "营业执照",
  } as const;
  shop.diagnostics.take([{ atMs: shop.bench.world.nowMs(), fact: licence }]);
  await shop.printerIs("paper_out", 15_000);
  await shop.printerIs(null, 15_000);
  const [row] = shop.diagnostics.incidents(1, null).data;
  const { families } = shop.diagnostics.incident(row?.case_no ?? "") ?? assert.fail("none");
  const said = families.flatMap(({ findings }) => findings.map((one) => one.explain.zh));
  assert.ok(
    said.some((one) => one === "当时：打印机缺纸。现在已恢复。"),
    `${said}`,
  );
  assert.ok(said.includes("当时：营业执照已过期（按记录）。"), `${said}`);
});

test("a light that a refusal saw first is told to the screens all the same", async () => {
  const shop = await Shop.open();
  shop.condition = "paper_out";
  assert.equal(shop.diagnostics.refusal(false), "printer_red_needs_e_receipt");
  shop.told = 0;
  await shop.printerIs("paper_out", 1_000);
  assert.ok(shop.told > 0);
});

test("a look that fails ends neither the process nor the looking, and stops no sale", async () => {
  const shop = await Shop.open();
  shop.isBroken = true;
  shop.diagnostics.act("amount_left", null, null);
  await shop.bench.world.advance(1_000);
  assert.equal(shop.diagnostics.refusal(false), null);
  shop.isBroken = false;
  await shop.printerIs("paper_out", 10_000);
  assert.equal(shop.diagnostics.openCount(), 1);
});

test("in an announced window the cause stands there within three seconds of the first evidence", async () => {
  for (const isAnnounced of [true, false]) {
    const shop = await Shop.open();
    const { bench, diagnostics } = shop;
    const nowMs = bench.world.nowMs();
    const window = { fromMs: nowMs - 60_000, untilMs: nowMs + 3_600_000 };
    const notice = {
      id: "n1",
      scope: "provider",
      title: "支付宝系统升级",
      source: "feed",
    } as const;
    if (isAnnounced) diagnostics.note({ kind: "notice", ...notice, ...window });
    const { saleId, orderNo } = await bench.sell({ state: "unknown" });
    diagnostics.note({
      kind: "provider_call",
      asked: "pay",
      orderNo,
      ms: 5_000,
      unknown: "silence",
      httpStatus: null,
      code: null,
      subCode: null,
    });
    await bench.world.advance(3_000);
    const shown = diagnostics.shown(saleId);
    assert.equal(shown?.first?.family, isAnnounced ? "maintenance" : undefined);
    assert.equal(shown?.first?.title.zh, isAnnounced ? notice.title : undefined);
  }
});

test("what a charge met in a window stays its cause after a crash and after its outcome", async () => {
  const shop = await Shop.open();
  const { bench, diagnostics } = shop;
  const nowMs = bench.world.nowMs();
  const window = { fromMs: nowMs - 60_000, untilMs: nowMs + 25_000 };
  const notice = { id: "n1", scope: "provider", title: "支付宝系统升级", source: "feed" } as const;
  diagnostics.note({ kind: "notice", ...notice, ...window });
  const { saleId, orderNo } = await bench.sell({ state: "unknown" });
  const failed = {
    kind: "provider_call",
    orderNo,
    ms: 90,
    unknown: "provider",
    httpStatus: null,
    code: "20000",
    subCode: "isp.unknow-error",
  } as const;
  diagnostics.note({ ...failed, asked: "pay" });
  await bench.world.advance(5_000);
  diagnostics.note({ kind: "start", clean: false, awayMs: 1_000, rebooted: false });
  await bench.world.advance(30_000);
  diagnostics.note({ ...failed, asked: "query" });
  await bench.news(orderNo, { ...declined, unpaidEnd: "closed" });
  await bench.world.advance(2_000);
  await bench.terminal.sales.endIfUnpaid(saleId);
  await bench.world.advance(5_000);
  const [row] = diagnostics.incidentsOfSale(saleId);
  assert.deepEqual([row?.title.zh, row?.ended], [notice.title, "not_paid"]);
  for (const view of [
    diagnostics.incident(row?.case_no ?? ""),
    diagnostics.diagnosis(bench.record(saleId)),
  ]) {
    assert.deepEqual([view?.first?.title.zh, view?.first?.over], [notice.title, true]);
    assert.doesNotMatch(view?.first?.next_step.zh ?? "", /可能已扣款|重复收款|收现金/);
  }
});

test("a record that is said at every look is kept now and then", async () => {
  const shop = await Shop.open();
  const { bench, diagnostics } = shop;
  const beganMs = bench.world.nowMs();
  const notice: Fact = {
    kind: "notice",
    id: "n1",
    scope: "provider",
    fromMs: 1,
    untilMs: 2,
    title: "升级",
    source: "operator 01",
  };
  for (let look = 0; look < 60; look += 1) {
    diagnostics.note(notice);
    await bench.world.advance(10_000);
  }
  const kept = bench.terminal.deps.journal.evidence(beganMs, bench.world.nowMs());
  const notices = kept.filter(({ fact }) => fact.kind === "notice").length;
  assert.ok(notices >= 9 && notices <= 11, `${notices} rows`);
});

test("whoever is on duty is shown without salt and hash", async () => {
  const { terminal } = await Bench.open();
  assert.deepEqual(Object.keys(terminal.staff.onDuty() ?? {}), ["no", "name", "role"]);
});

test("a refusal of hours ago isn't a new incident when its number is checked again", async () => {
  const shop = await Shop.open();
  const { bench } = shop;
  const { saleId, orderNo } = await bench.sell(declined, { oneShot: true });
  await bench.world.advance(5_000);
  assert.equal(shop.diagnostics.openCount(), 0);
  await shop.diagnostics.stop();
  const after = new Shop(bench);
  after.diagnostics.start();
  await bench.news(orderNo, { ...declined, afterChecks: 1 });
  await bench.world.advance(5_000);
  assert.equal(after.diagnostics.incidentsOfSale(saleId).length, 1);
});

test("of the box: a refusal that is heard of again is still of its own time", async () => {
  const shop = await Shop.open();
  const { bench, diagnostics } = shop;
  const endedAtMs = bench.world.nowMs();
  const refused = {
    ...declined,
    endedAtMs,
    code: { code: "40004", subCode: "ACQ.BUYER_BALANCE_NOT_ENOUGH", message: null },
  };
  const { orderNo } = await bench.sell(refused, { oneShot: true });
  await bench.world.advance(5_000);
  assert.equal(diagnostics.diagnosis(null).first?.cause, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
  await bench.world.advance(120_000);
  await bench.news(orderNo, { ...refused, afterChecks: 1 });
  await bench.world.advance(1_000);
  assert.equal(diagnostics.diagnosis(null).first, null);
});

test("of the box: what nobody knows the outcome of yet is named, though no fault is found", async () => {
  const shop = await Shop.open();
  const { bench, diagnostics } = shop;
  assert.deepEqual(diagnostics.diagnosis(null).open_sales, []);
  const { saleId, orderNo } = await bench.sell({ state: "unknown" });
  const named = diagnostics.diagnosis(null).open_sales;
  assert.deepEqual(
    named.map((one) => [one.sale_id, one.order_no, one.advice.zh.slice(0, 12)]),
    [[saleId, orderNo, "结果确认中，请勿重复收款"]],
  );
  const beside = (asked: string): boolean =>
    diagnostics.diagnosis(bench.record(asked)).open_sales.some((one) => one.sale_id === saleId);
  const next = await bench.sell({ state: "declined", unpaidEnd: "declined" });
  assert.deepEqual([beside(next.saleId), beside(saleId)], [true, false]);
  await bench.news(orderNo, declined);
  assert.deepEqual(diagnostics.diagnosis(null).open_sales, []);
});
