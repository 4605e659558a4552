/** Every big state of the till as a table: what the box says, what the cashier reads, what can be pressed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TAKEN_ELSEWHERE } from "../text/causes.ts";
import { tillText } from "../text/till.ts";
import { outcomeIncident } from "../../../test/web-support/incidents.ts";
import * as extras from "../../../test/web-support/extra-views.ts";
import * as views from "../../../test/web-support/views.ts";
import { eReceiptAct } from "./acts.ts";
import { displayOf } from "./display.ts";
import type { Act, Screen } from "./parts.ts";
import { screenOf } from "./screen.ts";
import type { ScreenInput } from "./screen.ts";
import type { SaleView } from "./view.ts";

const input = (change: Partial<ScreenInput> = {}): ScreenInput => ({
  sale: null,
  draft: "",
  replaces: false,
  unsure: false,
  taps: false,
  sameAmountAs: null,
  again: null,
  incident: null,
  away: false,
  ...change,
});

const show = (change: Partial<ScreenInput>): Screen =>
  screenOf(views.till(), input(change), views.nowMs);

const keys = (acts: readonly Act[]): string =>
  acts
    .filter(({ look, key, enabled }) => look !== "more" && key !== null && enabled === true)
    .map(({ key, label }) => `${key} ${label.zh}`)
    .join(", ");

const qrCreated = (): SaleView => {
  const sale = views.showQr();
  return {
    ...sale,
    attempt: views.attempt({ method: "qr", state: "created" }),
  };
};
const neverSent = (): SaleView => {
  const sale = views.reversed(false);
  return { ...sale, attempt: views.attempt({ state: "declined", unpaid_end: "never_sent" }) };
};

// what the box says | tone | big words | keys that work | receipt beside it
const TABLE: readonly (readonly [
  says: string,
  change: Partial<ScreenInput>,
  tone: string,
  headline: string,
  keys: string,
  side: string,
])[] = [
  ["no amount", {}, "calm", "输入金额", "", "-"],
  ["half an amount", { draft: "0." }, "calm", "输入金额", "Esc 清除", "-"],
  ["three decimals", { draft: "1.005" }, "bad", "金额小数超过两位，没有收款", "Esc 清除", "-"],
  [
    "above the shop's limit",
    { draft: "50000.01" },
    "bad",
    "超过本店单笔上限，没有收款",
    "Esc 清除",
    "-",
  ],
  ["a minus", { draft: "-1" }, "bad", "金额须大于 0，没有收款", "Esc 清除", "-"],
  [
    "an amount",
    { draft: "128.5" },
    "calm",
    "按 Enter 收款",
    "Enter 收款, F2 出示收款二维码, Esc 清除",
    "-",
  ],
  [
    "the amount of an open sale",
    { draft: "128.50", sameAmountAs: "S-1" },
    "care",
    "是同一位顾客吗？",
    "Enter 回到那一单, N 是另一位顾客，继续收, Esc 改金额",
    "-",
  ],
  [
    "a sale without attempt",
    { sale: views.showCode() },
    "wait",
    "请顾客出示付款码",
    "Esc 改金额, F2 出示收款二维码",
    "-",
  ],
  ["charge on the wire", { sale: views.charging() }, "wait", "正在收款", "", "-"],
  ["QR ordered", { sale: qrCreated() }, "wait", "正在生成收款二维码", "Esc 取消本单", "-"],
  [
    "QR shown",
    { sale: views.showQr() },
    "wait",
    "请顾客扫码付款",
    "F3 现在查一次, Esc 取消本单",
    "-",
  ],
  [
    "buyer enters the password",
    { sale: views.awaitingBuyer() },
    "wait",
    "请顾客在手机上确认",
    "F3 现在查一次",
    "-",
  ],
  [
    "no answer",
    { sale: views.confirming() },
    "care",
    "结果确认中，请勿重复收款",
    "F3 现在查一次",
    "等结论",
  ],
  [
    "reversing",
    { sale: views.reversing() },
    "care",
    "正在撤销，请勿重复收款",
    "F3 现在查一次",
    "等结论",
  ],
  [
    "declined",
    { sale: views.declined() },
    "bad",
    "未收款：顾客余额不足",
    "Enter 重新收款, Esc 取消本单",
    "不出票",
  ],
  [
    "never sent",
    { sale: neverSent() },
    "bad",
    "未收款：请求没有送出",
    "Enter 重新收款, Esc 取消本单",
    "不出票",
  ],
  [
    "reversed, money back",
    { sale: views.reversed(true) },
    "calm",
    "撤销成功",
    "Enter 重新收款, Esc 取消本单",
    "不出票",
  ],
  [
    "rolled back after paid",
    { sale: views.rolledBack() },
    "bad",
    "这笔款被渠道退回了",
    "Enter 重新收款, Esc 取消本单",
    "小票已作废",
  ],
  ["given up", { sale: views.abandoned() }, "calm", "本单已取消", "Enter 下一笔", "不出票"],
  [
    "ended by the day's close before it was charged",
    { sale: views.sale({ state: "unpaid" }) },
    "calm",
    "￥128.50 没有收款",
    "Enter 下一笔",
    "不出票",
  ],
  [
    "cash after unknown",
    { sale: views.paidOtherwise() },
    "care",
    "已改用其他方式收款",
    "Enter 下一笔",
    "不出票",
  ],
  [
    "paid, printing",
    { sale: views.paid({ state: "sending", proof: null }) },
    "good",
    "收款成功",
    "Enter 下一笔, F6 补打, F7 电子小票",
    "正在打印",
  ],
  [
    "paid, printer confirmed",
    { sale: views.paid() },
    "good",
    "收款成功",
    "Enter 下一笔, F6 补打, F7 电子小票",
    "打印机已确认",
  ],
  [
    "paid, cashier saw it",
    { sale: views.paid({ proof: "person" }) },
    "good",
    "收款成功",
    "Enter 下一笔, F6 补打, F7 电子小票",
    "收银员已确认",
  ],
  [
    "paid, out of paper",
    { sale: views.held() },
    "care",
    "小票没出来：打印机缺纸",
    "Enter 先收下一位, F7 给顾客电子小票",
    "等纸",
  ],
  [
    "paid, paper ran out inside",
    { sale: views.paid({ state: "sending", hold: "cover_open", proof: null }) },
    "care",
    "小票没出来：打印机盖子没合上",
    "Enter 先收下一位, F7 给顾客电子小票",
    "等打印机",
  ],
  [
    "paid, printer lost in its middle",
    { sale: views.paid({ state: "sending", hold: "unreachable", proof: null }) },
    "care",
    "打印中断，正在确认是否已出票",
    "Enter 先收下一位, F7 给顾客电子小票",
    "正在确认",
  ],
  [
    "paid, print doubtful",
    { sale: views.doubtful() },
    "care",
    "小票打出来了吗？",
    "Y 打出来了, N 没有，补打一张",
    "待你确认",
  ],
  [
    "refunded in part",
    { sale: views.refunded() },
    "good",
    "已退款 ￥28.50",
    "Enter 下一笔, F6 补打, F4 退款",
    "打印机已确认",
  ],
  [
    "paid, and an extra payment that can't go back",
    { sale: extras.paidTwice("kept") },
    "care",
    "收款成功",
    "Enter 下一笔, F4 退回多到账的一笔, F6 补打, F7 电子小票",
    "打印机已确认",
  ],
  [
    "cash, and wallet money that can't go back",
    { sale: extras.cashAndLate("kept") },
    "care",
    "已改用其他方式收款",
    "Enter 下一笔, F4 退回多到账的一笔",
    "不出票",
  ],
  [
    "cash, and wallet money that went back",
    { sale: extras.cashAndLate("back") },
    "good",
    "已改用其他方式收款",
    "Enter 下一笔",
    "不出票",
  ],
  [
    "late money that can't go back",
    { sale: extras.late("kept") },
    "bad",
    "迟到的钱没有退成",
    "Enter 下一笔, F4 退回多到账的一笔",
    "不出票",
  ],
  [
    "late money that went back",
    { sale: extras.late("back") },
    "calm",
    "迟到的钱已退回",
    "Enter 下一笔",
    "不出票",
  ],
  [
    "taken back, then charged in vain",
    { sale: extras.inVain("reversed") },
    "bad",
    "没有扣款",
    "Enter 重新收款, Esc 取消本单",
    "小票已作废",
  ],
  [
    "print doubtful beside a refund",
    { sale: extras.refundedBeside(views.doubtful(), "unknown") },
    "care",
    "小票打出来了吗？",
    "Y 打出来了, N 没有，补打一张",
    "待你确认",
  ],
  [
    "out of paper beside a refund",
    { sale: extras.refundedBeside(views.held(), "done") },
    "care",
    "小票没出来：打印机缺纸",
    "Enter 先收下一位, F7 给顾客电子小票",
    "等纸",
  ],
  [
    "refund unknown",
    { sale: views.refunded({ state: "unknown" }) },
    "care",
    "退款结果确认中，请勿重复退款",
    "Enter 下一笔, F6 补打, F4 退款",
    "打印机已确认",
  ],
];

for (const [says, change, tone, headline, expectedKeys, side] of TABLE) {
  test(`${says} → ${headline}`, () => {
    const screen = show(change);
    assert.equal(screen.tone, tone);
    assert.equal(screen.headline.zh, headline);
    assert.equal(keys(screen.acts), expectedKeys);
    assert.equal(screen.side.tag?.text.zh ?? "-", side);
    assert.doesNotMatch(
      JSON.stringify(screen),
      /\{(?!key_)\w+\}/,
      "every place in a text is filled",
    );
    assert.equal(new Set(screen.acts.map(({ id }) => id)).size, screen.acts.length);
  });
}

test("without a keyboard nobody is told to press Enter", () => {
  for (const change of [{}, { draft: "5" }, { draft: "5", replaces: true }]) {
    const { headline, plain } = show({ ...change, taps: true });
    assert.doesNotMatch(
      `${headline.zh} ${plain.zh} ${headline.en} ${plain.en}`,
      /Enter(?! the| dig)/,
    );
  }
});

test("every act has a key of its own on its screen", () => {
  for (const [says, change] of TABLE) {
    const { acts } = show(change);
    const pressed = acts.map(({ key }) => key);
    assert.equal(new Set(pressed).size, acts.length, `${says}: ${pressed.join(" ")}`);
    assert.ok(!pressed.includes(null), `${says}: ${acts.map(({ id, key }) => `${id} ${key}`)}`);
  }
});

test("without an outcome no code is charged, and the locked button says why", () => {
  for (const sale of [
    views.charging(),
    views.awaitingBuyer(),
    views.confirming(),
    views.reversing(),
  ]) {
    const screen = show({ sale });
    assert.notEqual(screen.takesCode, true);
    assert.notEqual(screen.acts.find(({ id }) => id === "charge_again")?.enabled, true);
  }
  const again = show({ sale: views.confirming() }).acts.find(({ id }) => id === "charge_again");
  assert.deepEqual(again?.enabled, views.noSecondCharge);
});

test("while the paper is asked about, a scan is told to answer first", () => {
  assert.equal(show({ sale: views.doubtful() }).takesCode, tillText.codeWhileAsked);
});

test("after an unpaid end a new code is charged at once", () => {
  assert.equal(show({ sale: views.declined() }).takesCode, true);
  assert.equal(show({ sale: views.reversed(false) }).takesCode, true);
});

test("the unknown screen says that the phone doesn't count, and counts down to the outcome", () => {
  const screen = show({ sale: views.confirming() });
  assert.equal(screen.caution?.zh, "顾客手机显示成功不作数，以本机为准。");
  assert.equal(screen.countdown?.secondsLeft, 131);
  assert.equal(screen.countdown?.text.zh, "一般 17:22:16 前有结论，最迟约 17:23:31");
  const longer = screenOf(views.till(), input({ sale: views.confirming() }), views.nowMs + 60_000);
  assert.equal(longer.countdown?.text.zh, "最迟约 17:23:31 有结论");
  const late = screenOf(views.till(), input({ sale: views.confirming() }), views.nowMs + 3_600_000);
  assert.deepEqual([late.countdown?.share, late.countdown?.secondsLeft], [1, 0]);
});

test("a refund that is done never hides another that isn't, and 已全额退款 isn't said before it is so", () => {
  const whole = { request_no: "R-1", amount_fen: 10_000 };
  for (const state of ["requested", "sending", "unknown"] as const) {
    const refunds = [views.refund({ ...whole, state }), views.refund({ request_no: "R-2" })];
    const { headline, plain } = show({ sale: { ...views.refunded(), refunds } });
    assert.match(headline.zh, /正在退款 ￥100.00|退款结果确认中/);
    assert.doesNotMatch(plain.zh, /全额/);
  }
  const refunds = [views.refund(whole), views.refund({ request_no: "R-2" })];
  assert.match(show({ sale: { ...views.refunded(), refunds } }).plain.zh, /已全额退款/);
});

test("of two refunds the one that was refused just now is told, though an older one is still open", () => {
  const refunds = [
    views.refund({ request_no: "R-1", state: "unknown" }),
    views.refund({ request_no: "R-2", state: "refused" }),
  ];
  assert.match(show({ sale: { ...views.refunded(), refunds } }).headline.zh, /没有退成/);
});

test("charging again asks for a new code; it never goes back while an attempt lives", () => {
  const again = views.attempt().order_no;
  assert.equal(show({ sale: views.declined(), again }).kind, "show_code");
  assert.equal(show({ sale: views.confirming(), again }).kind, "confirming");
});

test("撤销成功 fills the screen and says whether money went back", () => {
  const back = show({ sale: views.reversed(true) });
  assert.ok(back.full && back.urgent);
  assert.match(back.plain.zh, /￥128\.50 已原路退回/);
  assert.match(show({ sale: views.reversed(false) }).headline.zh, /没有扣款/);
  assert.match(back.side.text?.zh ?? "", /撤销凭条：打印机已确认/);
});

test("while the box is away nothing is charged, and the page can still be moved", () => {
  const typed = show({ draft: "12", away: true });
  assert.equal(keys(typed.acts), "Esc 清除");
  assert.notEqual(typed.takesCode, true);
  assert.equal(keys(show({ sale: views.paid(), away: true }).acts), "Enter 下一笔, F7 电子小票");
});

test("before a sale is paid its e-receipt isn't missing an address: there is none yet", () => {
  const before = eReceiptAct(views.charging(), true, "plain");
  assert.match(before.enabled === true ? "" : before.enabled.zh, /收款成功后才有/);
  const nowhere = eReceiptAct(views.paid(), false, "plain");
  assert.match(nowhere.enabled === true ? "" : nowhere.enabled.zh, /没设置电子小票的访问地址/);
});

test("while Alipay contradicts the payment no receipt is shown, the electronic one neither", () => {
  const sale: SaleView = { ...views.paid(), outcome: "unknown", contradicted: true };
  const { enabled } = eReceiptAct(sale, true, "plain");
  assert.match(enabled === true ? "" : enabled.zh, /正在复核；先别交货/);
});

test("no e-receipt is offered that nobody could open", () => {
  const view = views.till({ receipt_links_reachable: false });
  const screen = screenOf(view, input({ sale: views.held() }), views.nowMs);
  const offer = screen.acts.find(({ id }) => id === "e_receipt");
  assert.equal(screen.side.url, null);
  assert.notEqual(offer?.enabled, true);
});

test("a paper that waits for the hub's word says so, and blames no printer", () => {
  for (const hold of ["hub_not_asked", "terminal_replaced"] as const) {
    const sale = views.paid({ state: "held", hold, proof: null });
    const { headline, guide } = show({ sale });
    const said = [headline, ...(guide?.steps.map(({ text }) => text) ?? [])];
    assert.match(headline.zh, /中心|被替换/);
    assert.doesNotMatch(said.map(({ zh }) => zh).join(""), /打印机/);
  }
});

test("a sale that is paid, on a till that was replaced: no code, no countdown, and what to do", () => {
  for (const one of [views.awaitingBuyer(), views.showQr(), views.reversed(false)]) {
    const sale: SaleView = { ...one, outcome: "unknown", cause: TAKEN_ELSEWHERE };
    const screen = show({ sale, incident: { ...outcomeIncident(), sale_id: sale.sale_id } });
    assert.equal(screen.headline.zh, "这台收银机已被替换");
    assert.match(screen.plain.zh, /已收款，不要再收.*重启这台/);
    assert.deepEqual([screen.qr, screen.countdown, screen.money?.tone], [null, null, "good"]);
    assert.notEqual(screen.takesCode, true);
    assert.equal(displayOf("店", true, sale, null).phase, "confirming");
  }
});

test("nobody signed on → sign on first", () => {
  const screen = screenOf(views.till({ operator: null }), input({ draft: "1" }), views.nowMs);
  assert.deepEqual([screen.kind, screen.takesDigits], ["sign_on", false]);
});

test("that Alipay changed its answer is a field of its own, whatever the cause is called", () => {
  const cause = { ...views.balanceCause, code: "any" };
  const screen = show({ sale: { ...views.paid(), outcome: "unknown", contradicted: true, cause } });
  assert.deepEqual([screen.kind, screen.money], ["confirming", null]);
  assert.match(screen.plain.zh, /先别交货/);
});

test("what was typed is refused by its own name: an amount over the limit is an amount", () => {
  const headOf = (draft: string) => show({ draft }).headline;
  assert.deepEqual(headOf("60000"), {
    zh: "超过本店单笔上限，没有收款",
    en: "Above the shop's limit for one sale; nothing charged",
  });
  assert.match(headOf("1.234").zh, /^金额小数超过两位，/);
  assert.match(headOf("1.2.3").zh, /^金额不是数字，/);
});

test("of an order that Alipay never had nothing was reversed: nothing was charged", () => {
  const { kind, headline, plain } = show({ sale: views.reversed(false) });
  assert.equal(kind, "reversed");
  assert.deepEqual(headline, { zh: "没有扣款", en: "Nothing was charged" });
  assert.doesNotMatch(`${headline.zh} ${plain.zh} ${headline.en} ${plain.en}`, /撤销|revers/i);
  assert.equal(show({ sale: views.reversed(true) }).headline.zh, "撤销成功");
});
