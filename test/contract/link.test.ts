/** What every link keeps, in one process and over HTTP. */
import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { memoryLedger } from "../../src/adapters/store/memory/ledger.ts";
import { realWorld } from "../../src/adapters/world/real.ts";
import { fen } from "../../src/core/money/money.ts";
import type { Attempt } from "../../src/core/payment/attempt.ts";
import type { Counter } from "../../src/ports/till.ts";
import type { HubNews, Link, PayReply } from "../../src/ports/link.ts";
import {
  captured,
  chain,
  CODES,
  intent,
  scriptedHub,
  scriptedProvider,
  until,
} from "./link-support.ts";
import { receipt as sampleReceipt } from "./store-samples.ts";

interface Place {
  readonly link: Link;
  readonly counter: Counter;
  readonly paid: readonly string[];
}

const PLACES: Readonly<Record<string, (test: TestContext) => Promise<Place>>> = {
  "in one process": async (context) => {
    const provider = scriptedProvider();
    const hub = scriptedHub(provider, memoryLedger(realWorld.sha256), captured().log);
    await hub.start();
    context.after(() => hub.stop());
    return { link: hub, counter: hub, paid: provider.paid };
  },
  "over HTTP": async (context) => {
    const place = await chain(context);
    const link = place.connect(await place.join("T02"));
    await link.hello();
    return { link, counter: place.hub, paid: place.provider.paid };
  },
};

function attemptOf(reply: PayReply): Attempt {
  assert.ok(reply.kind !== "refused", reply.kind === "refused" ? reply.reason : "");
  return reply.attempt;
}

const ended = (link: Link, { merchantId, orderNo }: Attempt): Promise<Attempt> =>
  until(async () => {
    const attempt = await link.attempt(merchantId, orderNo);
    return attempt !== null && attempt.endedAtMs !== null && attempt;
  }, `${orderNo} ends`);

/** Listens as a terminal does. Over HTTP what was told before the first poll is `missed`, so that one is waited for. */
async function listening(link: Link, name: string): Promise<HubNews[]> {
  const news: HubNews[] = [];
  link.onNews("T02", (one) => news.push(one));
  const isHeard = (): boolean => news.some(({ kind }) => kind === "missed");
  if (name === "over HTTP") await until(isHeard, "the first poll");
  return news;
}

