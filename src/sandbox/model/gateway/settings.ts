/** What can be set at the gateway. Facts that no public document settles are settings here, with the likelier default. */
import type { Fen } from "../../../core/money/money.ts";
import type { TradeStatus } from "./trades.ts";

export interface Settings {
  readonly appId: string;
  readonly sellerId: string;
  readonly sellerEmail: string;
  readonly storeName: string;
  /** Where bills are fetched, e.g. http://127.0.0.1:7090; set by the server once it listens. */
  readonly downloadBase: string;
  /** Everything the sandbox waits for by itself goes this many times faster. Lives of codes and orders don't. */
  readonly timeFactor: number;
  /** Statuses that send a notification; the official default is success only. */
  readonly notifyOn: readonly TradeStatus[];
  /** 3 on the face-to-face pages, 0 on the web pages of the documentation. */
  readonly notifyImmediateResends: number;
  /** Replies to an unknown app and to an app without keys carry no signature (seen on the live gateway). */
  readonly unsignedGatewayErrors: boolean;
  /** False: the app exists but nobody has configured its public key. */
  readonly appHasKey: boolean;
  /** Refuses timestamps further off; null: not checked. */
  readonly timestampToleranceMs: number | null;
  /** The answer to a pay that is sent again while the buyer is being asked. */
  readonly resendWhileWaiting: "in_process" | "status_error";
  /** A business refusal leaves a trade in WAIT_BUYER_PAY behind. */
  readonly declinedLeavesTrade: boolean;
  /** A cancel of a number that has no trade also stops a pay, or a scan, that comes later. */
  readonly cancelStopsLatePay: boolean;
  /** From the trade's creation; later cancels answer ACQ.TRADE_CANCEL_TIME_OUT. */
  readonly cancelWindowMs: number;
  /** Between two refunds of one trade; 0: not checked. */
  readonly refundGapMs: number;
  /** From payment to TRADE_FINISHED. */
  readonly refundPeriodMs: number;
  readonly codeLifeMs: number;
  readonly qrLifeMs: number;
  readonly defaultOrderLifeMs: number;
  /** Largest single amount the merchant may take; null: no limit. */
  readonly merchantSingleLimitFen: Fen | null;
  readonly merchantState: "normal" | "blocked" | "suspended";
  /** `next_day`: a day's bill is ready at 09:00 of the day after. `at_once`: any day, also today. */
  readonly billsReady: "next_day" | "at_once";
  readonly billLinkLifeMs: number;
  /** Service fee in 1/10000 of the amount, HALF_UP a row; goes back with a refund. */
  readonly feePer10000: number;
  /** -1: a trade's fee is negative in the bill and a refund's positive; the sign isn't documented. */
  readonly billFeeSign: 1 | -1;
  readonly billLineEnd: "\r\n" | "\n";
}

const hourMs = 3_600_000;

export const DEFAULT_SETTINGS: Settings = {
  appId: "2021000000000001",
  sellerId: "2088102146225135",
  sellerEmail: "shop@chupiao.example",
  storeName: "出票演示店",
  downloadBase: "",
  timeFactor: 1,
  notifyOn: ["TRADE_SUCCESS"],
  notifyImmediateResends: 0,
  unsignedGatewayErrors: true,
  appHasKey: true,
  timestampToleranceMs: null,
  resendWhileWaiting: "in_process",
  declinedLeavesTrade: false,
  cancelStopsLatePay: false,
  cancelWindowMs: 24 * hourMs,
  refundGapMs: 0,
  refundPeriodMs: 365 * 24 * hourMs,
  codeLifeMs: 60_000,
  qrLifeMs: 2 * hourMs,
  defaultOrderLifeMs: 3 * hourMs,
  merchantSingleLimitFen: null,
  merchantState: "normal",
  billsReady: "next_day",
  billLinkLifeMs: 30_000,
  feePer10000: 0,
  billFeeSign: -1,
  billLineEnd: "\r\n",
};

/** A wait of the sandbox's own, shortened by the time factor; ms. */
export const scaled = (settings: Settings, ms: number): number =>
  Math.round(ms / settings.timeFactor);
