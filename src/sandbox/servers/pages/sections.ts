/** The parts of the page that change while it is open, each by itself. */
import { figureText, yuanText } from "../../../core/money/money.ts";
import { chinaTime } from "../../../core/rules/time.ts";
import { behaviour } from "../../model/gateway/behaviours.ts";
import type { QrOrder, Trade, TradeStatus } from "../../model/gateway/trades.ts";
import { WALLET_STATE_TEXT, type Wallet } from "../../model/gateway/wallets.ts";
import type { Text } from "../../../core/text/text.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { html, type Html, table } from "./html.ts";
import { symbols } from "./symbols.ts";

const tradesShown = 30;
const clock = (ms: number): string => chinaTime(ms).slice(11);

const STATUS_TEXT: Record<TradeStatus, Text & { readonly tone: string }> = {
  WAIT_BUYER_PAY: { zh: "等待付款", en: "waiting", tone: "wait" },
  TRADE_SUCCESS: { zh: "已付款", en: "paid", tone: "good" },
  TRADE_FINISHED: { zh: "已完结", en: "finished", tone: "good" },
  TRADE_CLOSED: { zh: "已关闭", en: "closed", tone: "bad" },
};

/** What this customer does when they pay, in a few words. */
function habit(wallet: Wallet): string {
  if (wallet.state !== "normal") return WALLET_STATE_TEXT[wallet.state].zh;
  const limit = wallet.dayLimitFen === null ? "" : `；每日限额 ${yuanText(wallet.dayLimitFen)}`;
  const above = wallet.passwordAboveFen;
  const when = above === 0 ? "每笔都输密码" : `超过 ${yuanText(above)} 输密码`;
  const asked = wallet.whenAsked;
  const then =
    asked.kind === "waits"
      ? "等你按确认"
      : `${asked.afterMs / 1000} 秒后${asked.kind === "confirms" ? "确认" : "取消"}`;
  return `${when}，${then}${limit}`;
}

async function walletCard(gateway: Gateway, wallet: Wallet): Promise<Html> {
  const code = gateway.control.currentCode(wallet.id);
  const groups = code.code.replaceAll(/(\d{4})(?=\d)/g, "$1 ");
  const tone = wallet.state === "normal" ? "" : "off";
  return html`<li class="card ${tone}">
    <h3>${wallet.name} <small lang="en">${wallet.id}</small></h3>
    <p class="money">${figureText(wallet.balanceFen)} <small>${habit(wallet)}</small></p>
    <p class="code">
      <span>${groups}</span>
      <button type="button" class="small" data-key="copy-${wallet.id}" data-copy="${code.code}">
        复制<span class="hidden">${wallet.name}的付款码</span>
      </button>
    </p>
    ${await symbols(code.code, true)}
    <p class="till"><span data-until="${code.expiresAtMs}"></span>后换新码，只能用一次</p>
  </li>`;
}

async function wallets(gateway: Gateway): Promise<Html> {
  const cards = await Promise.all(
    gateway.control.wallets().map((wallet) => walletCard(gateway, wallet)),
  );
  return html`<ul class="cards">
    ${cards}
  </ul>`;
}

/** Trades in which somebody is looking at the password page. */
function asked(gateway: Gateway): Html {
  const waiting = gateway.control
    .trades(200)
    .filter((trade) => trade.status === "WAIT_BUYER_PAY" && trade.ask !== null);
  if (waiting.length === 0) return html`<p class="none">没有顾客在输密码。</p>`;
  const rows = waiting.map((trade) => {
    const name = gateway.control.findWallet(trade.walletId)?.name ?? trade.walletId;
    const act = (what: string, label: string, tone: string): Html =>
      html`<button
        type="button"
        class="${tone}"
        data-key="${what}-${trade.outTradeNo}"
        data-post="control/trades/${trade.outTradeNo}/${what}"
      >
        ${label}<span class="hidden">${name} ${yuanText(trade.totalFen)} 元</span>
      </button>`;
    return html`<li>
      <b>${name}</b> ${figureText(trade.totalFen)}
      <span class="number">${trade.outTradeNo}</span> ${act("confirm", "确认", "go")}
      ${act("refuse", "拒绝", "")}
    </li>`;
  });
  return html`<ul class="rows">
    ${rows}
  </ul>`;
}

