/** The conformance list of the gateway, points 1 to 7 and 12: protocol, replies, trades. Numbers are those of the list. */
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { after, before, describe, test } from "node:test";
import iconv from "iconv-lite";
import { startGateway, type Gateway } from "../../src/sandbox/servers/gateway/gateway.ts";
import { chinaTime } from "../../src/core/rules/time.ts";
import * as client from "./gateway-client.ts";
import { exec, form, keySdk, keys, orderNo, pay, send, signedParams } from "./gateway-client.ts";

let gateway: Gateway;
before(async () => {
  gateway = await startGateway({ keys });
});
after(() => gateway.close());

const tradePay = (outTradeNo: string, total = "12.80") => ({
  out_trade_no: outTradeNo,
  total_amount: total,
  subject: "牛奶",
  auth_code: client.code(gateway),
});
const nodeOf = (body: string): string =>
  body.slice(body.indexOf(":{") + 1, body.lastIndexOf(',"sign":'));

describe("the untouched SDK", () => {
  test("pays, queries, refunds and cancels in key mode, every reply verified", async () => {
    const paid = await pay(gateway, "128.50");
    assert.equal(paid.code, "10000");
    assert.equal(paid["msg"], "Success");
    assert.match(String(paid["tradeNo"]), /^\d{28}$/);
    assert.deepEqual(paid["fundBillList"], [{ amount: "128.50", fundChannel: "ALIPAYACCOUNT" }]);
    const { outTradeNo } = paid;
    const query = await exec(keySdk(gateway), "alipay.trade.query", { outTradeNo });
    assert.equal(query["tradeStatus"], "TRADE_SUCCESS");
    assert.equal(query["totalAmount"], "128.50");
    const cancel = await exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo });
    assert.equal(cancel["action"], "refund");
    assert.equal(cancel["retryFlag"], "N");
  });

  test("pays, queries and refunds in certificate mode", async () => {
    const sdk = client.certSdk(gateway);
    const outTradeNo = orderNo();
    const paid = await exec(sdk, "alipay.trade.pay", tradePay(outTradeNo));
    assert.equal(paid.code, "10000");
    const query = await exec(sdk, "alipay.trade.query", { outTradeNo });
    assert.equal(query["tradeStatus"], "TRADE_SUCCESS");
    const refund = await exec(sdk, "alipay.trade.refund", { outTradeNo, refundAmount: "12.80" });
    assert.equal(refund["fundChange"], "Y");
  });

  test("sees that a wrong application key is refused, and the refusal is signed", async () => {
    const other = await startGateway({ keys: { ...keys, appPrivatePem: keys.alipayPrivatePem } });
    try {
      const answer = await exec(keySdk(other), "alipay.trade.query", { outTradeNo: "T" });
      assert.equal(answer.subCode, "isv.invalid-signature");
      assert.match(String(answer["subMsg"]), /^验签出错.*app_id=.*&amp;biz_content=/);
    } finally {
      await other.close();
    }
  });
});

