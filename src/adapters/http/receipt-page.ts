/** The customer's electronic receipt: server-rendered, whole without script, small, readable on any phone. */
import { fen, figureText, yuanText } from "../../core/money/money.ts";
import type { Refund } from "../../core/payment/refund.ts";
import { refundIsOpen } from "../../core/till/can.ts";
import { chinaTime } from "../../core/rules/time.ts";
import { PAYMENT_CONTRADICTED } from "../../core/text/causes.ts";
import { escapeMarkup } from "../../core/text/markup.ts";
import type { Receipt } from "../../core/receipt/receipt.ts";
import type { ReceiptMoney } from "../../ports/till.ts";

const style = `:root{color-scheme:light}*{box-sizing:border-box;margin:0}body{font:16px/1.6 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#16202b;background:#f4f6f8;padding:16px}
main{max-width:26rem;margin:0 auto;background:#fff;border:1px solid #d9e0e7;border-radius:14px;padding:24px 20px}h1{font-size:20px;text-align:center}h1+p{text-align:center;color:#4a5866}
.sum{font-size:40px;font-weight:700;text-align:center;margin:14px 0 4px;font-variant-numeric:tabular-nums}.state{text-align:center;color:#1a6b2d;font-weight:600}.void{color:#a11212}
dl{display:grid;gap:6px;font-size:15px;margin:18px 0;padding-top:16px;border-top:1px dashed #b9c2cb}dl div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px}dt{color:#4a5866}dd{margin:0 0 0 auto;max-width:100%;text-align:right;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin:14px 0 0}td,th{padding:4px 0;text-align:left;vertical-align:top;line-height:1.4;font-weight:400;overflow-wrap:anywhere}td+td,th+th{text-align:right;white-space:nowrap;padding-left:10px}th{color:#4a5866}
button{font:inherit;font-size:17px;font-weight:600;width:100%;min-height:52px;border-radius:10px;border:0;background:#0958d9;color:#fff}.note{color:#4a5866;font-size:14px;margin-top:14px;text-align:center}
.demo,.check{background:#fff1d6;color:#8a4b00;text-align:center;font-weight:600;border-radius:10px;padding:8px;margin-bottom:14px}.done{background:#e6f4ea;color:#1a6b2d;text-align:center;border-radius:10px;padding:12px;font-weight:600}`;

