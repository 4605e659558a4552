/** A hub on a scripted provider, a ledger in memory and a world whose time stands still until it is moved. */
import { memoryLedger, newLedgerDisk } from "../../src/adapters/store/memory/ledger.ts";
import { type ManualWorld, manualWorld } from "../../src/adapters/world/manual.ts";
import { fen } from "../../src/core/money/money.ts";
import type { PaidTrade, ProviderCode } from "../../src/core/payment/answers.ts";
import type { Attempt } from "../../src/core/payment/attempt.ts";
import { alipayRefundTiming } from "../../src/core/payment/refund-step.ts";
import { alipayTiming } from "../../src/core/payment/timing.ts";
import { Hub } from "../../src/hub/hub.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import type { PayIntent } from "../../src/ports/link.ts";
import type { Provider } from "../../src/ports/provider.ts";

export const ok: ProviderCode = { code: "10000", subCode: null, message: null };
export const code = (subCode: string): ProviderCode => ({ code: "40004", subCode, message: null });
export const silence = { kind: "unknown", reason: "silence", code: null } as const;
export const notExist = { kind: "not_exist", code: code("ACQ.TRADE_NOT_EXIST") } as const;
export const declined = { kind: "declined", code: code("ACQ.BUYER_BALANCE_NOT_ENOUGH") } as const;

export const amountFen = fen(2_000);
export const trade = (orderNo: string): PaidTrade => ({
  orderNo,
  providerTradeNo: `P${orderNo}`,
  amountFen,
  payer: null,
  paidAtMs: null,
});

type Script = { -readonly [K in keyof Provider]: Provider[K] };

export interface Bench {
  readonly world: ManualWorld;
  readonly hub: Hub;
  readonly ledger: Ledger;
  /** Its answers may be set anew at any time. */
  readonly script: Script;
  /** Names of the calls that reached the provider, in order. */
  readonly calls: string[];
  readonly logged: string[];
  attempt(orderNo: string): Promise<Attempt>;
}

export interface BenchOptions {
  readonly world?: ManualWorld;
  readonly ledger?: (inner: Ledger, world: ManualWorld) => Ledger;
}

/** The script pays, shows it as paid, and reverses and refunds at once, until told otherwise. */
export function bench(answers: Partial<Script> = {}, options: BenchOptions = {}): Bench {
  const world = options.world ?? manualWorld();
  const inner = memoryLedger(world.sha256, newLedgerDisk());
  const ledger = options.ledger?.(inner, world) ?? inner;
  const calls: string[] = [];
  const logged: string[] = [];
  const unused = (): never => {
    throw new Error("not in this script");
  };
  const script: Script = {
    name: "alipay",
    livemode: false,
    callTimeoutMs: 5_000,
    pay: async (order) => ({ kind: "paid", trade: trade(order.orderNo), code: ok }),
    query: async (orderNo) => ({ kind: "paid", trade: trade(orderNo), code: ok }),
    cancel: async () => ({ kind: "reversed", action: "none", code: ok }),
    refund: async () => ({ kind: "done", refundedTotalFen: null, code: ok }),
    refundQuery: async () => ({ kind: "not_seen", code: ok }),
    precreate: unused,
    close: unused,
    billAddress: unused,
    readNotification: () => null,
    ...answers,
  };
  const noted = <T>(name: string, answer: T): T => {
    calls.push(name);
    return answer;
  };
  const provider: Provider = {
    ...script,
    pay: (order, paymentCode) => noted("pay", script.pay(order, paymentCode)),
    query: (orderNo) => noted("query", script.query(orderNo)),
    cancel: (orderNo) => noted("cancel", script.cancel(orderNo)),
    refund: (...given) => noted("refund", script.refund(...given)),
    refundQuery: (...given) => noted("refundQuery", script.refundQuery(...given)),
    readNotification: (form) => script.readNotification(form),
  };
  const hub = new Hub({
    world,
    ledger,
    provider,
    timing: alipayTiming,
    refundTiming: alipayRefundTiming,
    log: (_level, event, fields) => void logged.push(`${event} ${JSON.stringify(fields)}`),
    sole: true,
  });
  return {
    world,
    hub,
    ledger,
    script,
    calls,
    logged,
    attempt: async (orderNo) => {
      const found = await inner.attempt("M1", orderNo);
      if (found === null) throw new Error(`no attempt ${orderNo}`);
      return found;
    },
  };
}

export const intent = (orderNo: string, changes: Partial<PayIntent> = {}): PayIntent => ({
  merchantId: "M1",
  storeId: "S01",
  terminalId: "T01",
  operatorNo: "07",
  saleId: "sale-1",
  orderNo,
  provider: "alipay",
  method: "code",
  amountFen,
  subject: "瑞福便利店",
  goods: [],
  paymentCode: "281234567890123456",
  ageMs: 0,
  again: false,
  epoch: 1,
  ...changes,
});
