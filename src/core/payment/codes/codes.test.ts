import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { CauseFamily } from "../../till/view.ts";
import type { Text } from "../../text/text.ts";
import type { ProviderCode } from "../answers.ts";
import {
  askedBy,
  causeOf,
  codeRow,
  codeRows,
  tradeStatusRow,
  type AlipayApi,
  type CodeAction,
  type CodeOutcome,
  type CodeRow,
} from "./codes.ts";

const FAMILIES: Record<CauseFamily, true> = {
  network: true,
  device: true,
  buyer_account: true,
  amount_or_input: true,
  system: true,
  provider_api: true,
  operation: true,
  merchant: true,
  maintenance: true,
};
const OUTCOMES: Record<CodeOutcome, true> = {
  paid: true,
  not_paid: true,
  pending: true,
  unknown: true,
};
const ACTIONS: Record<CodeAction, true> = {
  buyer_setting: true,
  done: true,
  fix_request: true,
  manual: true,
  merchant_setup: true,
  new_order_no: true,
  other_method: true,
  other_payer: true,
  query: true,
  query_then_new_no: true,
  query_then_refund: true,
  read_fields: true,
  refund_query: true,
  rescan: true,
  retry: true,
  retry_cancel: true,
  retry_cancel_after_topup: true,
  retry_later: true,
  retry_slower: true,
};

/** A sentence that says money stayed where it was; never true of an open outcome. */
const saysNoMoney =
  /没有扣款|未扣款|没扣款|未收款|未付款|没有付款|没有收款|no money was taken|not paid|unpaid|took no money|weren't charged/i;

const apis = Object.keys(askedBy) as AlipayApi[];
const charging: readonly AlipayApi[] = ["alipay.trade.pay", "alipay.trade.precreate"];
const nameOf = (row: CodeRow): string => `${row.api} ${row.code} ${row.sub_code}`;
const provider = (code: string, subCode: string | null): ProviderCode => ({
  code,
  subCode,
  message: null,
});
const till = (cause: { readonly cashier: Text; readonly customer: Text }): string =>
  [cause.cashier.zh, cause.cashier.en, cause.customer.zh, cause.customer.en].join(" ");