describe("1. requests", () => {
  test("POST with everything in the body, GET with everything in the query", async () => {
    const inBody = form(signedParams(gateway, "alipay.trade.pay", tradePay(orderNo())));
    const posted = await send(gateway, "POST", "/gateway.do", inBody);
    assert.match(posted.body.toString(), /^\{"alipay_trade_pay_response":\{"code":"10000"/);
    const inQuery = form(signedParams(gateway, "alipay.trade.query", { out_trade_no: "none" }));
    const got = await send(gateway, "GET", `/gateway.do?${inQuery}`);
    assert.match(got.body.toString(), /"sub_code":"ACQ.TRADE_NOT_EXIST"/);
  });

  test("an absolute-form target, with the parameters split between query and body", async () => {
    const params = signedParams(gateway, "alipay.trade.query", { out_trade_no: "none" });
    const { biz_content, sign, ...query } = params;
    const body = form({ biz_content: biz_content ?? "", sign: sign ?? "" });
    const reply = await send(gateway, "POST", `${gateway.url}?${form(query)}`, body);
    assert.match(reply.body.toString(), /"sub_code":"ACQ.TRADE_NOT_EXIST"/);
  });

  test("empty parameters verify with and without standing in the signed text", async () => {
    const dropped = signedParams(
      gateway,
      "alipay.trade.query",
      { out_trade_no: "n" },
      { notify_url: "" },
    );
    const without = await send(gateway, "POST", `/gateway.do?${form(dropped)}`);
    assert.match(without.body.toString(), /TRADE_NOT_EXIST/);
    const answer = await exec(
      keySdk(gateway),
      "alipay.trade.query",
      { outTradeNo: "n" },
      { app_auth_token: "" },
    );
    assert.equal(answer.subCode, "ACQ.TRADE_NOT_EXIST");
  });

  test("a GBK request is verified in GBK and answered in GBK", async () => {
    const gbk = (text: string): Buffer => iconv.encode(text, "gbk");
    const biz = { out_trade_no: "没有这个号" };
    const params = signedParams(gateway, "alipay.trade.query", biz, { charset: "GBK" }, gbk);
    const percent = (text: string): string =>
      [...gbk(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    const body = Object.entries(params)
      .map(([key, value]) => `${key}=${key === "charset" ? value : percent(value)}`)
      .join("&");
    const reply = await send(gateway, "POST", "/gateway.do", body);
    assert.equal(reply.headers["content-type"], "text/html;charset=gbk");
    const text = iconv.decode(reply.body, "gbk");
    assert.match(
      text,
      /"sub_msg":"交易不存在","buyer_pay_amount":"0.00".*"out_trade_no":"没有这个号"/,
    );
  });

  test("what is missing or malformed is named before any business", async () => {
    const cases: readonly [Record<string, string>, string][] = [
      [{ charset: "latin1" }, "isv.invalid-charset"],
      [{ sign_type: "MD5" }, "isv.invalid-signature-type"],
      [{ sign_type: "" }, "isv.missing-signature-type"],
      [{ timestamp: "2026/11/23" }, "isv.invalid-timestamp"],
      [{ version: "" }, "isv.missing-version"],
      [{ method: "alipay.no.such" }, "isv.invalid-method"],
      [{ method: "" }, "isv.missing-method"],
      [{ biz_content: "{" }, "isv.illegal-json"],
    ];
    for (const [change, subCode] of cases) {
      const params = signedParams(gateway, "alipay.trade.query", {}, change);
      const reply = await send(gateway, "POST", "/gateway.do", form(params));
      assert.match(reply.body.toString(), new RegExp(`"sub_code":"${subCode}"`));
    }
  });
});

describe("2. replies", () => {
  test("byte for byte: status, type, compact JSON, escaped slashes, order, signature", async () => {
    const number = orderNo();
    const biz = { out_trade_no: number, total_amount: "0.01", subject: "码" };
    const params = signedParams(gateway, "alipay.trade.precreate", biz);
    const reply = await send(gateway, "POST", "/gateway.do", form(params));
    assert.equal(reply.status, 200);
    assert.equal(reply.headers["content-type"], "text/html;charset=utf-8");
    const text = reply.body.toString();
    const shape = new RegExp(
      String.raw`^\{"alipay_trade_precreate_response":\{"code":"10000","msg":"Success","out_trade_no":"${number}","qr_code":"https:\\/\\/qr\.alipay\.com\\/bax\d+"\},"sign":"[A-Za-z0-9+/]{342}=="\}$`,
    );
    assert.match(text, shape);
    const sign = (JSON.parse(text) as { sign: string }).sign;
    assert.ok(client.alipaySigned(nodeOf(text), sign));
  });

  test("a paid reply has the fields of a real one, in its order", async () => {
    const params = signedParams(gateway, "alipay.trade.pay", tradePay(orderNo(), "0.01"));
    const text = (await send(gateway, "POST", "/gateway.do", form(params))).body.toString();
    const node = JSON.parse(nodeOf(text)) as object;
    assert.equal(
      Object.keys(node).join(),
      "code,msg,buyer_logon_id,buyer_pay_amount,buyer_user_id,fund_bill_list,gmt_payment,invoice_amount,out_trade_no,point_amount,receipt_amount,total_amount,trade_no",
    );
    assert.match(text, /"fund_bill_list":\[\{"amount":"0.01","fund_channel":"ALIPAYACCOUNT"\}\]/);
  });

  test("in certificate mode the certificate's number stands between node and signature", async () => {
    const { certificateNumber } = await import("../../src/sandbox/servers/gateway/certificates.ts");
    const change = {
      app_cert_sn: certificateNumber(keys.certificates.app),
      alipay_root_cert_sn: certificateNumber(keys.certificates.root),
    };
    const params = signedParams(gateway, "alipay.trade.query", { out_trade_no: "n" }, change);
    const text = (await send(gateway, "POST", "/gateway.do", form(params))).body.toString();
    const alipay = certificateNumber(keys.certificates.alipay);
    assert.match(text, new RegExp(`\\},"alipay_cert_sn":"${alipay}","sign":"[^"]+"\\}$`));
  });
});

describe("3. application before signature", () => {
  test("an unknown application is refused without a signature, even when unsigned itself", async () => {
    const { sign: _sign, ...params } = signedParams(
      gateway,
      "alipay.trade.pay",
      {},
      { app_id: "1" },
    );
    const text = (await send(gateway, "POST", "/gateway.do", form(params))).body.toString();
    assert.match(
      text,
      /^\{"alipay_trade_pay_response":\{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-app-id","sub_msg":"无效的AppID参数[^"]*"\}\}$/,
    );
  });

  test("an application without keys likewise; both are options", async () => {
    gateway.control.set({ appHasKey: false });
    const params = form(signedParams(gateway, "alipay.trade.query", { out_trade_no: "n" }));
    const unsigned = (await send(gateway, "POST", "/gateway.do", params)).body.toString();
    assert.match(unsigned, /"40003".*isv.missing-signature-config[^{}]*\}\}$/);
    gateway.control.set({ unsignedGatewayErrors: false });
    const signed = (await send(gateway, "POST", "/gateway.do", params)).body.toString();
    assert.match(signed, /isv.missing-signature-config.*"sign":"/);
    gateway.control.set({ appHasKey: true, unsignedGatewayErrors: true });
  });
});

describe("4. wording and amounts", () => {
  test("10003 keeps its leading space, and the buyer is told by the wallet", async () => {
    const waiting = await pay(gateway, "12.80", "zheng");
    assert.equal(waiting.code, "10003");
    assert.equal(waiting["msg"], " order success pay inprocess");
    assert.equal(waiting["totalAmount"], "12.80");
    assert.equal(waiting["receiptAmount"], "0.00");
    const { outTradeNo } = waiting;
    const query = await exec(keySdk(gateway), "alipay.trade.query", { outTradeNo });
    assert.equal(query["tradeStatus"], "WAIT_BUYER_PAY");
  });

  test("a failed pay carries four zero amounts and the order number", async () => {
    const number = orderNo();
    const params = signedParams(gateway, "alipay.trade.pay", {
      ...tradePay(number, "99.00"),
      auth_code: client.code(gateway, "chen"),
    });
    const text = (await send(gateway, "POST", "/gateway.do", form(params))).body.toString();
    assert.equal(
      nodeOf(text),
      `{"code":"40004","msg":"Business Failed","sub_code":"ACQ.BUYER_BALANCE_NOT_ENOUGH","sub_msg":"买家余额不足","buyer_pay_amount":"0.00","invoice_amount":"0.00","out_trade_no":"${number}","point_amount":"0.00","receipt_amount":"0.00"}`,
    );
  });
});

describe("5. one order number", () => {
  test("paid: the same again is TRADE_HAS_SUCCESS, another amount CONTEXT_INCONSISTENT", async () => {
    const { outTradeNo } = await pay(gateway, "5.00");
    assert.equal(
      (await pay(gateway, "5.00", "lin", { outTradeNo })).subCode,
      "ACQ.TRADE_HAS_SUCCESS",
    );
    assert.equal(
      (await pay(gateway, "6.00", "lin", { outTradeNo })).subCode,
      "ACQ.CONTEXT_INCONSISTENT",
    );
    await exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo });
    assert.equal(
      (await pay(gateway, "5.00", "lin", { outTradeNo })).subCode,
      "ACQ.TRADE_HAS_CLOSE",
    );
  });

  test("a payment code works once, lives a minute and is refused when made up", async () => {
    const authCode = client.code(gateway);
    assert.equal((await pay(gateway, "1.00", "lin", { authCode })).code, "10000");
    const again = await pay(gateway, "1.00", "lin", { authCode });
    assert.equal(again.subCode, "ACQ.PAYMENT_AUTH_CODE_INVALID");
    const made = await pay(gateway, "1.00", "lin", { authCode: "280000000000000000" });
    assert.equal(made.subCode, "ACQ.PAYMENT_AUTH_CODE_INVALID");
    let nowMs = Date.now();
    const later = await startGateway({ keys, nowMs: () => nowMs });
    const old = client.code(later);
    nowMs += 60_000;
    const expired = await pay(later, "1.00", "lin", { authCode: old });
    assert.equal(expired.subCode, "ACQ.PAYMENT_AUTH_CODE_INVALID");
    await later.close();
  });

  test("sent again while the buyer is asked: 10003 with the same trade, or by option an error", async () => {
    const first = await pay(gateway, "5.00", "zheng");
    const { outTradeNo } = first;
    const again = await pay(gateway, "5.00", "zheng", { outTradeNo });
    assert.equal(again.code, "10003");
    assert.equal(again["tradeNo"], first["tradeNo"]);
    gateway.control.set({ resendWhileWaiting: "status_error" });
    const refused = await pay(gateway, "5.00", "zheng", { outTradeNo });
    assert.equal(refused.subCode, "ACQ.TRADE_STATUS_ERROR");
    gateway.control.set({ resendWhileWaiting: "in_process" });
  });

  test("after time_expire a waiting trade is closed and a pay is refused", async () => {
    let nowMs = Date.now();
    const later = await startGateway({ keys, nowMs: () => nowMs });
    const timeExpire = chinaTime(nowMs + 90_000);
    const { outTradeNo } = await pay(later, "5.00", "zheng", { timeExpire });
    nowMs += 91_000;
    const query = await exec(keySdk(later), "alipay.trade.query", { outTradeNo });
    assert.equal(query["tradeStatus"], "TRADE_CLOSED");
    const late = await pay(later, "5.00", "lin", { timeExpire });
    assert.equal(late.subCode, "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR");
    await later.close();
  });

  test("each wallet answers in its own way", async () => {
    assert.equal((await pay(gateway, "1.00", "zhou")).subCode, "ACQ.BUYER_ENABLE_STATUS_FORBID");
    assert.equal((await pay(gateway, "1.00", "su")).subCode, "ACQ.USER_FACE_PAYMENT_SWITCH_OFF");
    assert.equal((await pay(gateway, "60.00", "wu")).code, "10000");
    assert.equal(
      (await pay(gateway, "60.00", "wu")).subCode,
      "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR",
    );
  });
});

describe("QR orders", () => {
  test("no trade exists until the customer scans", async () => {
    const outTradeNo = orderNo();
    const sdk = keySdk(gateway);
    const order = { outTradeNo, totalAmount: "3.00", subject: "码" };
    const created = await exec(sdk, "alipay.trade.precreate", order);
    assert.equal(
      (await exec(sdk, "alipay.trade.query", { outTradeNo })).subCode,
      "ACQ.TRADE_NOT_EXIST",
    );
    assert.equal(
      (await exec(sdk, "alipay.trade.close", { outTradeNo })).subCode,
      "ACQ.TRADE_NOT_EXIST",
    );
    gateway.control.scan(String(created["qrCode"]), "lin");
    const query = await exec(sdk, "alipay.trade.query", { outTradeNo });
    assert.equal(query["tradeStatus"], "TRADE_SUCCESS");
  });

  test("a scanned order that waits can be closed", async () => {
    const outTradeNo = orderNo();
    const sdk = keySdk(gateway);
    await exec(sdk, "alipay.trade.precreate", { outTradeNo, totalAmount: "3.00", subject: "码" });
    gateway.control.scan(outTradeNo, "lin", false);
    assert.equal((await exec(sdk, "alipay.trade.close", { outTradeNo })).code, "10000");
    const query = await exec(sdk, "alipay.trade.query", { outTradeNo });
    assert.equal(query["tradeStatus"], "TRADE_CLOSED");
  });
});

describe("6. cancel", () => {
  test("closes what waits, refunds what is paid, says nothing of what it doesn't know", async () => {
    const cancel = (outTradeNo: string) =>
      exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo });
    assert.equal(
      (await cancel((await pay(gateway, "1.00", "zheng")).outTradeNo))["action"],
      "close",
    );
    const before = gateway.control.findWallet("lin")?.balanceFen;
    const paid = await pay(gateway, "1.00");
    assert.equal((await cancel(paid.outTradeNo))["action"], "refund");
    assert.equal((await cancel(paid.outTradeNo))["action"], "refund");
    assert.equal(gateway.control.findWallet("lin")?.balanceFen, before);
    const params = signedParams(gateway, "alipay.trade.cancel", { out_trade_no: "T_none" });
    const text = (await send(gateway, "POST", "/gateway.do", form(params))).body.toString();
    assert.equal(
      nodeOf(text),
      '{"code":"10000","msg":"Success","out_trade_no":"T_none","retry_flag":"N"}',
    );
  });

  test("retry_flag is Y on injected trouble, and then nothing was done", async () => {
    const { outTradeNo } = await pay(gateway, "1.00", "zheng");
    gateway.control.addFault({ behaviour: "cancel_retry" });
    const first = await exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo });
    assert.equal(first["retryFlag"], "Y");
    assert.equal(gateway.control.trade(outTradeNo)?.status, "WAIT_BUYER_PAY");
    const second = await exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo });
    assert.equal(second["action"], "close");
  });

  test("after 24 hours it is too late; after the refund period the trade is finished", async () => {
    let nowMs = Date.now();
    const later = await startGateway({ keys, nowMs: () => nowMs });
    const { outTradeNo } = await pay(later, "1.00");
    nowMs += 24 * 3_600_000 + 1;
    const late = await exec(keySdk(later), "alipay.trade.cancel", { outTradeNo });
    assert.equal(late.subCode, "ACQ.TRADE_CANCEL_TIME_OUT");
    nowMs += 365 * 24 * 3_600_000;
    const finished = await exec(keySdk(later), "alipay.trade.cancel", { outTradeNo });
    assert.equal(finished.subCode, "ACQ.TRADE_HAS_FINISHED");
    await later.close();
  });

  test("the race with the password goes both ways", async () => {
    const { outTradeNo } = await pay(gateway, "1.00", "zheng");
    gateway.control.addFault({ behaviour: "buyer_pays_first", method: "alipay.trade.cancel" });
    const cancel = await exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo });
    assert.equal(cancel["action"], "refund");
    const other = await pay(gateway, "1.00", "zheng");
    await exec(keySdk(gateway), "alipay.trade.cancel", { outTradeNo: other.outTradeNo });
    assert.deepEqual(gateway.control.confirm(other.outTradeNo), {
      refusal: "nobody_is_asked",
      subCode: null,
    });
  });
});

