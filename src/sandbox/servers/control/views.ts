/** The control interface's words for what the gateway holds: snake_case, fen, RFC 3339 with +08:00. */
import type { Text } from "../../../core/text/text.ts";
import { behaviour, BEHAVIOUR_NAMES } from "../../model/gateway/behaviours.ts";
import { rfc3339ChinaMillis } from "../../../core/rules/time.ts";
import type { Fault } from "../../model/gateway/faults.ts";
import type { Notification } from "../../model/gateway/notifications.ts";
import { SENTINELS, type Sentinel } from "../../model/gateway/sentinels.ts";
import type { PaymentCode, QrOrder, Trade } from "../../model/gateway/trades.ts";
import type { Wallet, WhenAsked } from "../../model/gateway/wallets.ts";
import type { Counters, LogEntry } from "../gateway/log.ts";

export function timeText(ms: number): string;
export function timeText(ms: number | null): string | null;
export function timeText(ms: number | null): string | null {
  return ms === null ? null : rfc3339ChinaMillis(ms);
}

const askView = (ask: WhenAsked) =>
  ask.kind === "waits" ? { kind: ask.kind } : { kind: ask.kind, after_ms: ask.afterMs };

export const walletView = (wallet: Wallet) => ({
  id: wallet.id,
  name: wallet.name,
  logon_id: wallet.logonId,
  user_id: wallet.userId,
  balance_fen: wallet.balanceFen,
  single_limit_fen: wallet.singleLimitFen,
  day_limit_fen: wallet.dayLimitFen,
  state: wallet.state,
  password_above_fen: wallet.passwordAboveFen,
  when_asked: askView(wallet.whenAsked),
  fund_channel: wallet.channel,
});

export const codeView = (code: PaymentCode) => ({
  code: code.code,
  wallet: code.walletId,
  expires_at: timeText(code.expiresAtMs),
});

const orderView = (order: QrOrder | Trade) => ({
  out_trade_no: order.outTradeNo,
  total_fen: order.totalFen,
  subject: order.subject,
  store_id: order.storeId,
  terminal_id: order.terminalId,
  operator_id: order.operatorId,
  notify_url: order.notifyUrl,
  created_at: timeText(order.createdAtMs),
  expires_at: timeText(order.expiresAtMs),
});

export const tradeView = (trade: Trade) => ({
  ...orderView(trade),
  trade_no: trade.tradeNo,
  wallet: trade.walletId,
  via: trade.via,
  status: trade.status,
  asked: trade.ask === null ? null : askView(trade.ask),
  paid_at: timeText(trade.paidAtMs),
  closed_at: timeText(trade.closedAtMs),
  closed_by: trade.closedBy,
  refunded_fen: trade.refundedFen,
  refunds: trade.refunds.map((refund) => ({
    out_request_no: refund.requestNo,
    amount_fen: refund.amountFen,
    reason: refund.reason,
    at: timeText(refund.atMs),
  })),
});

export const qrView = (order: QrOrder) => ({ ...orderView(order), qr_code: order.qrCode });

export const faultView = (fault: Fault) => ({
  id: fault.id,
  method: fault.method,
  behaviour: fault.behaviour,
  times: fault.times,
  sub_code: fault.subCode,
  code: fault.code,
  ms: fault.ms,
});

export const notificationView = (one: Notification) => ({
  notify_id: one.id,
  out_trade_no: one.outTradeNo,
  url: one.url,
  trade_status: one.fields["trade_status"],
  created_at: timeText(one.createdAtMs),
  tries: one.tries,
  next_at: timeText(one.nextAtMs),
  delivered: one.delivered,
  last_answer: one.lastAnswer,
});

export const countersView = (counters: Counters) => ({
  requests: counters.requests,
  resent: counters.resent,
  refused: counters.refused,
  by_method: counters.byMethod,
  resent_by_method: counters.resentByMethod,
  notifications_sent: counters.notificationsSent,
  notifications_delivered: counters.notificationsDelivered,
});

export const requestView = (entry: LogEntry) => ({
  at: timeText(entry.atMs),
  http: entry.http,
  method: entry.method,
  out_trade_no: entry.outTradeNo,
  amount: entry.amount,
  auth_code: entry.authCode,
  resent: entry.resent,
  code: entry.code,
  sub_code: entry.subCode,
  provoked: entry.provoked,
  sent: entry.sent,
  took_ms: entry.tookMs,
});

export const behaviourViews = (): readonly {
  readonly behaviour: string;
  readonly side: string;
  readonly ms: number;
  readonly text: Text;
}[] =>
  BEHAVIOUR_NAMES.map((name) => {
    const { side, ms, text } = behaviour(name);
    return { behaviour: name, side, ms, text };
  });

const amountView = (one: Sentinel) => ({
  amount_fen: one.amountFen,
  methods: one.methods,
  behaviour: one.behaviour,
  sub_code: one.subCode,
});

export const amountViews = () => SENTINELS.map(amountView);
