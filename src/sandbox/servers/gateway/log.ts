/** What the gateway was asked: counters, and the last requests without anything that could be used again. */
import type { Params } from "../../model/gateway/request.ts";

/** The header by which alipay-sdk's HTTP client marks the second sending of a request. */
export const RESEND_HEADER = "x-urllib-retry-on-socket-error";

export interface LogEntry {
  readonly atMs: number;
  readonly http: string;
  readonly method: string;
  readonly outTradeNo: string | null;
  readonly amount: string | null;
  /** First two digits and stars. */
  readonly authCode: string | null;
  /** Sent a second time by the client's HTTP layer. */
  readonly resent: boolean;
  readonly code: string | null;
  readonly subCode: string | null;
  /** The behaviour that was provoked, and what went over the line. */
  readonly provoked: string | null;
  readonly sent: string;
  readonly tookMs: number;
}

export interface Counters {
  readonly requests: number;
  readonly resent: number;
  readonly refused: number;
  readonly byMethod: Readonly<Record<string, number>>;
  readonly resentByMethod: Readonly<Record<string, number>>;
  readonly notificationsSent: number;
  readonly notificationsDelivered: number;
}

const entriesMax = 500;

const mask = (code: string): string =>
  `${code.slice(0, 2)}${"*".repeat(Math.max(0, code.length - 2))}`;

/** The harmless part of biz_content; anything unreadable shows as nothing. */
export function summary(params: Params): Pick<LogEntry, "outTradeNo" | "amount" | "authCode"> {
  let biz: Record<string, unknown> = {};
  try {
    biz = JSON.parse(params.get("biz_content") ?? "{}") as Record<string, unknown>;
  } catch {
    // An unreadable request is logged by its method alone.
  }
  const text = (key: string): string | null => {
    const value: unknown = biz[key];
    return typeof value === "string" ? value : null;
  };
  const code = text("auth_code");
  return {
    outTradeNo: text("out_trade_no"),
    amount: text("total_amount") ?? text("refund_amount"),
    authCode: code === null ? null : mask(code),
  };
}

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

export class RequestLog {
  #entries: LogEntry[] = [];
  #counters = { requests: 0, resent: 0, refused: 0, sent: 0, delivered: 0 };
  #byMethod: Record<string, number> = {};
  #resentByMethod: Record<string, number> = {};

  request(method: string, resent: boolean): void {
    this.#counters.requests += 1;
    add(this.#byMethod, method);
    if (!resent) return;
    this.#counters.resent += 1;
    add(this.#resentByMethod, method);
  }

  entry(entry: LogEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > 2 * entriesMax) this.#entries = this.#entries.slice(-entriesMax);
    if (entry.subCode !== null) this.#counters.refused += 1;
  }

  notification(delivered: boolean): void {
    this.#counters.sent += 1;
    if (delivered) this.#counters.delivered += 1;
  }

  /** Newest first. */
  last(count: number): readonly LogEntry[] {
    return this.#entries.slice(-Math.min(count, entriesMax)).toReversed();
  }

  counters(): Counters {
    const { requests, resent, refused, sent, delivered } = this.#counters;
    return {
      requests,
      resent,
      refused,
      byMethod: { ...this.#byMethod },
      resentByMethod: { ...this.#resentByMethod },
      notificationsSent: sent,
      notificationsDelivered: delivered,
    };
  }

  reset(): void {
    this.#entries = [];
    this.#counters = { requests: 0, resent: 0, refused: 0, sent: 0, delivered: 0 };
    this.#byMethod = {};
    this.#resentByMethod = {};
  }
}
