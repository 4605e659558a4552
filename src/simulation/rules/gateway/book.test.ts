/** The lean book and the sandbox's own model, asked the same: every answer is the same in core's words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as outcome from "../../../adapters/provider/alipay/outcome.ts";
import { payRequest, refundRequest } from "../../../adapters/provider/alipay/request.ts";
import { fen } from "../../../core/money/money.ts";
import type { BehaviourName } from "../../../sandbox/model/gateway/behaviours.ts";
import { GatewayModel } from "../../../sandbox/model/gateway/gateway.ts";
import type { Method } from "../../../sandbox/model/gateway/request.ts";
import { DEFAULT_SETTINGS } from "../../../sandbox/model/gateway/settings.ts";
import { DEMO_WALLETS } from "../../../sandbox/model/gateway/wallets.ts";
import { bodyOf } from "../../gateway/provider.ts";
import * as lean from "./answers.ts";
import { plainTwist } from "./behaviours.ts";
import { Book, type Code, type Twist } from "./book.ts";

const startMs = 1_793_581_200_000;
const amountFen = fen(1_280);
const orderLifeMs = 90_000;
const requestSettings = {
  payProductCode: "FACE_TO_FACE_PAYMENT",
  qrProductCode: "FACE_TO_FACE_PAYMENT",
  qrTimeoutExpress: "2m",
  goodsMax: 20,
};

/** What a payment can be told to do: in the sandbox's words and in the lean book's. No two moments ever meet. */
const twists: readonly (readonly [BehaviourName | null, number, Twist | null])[] = [
  [null, 0, null],
  ["password_confirms", 20_003, { ...plainTwist, ask: "confirms", askMs: 20_003 }],
  ["password_refuses", 30_003, { ...plainTwist, ask: "refuses", askMs: 30_003 }],
  ["password_never", 0, { ...plainTwist, ask: "waits" }],
  ["cancel_retry_twice", 0, { ...plainTwist, ask: "waits", cancelRetries: 2 }],
  ["buyer_pays_first", 0, { ...plainTwist, ask: "waits", buyerPaysFirst: true }],
  ["rolled_back", 14, { ...plainTwist, rollBackMs: 14 }],
];

interface Setting {
  readonly declinedLeavesTrade: boolean;
  readonly cancelStopsLatePay: boolean;
  readonly balanceFen: number;
  /** The first order's buyer has no money. */
  readonly isPoor: boolean;
}

/** Both of them, over the same time. */
class Pair {
  nowMs = startMs;
  readonly model: GatewayModel;
  readonly book: Book;
  readonly #codes = new Map<number, { readonly mine: Code; readonly theirs: string }>();
  readonly #isPoor: boolean;
  #due: { readonly atMs: number; readonly act: (nowMs: number) => void }[] = [];

  constructor({ balanceFen, isPoor, ...settings }: Setting) {
    let digits = 0;
    this.model = new GatewayModel({ ...DEFAULT_SETTINGS, ...settings }, (count) =>
      String((digits += 1)).padStart(count, "0"),
    );
    for (const wallet of DEMO_WALLETS) this.model.book.putWallet(wallet);
    this.model.book.merchant = { balanceFen: fen(balanceFen), withdrawnFen: 0 };
    this.book = new Book(settings, {
      changed: () => {},
      later: (ms, act) => this.#due.push({ atMs: this.nowMs + ms, act }),
    });
    this.book.balanceFen = balanceFen;
    this.#isPoor = isPoor;
  }

  wait(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const [next] = this.#due
        .filter((one) => one.atMs <= untilMs)
        .toSorted((a, b) => a.atMs - b.atMs);
      if (next === undefined) break;
      this.#due = this.#due.filter((one) => one !== next);
      this.nowMs = next.atMs;
      next.act(next.atMs);
    }
    this.nowMs = untilMs;
  }

  codeOf(order: number): { readonly mine: Code; readonly theirs: string } {
    const known = this.#codes.get(order);
    if (known !== undefined) return known;
    const isPoor = this.#isPoor && order === 0;
    const { code, expiresAtMs } = this.model.book.issueCode(isPoor ? "zhou" : "lin", this.nowMs);
    const refuses = isPoor ? "ACQ.BUYER_ENABLE_STATUS_FORBID" : null;
    const made = { mine: { diesAtMs: expiresAtMs, refuses, used: false }, theirs: code };
    this.#codes.set(order, made);
    return made;
  }

  call(method: Method, biz: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const { reply } = this.model.call({ method, biz, notifyUrl: null }, this.nowMs);
    this.model.faults.clear(null);
    assert.ok(reply !== null);
    return bodyOf(reply);
  }
}