async function qrCard(gateway: Gateway, order: QrOrder): Promise<Html> {
  const options = gateway.control
    .wallets()
    .map((wallet) => html`<option value="${wallet.id}">${wallet.name}</option>`);
  return html`<li class="card">
    <h3>${figureText(order.totalFen)}</h3>
    <p class="number">${order.outTradeNo}</p>
    ${await symbols(order.qrCode, false)}
    <form class="scan" data-target="${order.outTradeNo}">
      <label
        >用谁的手机扫
        <select name="wallet" data-key="who-${order.outTradeNo}">
          ${options}
        </select></label
      >
      <button class="go" data-key="scan-${order.outTradeNo}">扫码付款</button>
      <button name="look" value="1" data-key="look-${order.outTradeNo}">只扫不付</button>
    </form>
  </li>`;
}

async function qrOrders(gateway: Gateway): Promise<Html> {
  const orders = gateway.control.qrOrders().slice(0, 6);
  if (orders.length === 0) return html`<p class="none">没有等待扫描的二维码。</p>`;
  const cards = await Promise.all(orders.map((order) => qrCard(gateway, order)));
  return html`<ul class="cards">
    ${cards}
  </ul>`;
}

function tradeRow(gateway: Gateway, trade: Trade): Html {
  const status = STATUS_TEXT[trade.status];
  const refunded = trade.refundedFen === 0 ? "" : `退 ${yuanText(trade.refundedFen)}`;
  const name = gateway.control.findWallet(trade.walletId)?.name ?? trade.walletId;
  return html`<tr>
    <td>${clock(trade.createdAtMs)}</td>
    <td class="number">${trade.outTradeNo}</td>
    <td>${name}</td>
    <td class="sum">${yuanText(trade.totalFen)}</td>
    <td><span class="tag ${status.tone}">${status.zh}</span> ${refunded}</td>
  </tr>`;
}

function trades(gateway: Gateway): Html {
  const rows = gateway.control.trades(tradesShown).map((trade) => tradeRow(gateway, trade));
  if (rows.length === 0) return html`<p class="none">还没有交易。</p>`;
  return table("最近的交易", ["时间", "商户订单号", "顾客", "金额", "状态"], rows);
}

function active(gateway: Gateway): Html {
  const faults = gateway.control.faults();
  if (faults.length === 0) return html`<p class="none">没有开着的故障。</p>`;
  const rows = faults.map((fault) => {
    const text = fault.subCode ?? behaviour(fault.behaviour).text.zh;
    return html`<li>
      <b>${text}</b> ${fault.method === "*" ? "任何接口" : fault.method}，还有 ${fault.times} 次
      <button type="button" data-key="clear-${fault.id}" data-delete="control/faults/${fault.id}">
        取消<span class="hidden">${text}</span>
      </button>
    </li>`;
  });
  return html`<ul class="rows">
    ${rows}
  </ul>`;
}

function notifications(gateway: Gateway): Html {
  const rows = gateway.control.notifications(10).map(
    (one) =>
      html`<tr>
        <td>${clock(one.createdAtMs)}</td>
        <td class="number">${one.outTradeNo}</td>
        <td>${one.tries} 次</td>
        <td>${one.delivered ? "已收到 success" : (one.lastAnswer ?? "未发")}</td>
        <td>${one.nextAtMs === null ? "" : `下次 ${clock(one.nextAtMs)}`}</td>
      </tr>`,
  );
  if (rows.length === 0) return html`<p class="none">还没有通知。</p>`;
  return table("最近的通知", ["时间", "商户订单号", "已发", "应答", "计划"], rows);
}

function requests(gateway: Gateway): Html {
  const { requests: count, resent } = gateway.control.counters();
  const rows = gateway.control.requests(12).map(
    (entry) =>
      html`<tr>
        <td>${clock(entry.atMs)}</td>
        <td>${entry.method.replace("alipay.", "")}${entry.resent ? "（重发）" : ""}</td>
        <td class="number">${entry.outTradeNo ?? ""}</td>
        <td class="answer">${entry.subCode ?? entry.code ?? ""}</td>
        <td>${entry.provoked ?? ""}</td>
      </tr>`,
  );
  return html`<p>共 ${count} 次请求，其中 ${resent} 次是客户端自动重发。</p>
    ${table("最近的请求", ["时间", "接口", "商户订单号", "结果", "故障"], rows)}`;
}

/** Every changing part by the id of its place in the page. */
export async function sections(gateway: Gateway): Promise<Readonly<Record<string, string>>> {
  const parts = {
    wallets: await wallets(gateway),
    asked: asked(gateway),
    qr: await qrOrders(gateway),
    trades: trades(gateway),
    active: active(gateway),
    notifications: notifications(gateway),
    requests: requests(gateway),
  };
  return Object.fromEntries(Object.entries(parts).map(([id, part]) => [id, part.text]));
}