export function receiptPage(receipt: Receipt, money: ReceiptMoney, action: string): string {
  const { content } = receipt;
  const { refunds } = money;
  const rows: readonly (readonly [string, string])[] = [
    [
      "商户 Merchant",
      [content.issuer.merchantName, content.issuer.storeName].filter(Boolean).join(" · "),
    ],
    ["交易类型 Type", "消费 Sale"],
    ["支付方式 Paid by", "支付宝 Alipay"],
    ["小票号 Receipt", content.number],
    ["订单号 Order", content.orderNo],
    ["渠道交易号 Trade", content.providerTradeNo],
    ["时间 Time", chinaTime(content.paidAtMs)],
    ["操作员 Operator", content.operator.no],
    ["校验码 Check", receipt.hash.slice(0, 8)],
    ...refunds.filter((one) => one.state !== "refused").map(refundRow),
  ];
  const state = stateLine(receipt, money);
  return page(
    `小票 ${content.number}`,
    `${noMoney(content)}<h1>${escapeMarkup(content.issuer.merchantName)}</h1><p>${escapeMarkup(content.issuer.storeName)}</p>
<p class="sum">${figureText(content.amountFen)}</p>${state}${items(receipt)}<dl>${rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeMarkup(value)}</dd></div>`).join("")}</dl>${confirmation(receipt, money, action)}`,
  );
}

function noMoney({ livemode, training }: Receipt["content"]): string {
  if (training) return `<p class="demo">培训 · 非真实交易<br>Training · not a real payment</p>`;
  return livemode ? "" : `<p class="demo">演示 · 非真实交易<br>Demo · not a real payment</p>`;
}

/** What the customer holds now: a refund that is done changes the headline, one under way is named beside it. */
function stateLine(receipt: Receipt, { refunds, isContradicted }: ReceiptMoney): string {
  if (receipt.void) return `<p class="state void">已作废 Void</p>`;
  if (isContradicted) {
    const { zh, en } = PAYMENT_CONTRADICTED.customer;
    return `<p class="check">${zh}<br>${en}</p>`;
  }
  const backFen = doneFen(refunds);
  if (backFen >= receipt.content.amountFen)
    return `<p class="state void">已全额退款 Refunded in full</p>`;
  if (backFen > 0)
    return `<p class="state">✓ 已付款 Paid</p><p class="state void">已退款 Refunded ${figureText(backFen)}</p>`;
  return `<p class="state">✓ 已付款 Paid</p>`;
}

const doneFen = (refunds: readonly Refund[]): number =>
  refunds.filter((one) => one.state === "done").reduce((sum, one) => sum + one.amountFen, 0);

function refundRow(refund: Refund): readonly [string, string] {
  const amount = figureText(refund.amountFen);
  if (refundIsOpen(refund)) return ["退款处理中 Refund under way", amount];
  return ["已退款 Refunded", `${amount} · ${chinaTime(refund.endedAtMs ?? refund.requestedAtMs)}`];
}

function items({ content }: Receipt): string {
  if (content.items.length === 0) return "";
  const row = (one: (typeof content.items)[number]): string =>
    `<tr><td>${escapeMarkup(one.name)}</td><td>${one.quantity} × ${yuanText(one.priceFen)}</td><td>${yuanText(fen(Math.round(one.quantity * one.priceFen)))}</td></tr>`;
  return `<table><thead><tr><th>商品<br>Item</th><th>数量 × 单价<br>Qty × price</th><th>金额<br>Sum</th></tr></thead><tbody>${content.items.map(row).join("")}</tbody></table>`;
}

const received = "✓ 已收下 Received";

/**
 * That the address was fetched proves nothing (previews fetch too). A page that is in sight on a phone tells it by itself;
 * where no script runs, the button does.
 */
function confirmation(receipt: Receipt, money: ReceiptMoney, action: string): string {
  if (receipt.void)
    return `<p class="note">这张小票已作废，请联系商户。<br>This receipt is void; please ask the shop.</p>`;
  // Nobody is asked to take, in place of paper, what may be void in a moment.
  if (money.isContradicted) return "";
  if (receipt.openedAtMs !== null)
    return `<p class="done">✓ 已收下，${chinaTime(receipt.openedAtMs)}<br>Received</p>`;
  return `<form method="post" action="${escapeMarkup(action)}" data-done="${received}"><button>我收到小票了 · I have my receipt</button><p class="note">点了之后，店里就知道您已有小票，不必再打印。<br>Press it and the shop knows that you need no paper.</p></form><script src="${inSightPath}" defer></script>`;
}

export const inSightPath = "/r/in-sight.js";

/** Says once, as soon as a person can see the page, what the button would say. A preview that renders isn't seen. */
export const inSightScript = `const form = document.querySelector("form");
const tell = () => {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", tell);
  fetch(form.action, { method: "POST" }).then((reply) => {
    if (!reply.ok) return;
    const done = document.createElement("p");
    done.className = "done";
    done.textContent = form.dataset.done;
    form.replaceWith(done);
  }, () => undefined);
};
document.addEventListener("visibilitychange", tell);
tell();
`;

export const receiptNotFoundPage = (): string =>
  page(
    "没有这张小票",
    `<h1>没有这张小票</h1><p>链接不完整，或者不是本店的小票。请重新扫描小票上的二维码。<br>No such receipt: please scan the code on the paper again.</p>`,
  );

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escapeMarkup(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