describe("the rows", () => {
  test("each call has as many as were collected", () => {
    const counts = Object.fromEntries(
      [...new Set(codeRows.map((row) => row.api))].map((api) => [
        api,
        codeRows.filter((row) => row.api === api).length,
      ]),
    );
    assert.deepEqual(counts, {
      "alipay.trade.pay": 101,
      "*": 41,
      "alipay.trade.precreate": 40,
      "alipay.trade.query": 8,
      "alipay.trade.cancel": 12,
      "alipay.trade.close": 6,
      "alipay.trade.refund": 31,
      "alipay.trade.fastpay.refund.query": 5,
      "alipay.data.dataservice.bill.downloadurl.query": 10,
    });
    const ofPay = codeRows.filter((row) => row.api === "alipay.trade.pay" && row.code === "40004");
    assert.equal(new Set(ofPay.map((row) => row.sub_code)).size, 95);
  });

  test("each has every key, in both languages, from the closed lists", () => {
    for (const row of codeRows) {
      const name = nameOf(row);
      assert.ok(row.api === "*" || apis.includes(row.api), name);
      assert.ok(row.outcome in OUTCOMES, name);
      assert.ok(row.action in ACTIONS, name);
      assert.ok(row.family in FAMILIES, name);
      assert.equal(typeof row.needs_query, "boolean", name);
      assert.equal(typeof row.advice_zh, "string", name);
      for (const text of [row.meaning_zh, row.meaning_en, row.source]) {
        assert.ok(text.trim().length > 1, name);
      }
      for (const text of [row.title, row.cashier, row.customer]) {
        assert.deepEqual(Object.keys(text), ["zh", "en"], name);
        assert.match(text.zh, /\p{Script=Han}/u, name);
        assert.match(text.en, /^[\x20-\x7e]+$/, name);
        assert.doesNotMatch(text.zh + text.en, /[{}@!|]|undefined| {2}|。。|\.\./, name);
      }
    }
  });

  test("titles fit the big line, texts fit the panel", () => {
    for (const row of codeRows) {
      assert.ok(Array.from(row.title.zh).length <= 14, `${nameOf(row)}: ${row.title.zh}`);
      assert.ok(row.title.en.length <= 40, `${nameOf(row)}: ${row.title.en}`);
      assert.ok(Array.from(row.cashier.zh).length <= 75, `${nameOf(row)}: ${row.cashier.zh}`);
      assert.ok(row.cashier.en.length <= 200, `${nameOf(row)}: ${row.cashier.en}`);
      assert.ok(Array.from(row.customer.zh).length <= 50, `${nameOf(row)}: ${row.customer.zh}`);
    }
  });

  test("an open outcome never says that money stayed", () => {
    for (const row of codeRows.filter(
      (one) => one.outcome === "unknown" || one.outcome === "pending",
    )) {
      assert.doesNotMatch(till(row) + row.title.zh + row.title.en, saysNoMoney, nameOf(row));
    }
  });

  test("not paid says so, in both languages; an older trade to ask about comes first", () => {
    for (const row of codeRows.filter((one) => one.outcome === "not_paid")) {
      assert.match(row.cashier.zh, /没有扣款/, nameOf(row));
      assert.match(row.cashier.en, /[Nn]o money/, nameOf(row));
      if (row.needs_query) assert.match(row.cashier.zh, /请勿重复收款/, nameOf(row));
      if (row.needs_query) assert.doesNotMatch(row.customer.zh, /没有扣款/, nameOf(row));
    }
  });

  test("what may have been paid locks a second charge; what may be refunded a second refund", () => {
    for (const row of codeRows.filter((one) => one.api !== "*" && askedBy[one.api] !== "bill")) {
      const refund = row.api !== "*" && askedBy[row.api].startsWith("refund");
      if (!refund && row.outcome !== "not_paid" && row.api !== "alipay.trade.close") {
        assert.match(row.cashier.zh, /请勿重复收款|等系统查清|改用退款/, nameOf(row));
      }
      if (row.refund_outcome === "unknown") {
        assert.match(row.cashier.zh, /请勿重复退款/, nameOf(row));
      }
      if (refund && row.refund_outcome === "not_refunded") {
        assert.match(row.cashier.zh, /没有退款|钱未退出/, nameOf(row));
      }
      if (!refund && row.outcome === "paid") assert.match(row.cashier.zh, /已付款/, nameOf(row));
    }
  });

  test("a QR on our screen has no payment code to refresh", () => {
    for (const row of codeRows.filter(
      (one) => one.api === "alipay.trade.precreate" || one.api === "*",
    )) {
      assert.doesNotMatch(
        till(row),
        /付款码|payment code|refresh your code|fresh code/,
        nameOf(row),
      );
    }
  });

  test("texts are about their code: few calls share a cashier's text", () => {
    for (const api of ["alipay.trade.pay", "alipay.trade.refund", "*"]) {
      const own = codeRows.filter((row) => row.api === api);
      const texts = new Set(own.map((row) => row.cashier.zh));
      assert.ok(texts.size >= own.length * 0.9, `${api}: ${texts.size} texts for ${own.length}`);
    }
  });
});