const orderNo = (order: number): string => `O${order}`;

type Command = readonly [name: string, order: number, detail: number];

function bothAnswers(pair: Pair, [name, order, detail]: Command): readonly [unknown, unknown] {
  const number = orderNo(order);
  const { book, nowMs } = pair;
  switch (name) {
    case "pay":
      return bothPay(pair, order, detail);
    case "query": {
      const body = pair.call("alipay.trade.query", { out_trade_no: number });
      const mine = lean.queryAnswer(book.query(number), book.trades.get(number));
      return [outcome.queryAnswer(body, number), mine];
    }
    case "cancel": {
      const body = pair.call("alipay.trade.cancel", { out_trade_no: number });
      const mine = lean.cancelAnswer(book.cancel(number, nowMs), book.trades.get(number));
      return [outcome.cancelAnswer(body, number), mine];
    }
    case "refund": {
      const requestNo = `R${detail % 3}`;
      const partFen = fen(detail % 2 === 0 ? 640 : 1_280);
      const body = pair.call(
        "alipay.trade.refund",
        refundRequest(number, requestNo, partFen, "退货"),
      );
      const said = book.refund(number, requestNo, partFen, nowMs);
      const mine = lean.refundAnswer(said, book.trades.get(number));
      return [outcome.refundAnswer(body, number, partFen), mine];
    }
    default: {
      const requestNo = `R${detail % 3}`;
      const body = pair.call("alipay.trade.fastpay.refund.query", {
        out_trade_no: number,
        out_request_no: requestNo,
      });
      const mine = lean.refundQueryAnswer(book.refundQuery(number, requestNo));
      return [outcome.refundQueryAnswer(body, number, requestNo), mine];
    }
  }
}

function bothPay(pair: Pair, order: number, detail: number): readonly [unknown, unknown] {
  const { mine, theirs } = pair.codeOf(order);
  const [behaviour, ms, twist] = twists[detail % twists.length] ?? [null, 0, null];
  if (behaviour !== null)
    pair.model.faults.add({
      behaviour,
      method: "alipay.trade.pay",
      times: 1,
      code: null,
      subCode: null,
      ms,
    });
  const asked = {
    orderNo: orderNo(order),
    amountFen,
    subject: "茶",
    storeId: "S1",
    terminalId: "T01",
    operatorId: "01",
    goods: [],
    expiresAtMs: startMs + orderLifeMs,
  };
  const body = pair.call(
    "alipay.trade.pay",
    payRequest(asked, theirs, requestSettings, pair.nowMs),
  );
  const said = pair.book.pay(asked, mine, twist, pair.nowMs);
  const answer = lean.payAnswer(said, pair.book.trades.get(asked.orderNo));
  return [outcome.payAnswer(body, asked, theirs), answer];
}

/** Whose number it is differs, and what the provider's words say beside the code is for people. */
const plain = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => {
      if (key === "providerTradeNo" && value !== null) return "a number";
      return key === "message" ? null : value;
    }),
  );

const command: fc.Arbitrary<Command> = fc.tuple(
  fc.constantFrom("pay", "pay", "query", "cancel", "refund", "refund_query"),
  fc.nat(1),
  fc.nat(20),
);

test("the lean book answers as the sandbox's model does", () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(
      fc.record({
        declinedLeavesTrade: fc.boolean(),
        cancelStopsLatePay: fc.boolean(),
        balanceFen: fc.constantFrom(0, 700, 1_000_000),
        isPoor: fc.boolean(),
      }),
      fc.array(fc.tuple(command, fc.constantFrom(10, 100, 1_000, 20_000, 70_000)), {
        maxLength: 14,
      }),
      (setting, commands) => {
        const pair = new Pair(setting);
        for (const [one, ms] of commands) {
          const [theirs, mine] = bothAnswers(pair, one);
          assert.deepEqual(plain(mine), plain(theirs), one.join(" "));
          met.add(`${one[0]} ${(theirs as { readonly kind: string }).kind}`);
          pair.wait(ms);
        }
      },
    ),
    { numRuns: 3_000, seed: 20_261_129 },
  );
  for (const wanted of ["pay paid", "pay declined", "query closed", "cancel again", "refund done"])
    assert.ok(met.has(wanted), `${wanted} was met`);
});
