/** The table decides: every row of it, the rules about order and amount, and what no reply at all may ever do. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { fen } from "../../../core/money/money.ts";
import { codeRows, type CodeRow } from "../../../core/payment/codes/codes.ts";
import {
  awaiting,
  order,
  paid,
  paymentCode,
  refusal,
  shown,
} from "../../../../test/contract/support/alipay-bodies.ts";
import type { Body } from "./fields.ts";
import {
  billAddressAnswer,
  cancelAnswer,
  closeAnswer,
  payAnswer,
  precreateAnswer,
  queryAnswer,
  refundAnswer,
  refundQueryAnswer,
} from "./outcome.ts";

const no = order.orderNo;
const pay = (body: Body) => payAnswer(body, order, paymentCode);
const refund = (body: Body) => refundAnswer(body, no, order.amountFen);
const refundQuery = (body: Body) => refundQueryAnswer(body, no, "R1");
const said = (answer: { readonly kind: string; readonly reason?: string }): string =>
  answer.reason === undefined ? answer.kind : `${answer.kind} ${answer.reason}`;

const replyOf = (row: CodeRow): Body => ({
  code: row.code,
  msg: "…",
  ...(row.sub_code === null ? {} : { sub_code: row.sub_code, sub_msg: "…" }),
  out_trade_no: no,
});
const ofApi = (api: string): readonly CodeRow[] =>
  codeRows.filter((row) => row.api === api && row.code !== null && row.sub_code !== null);

describe("every listed refusal", () => {
  const everyApi = ofApi("*");
  test("the table is the one that these tests were written for", () => {
    assert.equal(ofApi("alipay.trade.pay").length, 95);
    assert.ok(everyApi.length >= 40);
  });

  for (const [api, answer] of [
    ["alipay.trade.pay", pay],
    ["alipay.trade.precreate", (body: Body) => precreateAnswer(body, no)],
  ] as const) {
    test(`${api} is declined by exactly the rows that say: no money, no need to ask`, () => {
      for (const row of [...ofApi(api), ...everyApi]) {
        const declined = row.outcome === "not_paid" && !row.needs_query;
        const expected = declined ? "declined" : "unknown provider";
        assert.equal(said(answer(replyOf(row))), expected, `${row.code} ${row.sub_code}`);
      }
    });
  }

  test("a row for every api ends no query, cancel, close or refund", () => {
    for (const row of everyApi) {
      const body = replyOf(row);
      for (const answer of [
        queryAnswer(body, no),
        cancelAnswer(body, no),
        closeAnswer(body, no),
        refundQuery(body),
        billAddressAnswer(body),
      ]) {
        assert.equal(answer.kind, "unknown", `${row.code} ${row.sub_code}`);
      }
    }
  });

  test("a refund is refused by the rows that say: not refunded, no need to ask", () => {
    const listed = ofApi("alipay.trade.refund");
    assert.equal(listed.length, 31);
    for (const row of listed) {
      const refused = row.refund_outcome === "not_refunded" && !row.needs_query;
      assert.equal(
        said(refund(replyOf(row))),
        refused ? "refused" : "unknown provider",
        `${row.sub_code}`,
      );
    }
  });

  test("a row of one api proves nothing at another", () => {
    const body = refusal("ACQ.BUYER_BALANCE_NOT_ENOUGH");
    assert.equal(said(pay(body)), "declined");
    assert.equal(said(queryAnswer(body, no)), "unknown unlisted");
    assert.equal(said(cancelAnswer(body, no)), "unknown unlisted");
    assert.equal(said(refund(body)), "unknown unlisted");
  });

  test("another spelling, top code or no code at all never declines", () => {
    for (const [body, expected] of [
      [refusal("acq.buyer_balance_not_enough"), "unknown provider"],
      [refusal("isv.ACQ.BUYER_BALANCE_NOT_ENOUGH"), "unknown provider"],
      [refusal("ACQ.BUYER_BALANCE_NOT_ENOUGH", "20000"), "unknown provider"],
      [refusal("ACQ.SOMETHING_NEW"), "unknown unlisted"],
      [refusal("constructor"), "unknown unreadable"],
      [{ code: "40004", msg: "Business Failed" }, "unknown unlisted"],
      [{ msg: "Success" }, "unknown unreadable"],
      [{ code: 10000 }, "unknown unreadable"],
      [{}, "unknown unreadable"],
    ] as const) {
      assert.equal(said(pay(body)), expected, JSON.stringify(body));
    }
  });
});

describe("pay", () => {
  test("is paid when order and amount are ours", () => {
    assert.deepEqual(pay(paid), {
      kind: "paid",
      trade: {
        orderNo: no,
        providerTradeNo: paid.trade_no,
        amountFen: 12_850,
        payer: "138****0000",
        paidAtMs: Date.parse("2026-11-23T08:22:43+08:00"),
      },
      code: { code: "10000", subCode: null, message: "Success" },
    });
  });

  test("is a mismatch when either isn't, or is missing", () => {
    for (const change of [
      { out_trade_no: "T-other" },
      { out_trade_no: undefined },
      { total_amount: "128.51" },
      { total_amount: "128.5000" },
      { total_amount: 128.5 },
      { total_amount: undefined },
      { total_amount: "-128.50" },
      { trade_no: "" },
    ]) {
      assert.equal(said(pay({ ...paid, ...change })), "unknown mismatch", JSON.stringify(change));
    }
  });

  test("10000 with a sub-code, and a success before this one, ask again", () => {
    assert.equal(said(pay({ ...paid, sub_code: "ACQ.X" })), "unknown unlisted");
    assert.equal(said(pay(refusal("ACQ.TRADE_HAS_SUCCESS"))), "unknown provider");
    assert.equal(said(pay(refusal("ACQ.TRADE_HAS_CLOSE"))), "unknown provider");
  });

  test("10003 waits for the buyer; its message begins with a blank", () => {
    assert.deepEqual(pay(awaiting), {
      kind: "awaiting_buyer",
      providerTradeNo: awaiting.trade_no,
      code: { code: "10003", subCode: null, message: "order success pay inprocess" },
    });
  });

  test("a refusal that names another order ends nothing", () => {
    const other = { ...refusal("ACQ.BUYER_BALANCE_NOT_ENOUGH"), out_trade_no: "T-other" };
    assert.equal(said(pay(other)), "unknown mismatch");
  });
});

describe("precreate", () => {
  test("gives the QR of our order only", () => {
    const body = {
      code: "10000",
      msg: "Success",
      out_trade_no: no,
      qr_code: "https://qr.alipay.com/bax1",
    };
    assert.equal(said(precreateAnswer(body, no)), "qr");
    assert.equal(said(precreateAnswer({ ...body, qr_code: "" }, no)), "unknown unreadable");
    assert.equal(said(precreateAnswer({ ...body, out_trade_no: "T" }, no)), "unknown mismatch");
  });
});

describe("query", () => {
  const cases = [
    ["TRADE_SUCCESS", "paid"],
    ["TRADE_FINISHED", "paid"],
    ["WAIT_BUYER_PAY", "waiting"],
    ["TRADE_CLOSED", "closed"],
    ["TRADE_NEW_STATE", "unknown unlisted"],
    ["", "unknown unreadable"],
  ] as const;
  for (const [status, expected] of cases) {
    test(`${status || "no status"}: ${expected}`, () => {
      assert.equal(said(queryAnswer(shown(status), no)), expected);
      const other = { ...shown(status), out_trade_no: "T-other" };
      assert.equal(said(queryAnswer(other, no)), "unknown mismatch");
      assert.equal(queryAnswer({ ...shown(status), out_trade_no: undefined }, no).kind, "unknown");
    });
  }
  test("paid without a readable amount or time", () => {
    assert.equal(
      said(queryAnswer({ ...shown("TRADE_SUCCESS"), total_amount: "x" }, no)),
      "unknown unreadable",
    );
    const noTime = queryAnswer(
      { ...shown("TRADE_SUCCESS"), send_pay_date: "2026-02-31 00:00:00" },
      no,
    );
    assert.equal(noTime.kind === "paid" && noTime.trade.paidAtMs, null);
  });
  test("no such trade, only in so many words", () => {
    assert.equal(said(queryAnswer(refusal("ACQ.TRADE_NOT_EXIST"), no)), "not_exist");
    assert.equal(said(queryAnswer(refusal("TRADE_NOT_EXIST"), no)), "unknown unlisted");
    assert.equal(said(queryAnswer(refusal("ACQ.SYSTEM_ERROR"), no)), "unknown provider");
  });
});

describe("cancel", () => {
  const ok = { code: "10000", msg: "Success", out_trade_no: no, retry_flag: "N" };
  const cases: readonly (readonly [Body, string])[] = [
    [{ ...ok, action: "close" }, "reversed close"],
    [{ ...ok, action: "refund" }, "reversed refund"],
    [ok, "reversed none"],
    [{ ...ok, action: "melt" }, "unknown unlisted"],
    [{ ...ok, action: 5 }, "unknown unlisted"],
    [{ ...ok, action: "refund", retry_flag: "Y" }, "again"],
    [{ ...ok, retry_flag: undefined, action: "close" }, "unknown unreadable"],
    [{ ...ok, out_trade_no: undefined }, "unknown mismatch"],
    [refusal("ACQ.SELLER_BALANCE_NOT_ENOUGH"), "refused_for_now"],
    [refusal("ACQ.TRADE_HAS_FINISHED"), "refused_for_good"],
    [refusal("ACQ.TRADE_CANCEL_TIME_OUT"), "refused_for_good"],
    [refusal("ACQ.CANCEL_NOT_ALLOWED"), "refused_for_good"],
    [{ ...refusal("ACQ.CANCEL_NOT_ALLOWED"), retry_flag: "Y" }, "again"],
    [{ ...refusal("ACQ.INVALID_PARAMETER"), retry_flag: "N" }, "unknown provider"],
    [refusal("ACQ.REASON_TRADE_BEEN_FREEZEN"), "unknown provider"],
    [refusal("AQC.SYSTEM_ERROR"), "unknown provider"],
    [refusal("aop.ACQ.SYSTEM_ERROR", "20000"), "unknown provider"],
    [refusal("ACQ.TRADE_HAS_FINISHED", "40002"), "unknown provider"],
    [refusal("ACQ.NEW"), "unknown unlisted"],
  ];
  for (const [body, expected] of cases) {
    test(`${String(body["sub_code"] ?? body["action"])} ${String(body["retry_flag"])}: ${expected}`, () => {
      const answer = cancelAnswer(body, no);
      assert.equal(
        answer.kind === "reversed" ? `reversed ${answer.action}` : said(answer),
        expected,
      );
    });
  }
});

describe("close, refund, refund query, bill", () => {
  const ok = { code: "10000", msg: "Success", out_trade_no: no };
  test("close", () => {
    assert.equal(said(closeAnswer(ok, no)), "closed");
    assert.equal(said(closeAnswer({ ...ok, out_trade_no: undefined }, no)), "unknown mismatch");
    assert.equal(said(closeAnswer(refusal("ACQ.TRADE_NOT_EXIST"), no)), "not_exist");
    assert.equal(said(closeAnswer(refusal("ACQ.REASON_ILLEGAL_STATUS"), no)), "refused");
    assert.equal(said(closeAnswer(refusal("ACQ.SYSTEM_ERROR"), no)), "unknown provider");
  });
  test("refund: only a change of money is done", () => {
    const done = refund({ ...ok, fund_change: "Y", refund_fee: "200.00" });
    assert.equal(done.kind === "done" && done.refundedTotalFen, 20_000);
    assert.equal(
      said(refund({ ...ok, fund_change: "N", refund_fee: "128.50" })),
      "unknown provider",
    );
    assert.equal(said(refund(ok)), "unknown provider");
    assert.equal(said(refund({ ...ok, fund_change: "Y", refund_fee: "1.00" })), "unknown mismatch");
    assert.equal(said(refund({ ...ok, fund_change: "Y", out_trade_no: "T" })), "unknown mismatch");
    assert.equal(said(refund(refusal("ACQ.DISCORDANT_REPEAT_REQUEST"))), "unknown provider");
  });
  test("refund query: a bare success has seen nothing", () => {
    const seen = {
      ...ok,
      refund_status: "REFUND_SUCCESS",
      out_request_no: "R1",
      refund_amount: "1.00",
    };
    const done = refundQuery(seen);
    assert.equal(done.kind === "done" && done.amountFen, 100);
    assert.equal(said(refundQuery({ code: "10000", msg: "Success" })), "not_seen");
    assert.equal(said(refundQuery({ ...seen, out_request_no: "R2" })), "unknown mismatch");
    assert.equal(
      said(refundQuery({ ...seen, refund_status: "REFUND_PROCESSING" })),
      "unknown unlisted",
    );
    assert.equal(said(refundQuery(refusal("TRADE_NOT_EXIST"))), "not_seen");
    assert.equal(said(refundQuery(refusal("ACQ.TRADE_NOT_EXIST"))), "not_seen");
    assert.equal(said(refundQuery(refusal("ACQ.SYSTEM_ERROR"))), "unknown provider");
  });
  test("bill: as the pages spell it and as the live gateway does", () => {
    const bill = (body: Body) => said(billAddressAnswer(body));
    assert.equal(
      bill({ code: "10000", bill_download_url: "http://dwbillcenter.alipay.com/x" }),
      "address",
    );
    assert.equal(
      bill({ code: "10000", bill_download_url: "file:///etc/passwd" }),
      "unknown unreadable",
    );
    assert.equal(bill({ code: "10000" }), "unknown unreadable");
    for (const sub of ["NO_BILL_DATA", "BILL_NOT_EXIST", "isp.bill_not_exist"]) {
      assert.equal(bill({ code: "40004", sub_code: sub }), "none");
    }
    assert.equal(bill({ code: "40004", sub_code: "isv.invalid_arguments" }), "unknown provider");
    assert.equal(bill({ code: "40004", sub_code: "SYSTEM_RATE_LIMIT" }), "unknown provider");
  });
});

describe("whatever comes", () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(
      "10000",
      "10003",
      "40004",
      no,
      "128.50",
      "Y",
      "N",
      "TRADE_SUCCESS",
      "close",
      null,
    ),
    fc.constantFrom(...codeRows.map((row) => row.sub_code)),
    fc.string(),
    fc.double(),
    fc.jsonValue(),
  );
  const keys =
    `code sub_code sub_msg msg out_trade_no trade_no total_amount retry_flag action trade_status fund_change refund_fee
    refund_status out_request_no refund_amount buyer_logon_id gmt_payment qr_code bill_download_url`.split(
      /\s+/,
    );
  const body = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: keys.length });
  const nearlyPaid = fc.record({
    out_trade_no: fc.constantFrom<unknown>(no, `${no} `, "T-other", 1, undefined),
    total_amount: fc.constantFrom<unknown>(
      "128.50",
      "128.5",
      "0128.50",
      "12850",
      128.5,
      "",
      undefined,
    ),
  });

  test("no reply throws", () => {
    fc.assert(
      fc.property(body, (one) => {
        for (const answer of [
          pay(one),
          precreateAnswer(one, no),
          queryAnswer(one, no),
          cancelAnswer(one, no),
          closeAnswer(one, no),
          refund(one),
          refundQuery(one),
          billAddressAnswer(one),
        ]) {
          assert.equal(typeof answer.kind, "string");
        }
      }),
    );
  });

  test("nothing is paid but our order at our amount", () => {
    let paidCount = 0;
    fc.assert(
      fc.property(body, nearlyPaid, (one, two) => {
        const reply: Body = { ...paid, ...one, ...two };
        const answer = pay(reply);
        if (answer.kind !== "paid") return;
        paidCount += 1;
        assert.equal(reply["code"], "10000");
        assert.equal(reply["out_trade_no"], no);
        assert.equal(Number(reply["total_amount"]) * 100, 12_850);
      }),
      { numRuns: 1_000 },
    );
    assert.ok(paidCount > 0, "some of them were paid");
  });

  test("nothing is declined without a listed code at its own top code", () => {
    const listed = new Set(
      codeRows
        .filter((row) => row.outcome === "not_paid" && !row.needs_query)
        .map((row) => `${row.code} ${row.sub_code}`),
    );
    fc.assert(
      fc.property(body, (one) => {
        if (pay(one).kind !== "declined") return;
        assert.ok(listed.has(`${String(one["code"])} ${String(one["sub_code"])}`));
      }),
    );
  });

  test("no amount is rounded", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (amount) => {
        const text = `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
        const answer = payAnswer(
          { ...paid, total_amount: text },
          { orderNo: no, amountFen: fen(amount) },
          "",
        );
        assert.equal(answer.kind, "paid");
        const less = payAnswer(
          { ...paid, total_amount: text },
          { orderNo: no, amountFen: fen(amount + 1) },
          "",
        );
        assert.equal(less.kind, "unknown");
      }),
    );
  });
});