for (const [name, open] of Object.entries(PLACES)) {
  void describe(`a link ${name}`, () => {
    test("a pay intent is accepted and its outcome comes as news", async (context) => {
      const { link } = await open(context);
      const news = await listening(link, name);
      const asked = intent();
      const reply = await link.pay(asked);
      assert.equal(reply.kind, "accepted");
      const told = await until(
        () =>
          news.find(
            (one) =>
              one.kind === "attempt" &&
              one.attempt.orderNo === asked.orderNo &&
              one.attempt.state === "paid",
          ),
        "news of paid",
      );
      assert.ok(told.kind === "attempt");
      assert.equal(told.attempt.amountFen, 12_850);
      assert.deepEqual(await link.attempt("M1", asked.orderNo), told.attempt);
    });

    test("that everything was heard it says only once an answer has brought all of it", async (context) => {
      const { link } = await open(context);
      const isOverHttp = name === "over HTTP";
      const never = isOverHttp ? Infinity : 0;
      assert.equal(link.unheardMs(), never);
      await listening(link, name);
      assert.equal(link.unheardMs(), never, "the first answer says that some were missed");
      await link.pay(intent());
      await until(() => link.unheardMs() < Infinity, "an answer that brings news");
    });

    test("the same order again is known, and is charged once", async (context) => {
      const { link, paid } = await open(context);
      const asked = intent();
      const first = attemptOf(await link.pay(asked));
      await ended(link, first);
      const again = await link.pay(asked);
      assert.equal(again.kind, "known");
      assert.equal(attemptOf(again).state, "paid");
      assert.deepEqual(paid, [asked.orderNo]);
    });

    test("a declined payment tells its code", async (context) => {
      const { link } = await open(context);
      const attempt = attemptOf(await link.pay(intent({ paymentCode: CODES.declines })));
      const end = await ended(link, attempt);
      assert.equal(end.state, "declined");
      assert.equal(end.code?.subCode, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
    });

    test("an intent that is too old is refused and never sent", async (context) => {
      const { link, paid } = await open(context);
      const reply = await link.pay(intent({ ageMs: 15_001 }));
      assert.deepEqual(reply, { kind: "refused", reason: "intent_too_old" });
      assert.deepEqual(paid, []);
    });

    test("a second attempt of a paid sale is refused", async (context) => {
      const { link } = await open(context);
      const asked = intent();
      await ended(link, attemptOf(await link.pay(asked)));
      const reply = await link.pay(intent({ saleId: asked.saleId, again: true }));
      assert.deepEqual(reply, { kind: "refused", reason: "sale_has_attempt" });
    });

    test("a withdrawn order leaves a tombstone that refuses a late intent", async (context) => {
      const { link, paid } = await open(context);
      const asked = intent();
      assert.deepEqual(await link.withdraw("M1", asked.orderNo), { kind: "never_sent" });
      assert.deepEqual(await link.withdraw("M1", asked.orderNo), { kind: "never_sent" });
      assert.deepEqual(await link.pay(asked), { kind: "refused", reason: "order_withdrawn" });
      assert.deepEqual(paid, []);
    });

    test("an order that was sent can't be withdrawn", async (context) => {
      const { link } = await open(context);
      const asked = intent();
      await ended(link, attemptOf(await link.pay(asked)));
      const reply = await link.withdraw("M1", asked.orderNo);
      assert.ok(reply.kind === "known");
      assert.equal(reply.attempt.state, "paid");
    });

    test("silence of the provider ends by the hub's query, and asking is harmless", async (context) => {
      const { link } = await open(context);
      const attempt = attemptOf(await link.pay(intent({ paymentCode: CODES.paysInSilence })));
      await until(async () => {
        const now = await link.attempt("M1", attempt.orderNo);
        return now?.state === "unknown" || now?.state === "paid";
      }, "an answer that proves nothing");
      await link.ask("M1", attempt.orderNo, "query");
      assert.equal((await ended(link, attempt)).state, "paid");
      assert.equal(await link.ask("M1", "T02_261102_999999_none", "query"), null);
    });

    test("a refund is made once, and its end comes as news", async (context) => {
      const { link } = await open(context);
      const news = await listening(link, name);
      const { orderNo } = await ended(link, attemptOf(await link.pay(intent())));
      const asked = {
        merchantId: "M1",
        orderNo,
        requestNo: `R-${orderNo}`,
        amountFen: fen(850),
        reason: "退一杯",
        operatorNo: "07",
      };
      assert.equal((await link.refund(asked)).kind, "accepted");
      assert.equal((await link.refund(asked)).kind, "accepted");
      await until(
        () => news.some((one) => one.kind === "refund" && one.refund.state === "done"),
        "news of the refund",
      );
      assert.equal((await link.refundState("M1", asked.requestNo))?.amountFen, 850);
      assert.equal((await link.refunds("M1", orderNo)).length, 1);
      const other = await link.refund({ ...asked, amountFen: fen(851) });
      assert.deepEqual(other, { kind: "refused", reason: "idempotency_key_reused" });
      const more = await link.refund({ ...asked, requestNo: "R-more", amountFen: fen(12_001) });
      assert.deepEqual(more, { kind: "refused", reason: "refund_exceeds_what_is_left" });
      const rest = { ...asked, requestNo: "R-rest", amountFen: fen(12_000) };
      assert.equal((await link.refund(rest)).kind, "accepted");
      assert.equal((await link.refund(rest)).kind, "accepted", "taken, though nothing is left now");
      const none = { ...asked, requestNo: "R-none", orderNo: "T02_261102_999999_none" };
      assert.deepEqual(await link.refund(none), { kind: "refused", reason: "order_not_found" });
    });

    test("refunds that have ended are told again, to their own terminal, page by page", async (context) => {
      const { link } = await open(context);
      const { orderNo } = await ended(link, attemptOf(await link.pay(intent())));
      const asked = { merchantId: "M1", orderNo, amountFen: fen(1), reason: "", operatorNo: "07" };
      const numbers = Array.from({ length: 60 }, (_, n) => `R-${orderNo}-${n}`);
      for (const requestNo of numbers) {
        await link.refund({ ...asked, requestNo });
        const isDone = async () => (await link.refundState("M1", requestNo))?.state === "done";
        await until(isDone, "one refund at a time");
      }
      const told = async (): Promise<readonly string[]> => {
        const all: string[] = [];
        let after = { endedAtMs: 0, requestNo: "" };
        for (;;) {
          const page = await link.refundsEndedAfter("M1", "T02", after);
          const last = page?.at(-1);
          if (page === null || last === undefined) return all;
          all.push(...page.map((one) => one.requestNo));
          after = { endedAtMs: last.endedAtMs ?? 0, requestNo: last.requestNo };
        }
      };
      await until(async () => (await told()).length === numbers.length, "every refund has ended");
      assert.deepEqual(new Set(await told()), new Set(numbers));
    });

    test("a receipt is kept, and opening it is told, and told again to who may have missed it", async (context) => {
      const { link, counter } = await open(context);
      const news = await listening(link, name);
      const { orderNo, saleId } = await ended(link, attemptOf(await link.pay(intent())));
      const sample = sampleReceipt(7);
      const issuer = { ...sample.content.issuer, terminalNo: "T02" };
      const number = "T02-000007";
      const content = { ...sample.content, number, saleId, orderNo, issuer };
      const receipt = { ...sample, number, saleId, content, token: `token-of-${orderNo}` };
      await link.putReceipt("M1", receipt);
      assert.equal((await counter.electronicReceipt(receipt.token))?.number, number);
      await counter.receiptOpened(receipt.token);
      const opened = () => news.filter((one) => one.kind === "receipt_opened");
      await until(() => opened().length === 1, "news that it was opened");
      await link.putReceipt("M1", receipt);
      await until(() => opened().length === 2, "the same news again");
      for (const one of opened()) assert.deepEqual([one.saleId, one.number], [saleId, number]);
    });

    test("a later start of a terminal replaces the one before", async (context) => {
      const { link, paid } = await open(context);
      const till = { merchantId: "M1", terminalId: "T02", journalId: "J1" };
      const first = await link.grantEpoch({ ...till, epoch: null });
      assert.deepEqual(first, { epoch: 1, isUnbroken: true });
      assert.equal(await link.holdEpoch({ ...till, epoch: 1 }), true);
      const copy = await link.grantEpoch({ ...till, journalId: "J2", epoch: null });
      assert.deepEqual(copy, { epoch: 2, isUnbroken: false });
      assert.equal(await link.holdEpoch({ ...till, journalId: "J2", epoch: 2 }), true);
      assert.equal(await link.holdEpoch({ ...till, epoch: 1 }), false);
      const reply = await link.pay(intent({ epoch: 1 }));
      assert.deepEqual(reply, { kind: "refused", reason: "terminal_replaced" });
      assert.deepEqual(paid, []);
    });

    test("the history tells what the hub did, without the payment code", async (context) => {
      const { link } = await open(context);
      const { saleId } = await ended(link, attemptOf(await link.pay(intent())));
      const events = await link.history(saleId);
      assert.deepEqual(
        events.map((one) => [one.seq, one.kind]),
        [
          [1, "attempt_send"],
          [2, "attempt_pay_answer"],
        ],
      );
      assert.ok(!JSON.stringify(events).includes(CODES.pays));
      assert.deepEqual(await link.history("sale-nobody-made"), []);
    });

    test("health says how the provider has been answering", async (context) => {
      const { link } = await open(context);
      assert.equal(link.health().state, "not_asked");
      await ended(link, attemptOf(await link.pay(intent())));
      assert.equal(link.health().state, "answering");
    });
  });
}
