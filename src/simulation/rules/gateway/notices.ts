/** The provider's notifications: lost, doubled, late, and forged by somebody who knows an order number. */
import type { TradeNotification } from "../../../core/payment/answers.ts";
import { readNotification } from "../../../adapters/provider/alipay/notify.ts";
import { fen } from "../../../core/money/money.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";
import { paidTrade } from "./answers.ts";
import type { Trade } from "./book.ts";

const lateMsMax = 200_000;

export function sendNotice(shop: Shop, sale: Sale, trade: Trade): void {
  const { twist } = trade;
  // What the provider takes back it hasn't announced.
  if (twist !== null && (twist.notify === "never" || twist.rollBackMs !== null)) return;
  const { chance } = shop.gateway;
  const isPaid = trade.status === "TRADE_SUCCESS";
  const notice: TradeNotification = {
    notifyId: trade.tradeNo,
    orderNo: trade.orderNo,
    status: isPaid ? "paid" : "closed",
    trade: isPaid ? paidTrade(trade) : null,
  };
  const times = twist?.notify === "twice" || shop.hits("notice_doubled", chance, sale) ? 2 : 1;
  for (let time = 0; time < times; time += 1) {
    if (shop.gateway.isCutOff || shop.hits("notice_lost", chance, sale)) continue;
    const isLate = shop.hits("notice_delayed", chance, sale);
    const ms = isLate ? chance.whole(500, lateMsMax) : chance.skewed(50, 3_000);
    shop.queue.after(twist?.notify === "first" ? 1 : ms, () => shop.hub.notified(sale, notice));
  }
}

const ours = { appId: "2021000000000001", sellerId: "2088102146225135" };

/** A notification whose signature doesn't hold says that this order was paid: as the adapter reads it. */
export function forge(shop: Shop, sale: Sale): void {
  const attempt = sale.attempts.at(-1);
  if (attempt === undefined) return;
  const form = {
    app_id: ours.appId,
    seller_id: ours.sellerId,
    notify_type: "trade_status_sync",
    notify_id: "forged",
    trade_status: "TRADE_SUCCESS",
    out_trade_no: attempt.orderNo,
    trade_no: `forged${attempt.orderNo}`,
    total_amount: (fen(attempt.amountFen) / 100).toFixed(2),
    sign: "wrong",
  };
  const read = readNotification(form, ours, (signed) => signed["sign"] === "right");
  if (typeof read !== "string") shop.hub.notified(sale, read);
}