describe("codeRow", () => {
  test("finds every row of a code by its own spelling, the call's own before any call's", () => {
    for (const row of codeRows) {
      if (row.code === null || row.sub_code === null) continue;
      const api = row.api === "*" ? "alipay.trade.pay" : row.api;
      const found = codeRow(api, row.code, row.sub_code);
      const own = codeRows.some((one) => one.api === api && `aop.${one.sub_code}` === row.sub_code);
      if (own) assert.equal(found?.api, api);
      else assert.equal(found, row, nameOf(row));
    }
  });

  test("takes the spellings that are seen", () => {
    const cases: readonly (readonly [AlipayApi, string, string, string])[] = [
      ["alipay.trade.pay", "20000", "aop.ACQ.SYSTEM_ERROR", "ACQ.SYSTEM_ERROR"],
      ["alipay.trade.pay", "20000", "ACQ.SYSTEM_ERROR", "ACQ.SYSTEM_ERROR"],
      ["alipay.trade.pay", "40004", "AQC.SYSTEM_ERROR", "ACQ.SYSTEM_ERROR"],
      ["alipay.trade.pay", "40004", "isv.ACQ.PAYMENT_FAIL", "ACQ.PAYMENT_FAIL"],
      ["alipay.trade.pay", "40004", "PAYMENT_FAIL", "ACQ.PAYMENT_FAIL"],
      ["alipay.trade.cancel", "40004", "ACQ.SYSTEM_ERROR", "ACQ.SYSTEM_ERROR"],
      ["alipay.trade.cancel", "40004", "AQC.SYSTEM_ERROR", "AQC.SYSTEM_ERROR"],
      ["alipay.trade.query", "40004", "TRADE_NOT_EXIST", "ACQ.TRADE_NOT_EXIST"],
      ["alipay.trade.fastpay.refund.query", "40004", "TRADE_NOT_EXIST", "TRADE_NOT_EXIST"],
      ["alipay.trade.pay", "40002", "invalid-app-id", "isv.invalid-app-id"],
      ["alipay.trade.pay", "40002", "isv.invalid-parameter", "isv.invalid-parameter"],
      ["alipay.trade.pay", "20000", "isp.unknown-error", "isp.unknow-error"],
      [
        "alipay.data.dataservice.bill.downloadurl.query",
        "40004",
        "INVALID_ARGUMENTS",
        "INVAILID_ARGUMENTS",
      ],
      [
        "alipay.data.dataservice.bill.downloadurl.query",
        "40004",
        "bill_not_exist",
        "BILL_NOT_EXIST",
      ],
    ];
    for (const [api, code, seen, listed] of cases) {
      assert.equal(codeRow(api, code, seen)?.sub_code, listed, `${api} ${seen}`);
    }
  });

  test("reads a reply without sub-code by its top-level code", () => {
    assert.equal(codeRow("alipay.trade.pay", "10000", null)?.outcome, "paid");
    assert.equal(codeRow("alipay.trade.pay", "10003", null)?.outcome, "pending");
    assert.equal(codeRow("alipay.trade.precreate", "10000", null)?.action, "read_fields");
    assert.equal(codeRow("alipay.trade.query", "10000", "")?.action, "read_fields");
    assert.equal(codeRow("alipay.trade.precreate", "10003", null), null);
    for (const code of ["20000", "40002", "40004", "(transport)", ""]) {
      assert.equal(codeRow("alipay.trade.pay", code, null), null, code);
    }
  });

  test("a sub-code of not paid beside a code of done or open is no proof", () => {
    for (const code of ["10000", "10003", "20000", "99999", ""]) {
      assert.equal(codeRow("alipay.trade.pay", code, "ACQ.BUYER_BALANCE_NOT_ENOUGH"), null, code);
      assert.equal(codeRow("alipay.trade.pay", code, "ACQ.TRADE_HAS_SUCCESS")?.outcome, "paid");
    }
  });

  test("a refused call that doesn't charge proves nothing about the trade", () => {
    for (const api of apis.filter((one) => !charging.includes(one))) {
      assert.equal(codeRow(api, "40002", "isv.invalid-signature"), null, api);
      assert.equal(codeRow(api, "20000", "isp.unknow-error")?.outcome, "unknown", api);
    }
    assert.equal(
      codeRow("alipay.trade.pay", "40002", "isv.invalid-signature")?.outcome,
      "not_paid",
    );
  });

  test("nothing outside the table has a row", () => {
    const listed = codeRows.map((row) => row.sub_code ?? "");
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(...listed).map((word) => `${word}_X`),
      fc.constantFrom(...listed).map((word) => `X${word}`),
      fc.constantFrom("__proto__", "constructor", "toString", "ACQ.", "ACQ.ACQ.PAYMENT_FAIL"),
    );
    const codes = fc.constantFrom("10000", "10003", "20000", "40002", "40004", "99999");
    fc.assert(
      fc.property(fc.constantFrom(...apis), codes, words, (api, code, word) => {
        fc.pre(
          word.trim() !== "" && !listed.some((one) => one.endsWith(word.trim().toUpperCase())),
        );
        assert.equal(codeRow(api, code, word), null);
        const cause = causeOf(provider(code, word), api);
        assert.equal(cause.code, word);
        assert.equal(cause.title.zh, "支付宝返回新代码");
        assert.doesNotMatch(till(cause), saysNoMoney);
      }),
    );
  });

  test("fields of a good reply have rows of their own", () => {
    assert.equal(tradeStatusRow("TRADE_SUCCESS")?.outcome, "paid");
    assert.equal(tradeStatusRow("WAIT_BUYER_PAY")?.outcome, "pending");
    assert.equal(tradeStatusRow("TRADE_PENDING"), null);
  });
});

describe("causeOf", () => {
  test("names the customer's balance and what to do", () => {
    const code = provider("40004", "ACQ.BUYER_BALANCE_NOT_ENOUGH");
    const cause = causeOf(code, "alipay.trade.pay");
    assert.equal(cause.family, "buyer_account");
    assert.equal(cause.code, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
    assert.equal(cause.title.zh, "顾客余额不足");
    assert.equal(
      cause.cashier.zh,
      "没有扣款。请顾客换一种付款方式，或换一张银行卡，再出示新的付款码。",
    );
  });

  test("names a refused query without a word about the trade's money", () => {
    const cause = causeOf(provider("40002", "isv.invalid-app-id"), "alipay.trade.query");
    assert.equal(cause.title.zh, "应用编号无效");
    assert.equal(cause.family, "system");
    assert.match(cause.cashier.zh, /可能已扣款/);
  });

  test("a busy gateway while refunding speaks of the refund", () => {
    const cause = causeOf(provider("20000", "isp.unknow-error"), "alipay.trade.refund");
    assert.match(cause.cashier.zh, /请勿重复退款/);
  });
});