describe("7. refunds", () => {
  test("are idempotent by request number, and refund_fee is the sum", async () => {
    const { outTradeNo } = await pay(gateway, "10.00");
    const refund = (refundAmount: string, outRequestNo: string) =>
      exec(keySdk(gateway), "alipay.trade.refund", { outTradeNo, refundAmount, outRequestNo });
    assert.deepEqual(pick(await refund("3.00", "R1")), ["10000", "Y", "3.00"]);
    assert.deepEqual(pick(await refund("3.00", "R1")), ["10000", "N", "3.00"]);
    assert.equal((await refund("4.00", "R1")).subCode, "ACQ.DISCORDANT_REPEAT_REQUEST");
    assert.deepEqual(pick(await refund("2.00", "R2")), ["10000", "Y", "5.00"]);
    assert.equal((await refund("5.01", "R3")).subCode, "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
    assert.equal(gateway.control.trade(outTradeNo)?.status, "TRADE_SUCCESS");
    assert.deepEqual(pick(await refund("5.00", "R3")), ["10000", "Y", "10.00"]);
    assert.equal(gateway.control.trade(outTradeNo)?.status, "TRADE_CLOSED");
    assert.deepEqual(pick(await refund("5.00", "R3")), ["10000", "N", "10.00"]);
  });
  const pick = (answer: client.Answer): unknown[] => [
    answer.code,
    answer["fundChange"],
    answer["refundFee"],
  ];

  test("the query knows a request number, and is silent on a wrong one", async () => {
    const { outTradeNo } = await pay(gateway, "10.00");
    await exec(keySdk(gateway), "alipay.trade.refund", {
      outTradeNo,
      refundAmount: "3.00",
      outRequestNo: "R1",
      refundReason: "退货",
    });
    const query = (outRequestNo: string) =>
      exec(keySdk(gateway), "alipay.trade.fastpay.refund.query", { outTradeNo, outRequestNo });
    const known = await query("R1");
    assert.equal(known["refundStatus"], "REFUND_SUCCESS");
    assert.equal(known["refundAmount"], "3.00");
    assert.equal(known["totalAmount"], "10.00");
    const { traceId: _traceId, ...wrong } = await query("R9");
    assert.deepEqual(wrong, { code: "10000", msg: "Success" });
  });

  test("the three-second rule is an option, and a merchant without money can't refund", async () => {
    const { outTradeNo } = await pay(gateway, "10.00");
    const refund = (outRequestNo: string) =>
      exec(keySdk(gateway), "alipay.trade.refund", {
        outTradeNo,
        refundAmount: "1.00",
        outRequestNo,
      });
    gateway.control.set({ refundGapMs: 3_600_000 });
    assert.equal((await refund("R1")).code, "10000");
    assert.equal((await refund("R2")).subCode, "ACQ.SYSTEM_ERROR");
    gateway.control.set({ refundGapMs: 0 });
    gateway.control.withdraw(null);
    assert.equal((await refund("R2")).subCode, "ACQ.SELLER_BALANCE_NOT_ENOUGH");
  });
});

test("12. the serial numbers of the certificates have at most 15 bytes", () => {
  for (const pem of Object.values(keys.certificates)) {
    assert.ok(new X509Certificate(pem).serialNumber.length <= 30);
  }
});

test("the heartbeat of the old demo is taken and ignored", async () => {
  const answer = await exec(keySdk(gateway), "monitor.heartbeat.syn", { product: "FP" });
  assert.equal(answer.code, "10000");
  assert.equal(answer["pid"], gateway.appId);
});
