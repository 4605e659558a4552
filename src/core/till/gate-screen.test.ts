/** The gate before a sale, as a table: what the lights say, what the cashier reads, which keys work, what a scan does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as incidents from "../../../test/web-support/incidents.ts";
import * as views from "../../../test/web-support/views.ts";
import type { GateView } from "../diagnosis/view.ts";
import type { Screen } from "./parts.ts";
import { screenOf } from "./screen.ts";
import type { SaleView, TillView } from "./view.ts";

const show = (
  gate: Partial<GateView>,
  sale: SaleView | null,
  draft = "",
  change: Partial<TillView> = {},
): Screen =>
  screenOf(
    views.till({ gate: views.gate(gate), ...change }),
    {
      sale,
      draft,
      replaces: false,
      sameAmountAs: null,
      again: null,
      incident: null,
      unsure: false,
      taps: false,
      away: false,
    },
    views.nowMs,
  );

const keys = ({ acts }: Screen): string =>
  acts
    .filter(({ key, enabled }) => key !== null && enabled === true)
    .map(({ key, label }) => `${key} ${label.zh}`)
    .join(", ");

const stops: Partial<GateView> = {
  network: incidents.networkRed,
  stops: incidents.stopsForNetwork,
  offers: ["cash", "other_path", "wait"],
};
const asks: Partial<GateView> = { printer: incidents.paperRed, needs_e_receipt: true };

test("amber warns with its why, and the code is used as ever", () => {
  const screen = show({ network: incidents.unsteady }, views.showCode());
  assert.deepEqual(
    screen.warnings.map(({ light, why }) => [light, why?.zh]),
    [["amber", "最近 1 分钟 20 次里有 4 次没有应答"]],
  );
  assert.equal(screen.warnings[0]?.text.zh, "可能是：网络时断时续");
  assert.equal(screen.kind, "show_code");
  assert.equal(screen.takesCode, true);
});

test("a closed gate stops before the code is used and says what works", () => {
  const draft = show(stops, null, "128.5");
  assert.equal(keys(draft), "Enter 记下这一单, Esc 清除, O 店主放行");
  assert.equal(draft.takesDigits, true);
  const sale = show(stops, views.showCode());
  assert.equal(keys(sale), "Enter 改收现金, Esc 改金额, B 换一条网络, O 店主放行");
  for (const screen of [draft, sale]) {
    assert.equal(screen.kind, "stopped");
    assert.equal(screen.takesCode, incidents.stopsForNetwork);
    assert.deepEqual(screen.offers, ["cash", "other_path", "wait"]);
    assert.match(screen.caution?.zh ?? "", /还没有扣款/);
  }
});

test("beside what is open it says of the new sale alone that no money was taken", () => {
  const advice = { zh: "等结果", en: "Wait for the result" };
  const open_sales = [
    { sale_id: "T01-000001", amount_fen: 4250, created_at: views.at("17:20:00"), advice },
  ];
  assert.match(show(stops, null, "8.8", { open_sales }).caution?.zh ?? "", /这笔新单还没有扣款/);
});

test("while it is closed the amber lights are named, and only the red one speaks", () => {
  const screen = show({ ...stops, provider: incidents.unsteady }, views.showCode());
  assert.match(screen.plain.zh, /路由器没有应答/);
  assert.deepEqual(
    screen.warnings.map(({ light, text, why }) => [light, text.zh, why]),
    [["amber", "可能是：网络时断时续", null]],
  );
});

test("a QR is offered only where the gate offers it", () => {
  const withQr = show({ ...stops, offers: ["show_qr"] }, views.showCode());
  assert.match(keys(withQr), /F2 出示收款二维码/);
});

test("a red printer asks about the e-receipt once there is an amount, and only once", () => {
  assert.equal(show(asks, null).kind, "amount");
  assert.equal(show(asks, null).warnings[0]?.light, "red");
  const asked = show(asks, null, "128.5");
  assert.equal(asked.kind, "ask_e_receipt");
  assert.equal(keys(asked), "Y 要，用电子小票, N 不要，先修打印机, Esc 清除, O 店主放行");
  assert.notEqual(asked.takesCode, true);
  assert.equal(show(asks, views.showCode()).kind, "ask_e_receipt");
  const answered = show(asks, { ...views.showCode(), accepts_e_receipt: true });
  assert.equal(answered.kind, "show_code");
  assert.equal(answered.takesCode, true);
});

test("without a reachable address the e-receipt is refused with its reason", () => {
  const screen = show(asks, null, "128.5", { receipt_links_reachable: false });
  const yes = screen.acts.find(({ id }) => id === "with_e_receipt");
  assert.notEqual(yes?.enabled, true);
});

test("a sale that is under way isn't touched by the gate", () => {
  for (const sale of [views.charging(), views.confirming(), views.paid(), views.held()]) {
    const open = show({}, sale);
    assert.deepEqual(show({ ...stops, ...asks }, sale), open, open.kind);
  }
});

test("while Alipay can't be heard, nobody reads that it waits for the customer's password", () => {
  const heard = show({}, views.awaitingBuyer());
  assert.match(heard.plain?.zh ?? "", /正在等顾客输入密码/);
  const lost = show({ network: incidents.networkRed }, views.awaitingBuyer());
  assert.equal(lost.kind, "awaiting_buyer");
  assert.equal(lost.tone, "care");
  assert.match(lost.headline.zh, /结果确认中/);
  assert.match(lost.plain?.zh ?? "", /断开前.*现在不知道付了没有/);
});
