import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { nowMs, order, paymentCode } from "../../../../test/contract/support/alipay-bodies.ts";
import { fen, yuanText } from "../../../core/money/money.ts";
import { chinaTime } from "../../../core/rules/time.ts";
import { payRequest, precreateRequest, refundRequest } from "./request.ts";

const settings = {
  payProductCode: "FACE_TO_FACE_PAYMENT",
  qrProductCode: "QR_CODE_OFFLINE",
  qrTimeoutExpress: "2m",
  goodsMax: 50,
};
const pay = (change: Partial<typeof order> = {}, code = paymentCode) =>
  payRequest({ ...order, ...change }, code, settings, nowMs);

describe("pay", () => {
  test("whole request", () => {
    assert.deepEqual(pay(), {
      out_trade_no: order.orderNo,
      total_amount: "128.50",
      subject: "测试 商品 A B C",
      time_expire: "2026-11-23 08:24:12",
      store_id: "S001",
      terminal_id: "T-01",
      operator_id: "1001",
      goods_detail: [{ goods_id: "item1", goods_name: "拿铁 大杯", quantity: 2, price: "64.25" }],
      product_code: "FACE_TO_FACE_PAYMENT",
      scene: "bar_code",
      auth_code: paymentCode,
      timeout_express: "2m",
    });
  });
  test("a face is a security code", () => {
    assert.equal(pay({}, `fp${"0".repeat(33)}`)["scene"], "security_code");
  });
  test("the whole minutes left, at least one", () => {
    for (const [leftMs, expected] of [
      [-5_000, "1m"],
      [0, "1m"],
      [60_000, "1m"],
      [60_001, "2m"],
      [119_999, "2m"],
    ] as const) {
      assert.equal(pay({ expiresAtMs: nowMs + leftMs })["timeout_express"], expected);
    }
  });
  test("what is empty isn't sent, since an empty field would be signed as empty", () => {
    const request = pay({ storeId: "门店", terminalId: "", operatorId: "前台", goods: [] });
    for (const key of ["store_id", "terminal_id", "operator_id", "goods_detail"]) {
      assert.equal(key in request, false, key);
    }
  });
  test("ids and subject keep to their lengths", () => {
    const request = pay({
      subject: "😀".repeat(300),
      storeId: "s".repeat(50),
      terminalId: "t".repeat(50),
      operatorId: "o".repeat(50),
    });
    assert.equal(Array.from(String(request["subject"])).length, 256);
    assert.equal(String(request["store_id"]).length, 32);
    assert.equal(String(request["terminal_id"]).length, 32);
    assert.equal(String(request["operator_id"]).length, 28);
  });
  test("any subject becomes one that Alipay allows", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (subject) => {
        const text = String(pay({ subject })["subject"]);
        assert.match(text, /^[^/=&\p{Cc}\p{Cs}]{1,256}$/u);
      }),
    );
  });
  test("goods by weight are one line; what costs nothing isn't listed", () => {
    const goods = [
      { name: "苹果", quantity: 0.535, priceFen: fen(1_000) },
      { name: "赠品", quantity: 1, priceFen: fen(0) },
      { name: "糖/盐", quantity: 3, priceFen: fen(5) },
    ];
    assert.deepEqual(pay({ goods })["goods_detail"], [
      { goods_id: "item1", goods_name: "苹果 ×0.535", quantity: 1, price: "5.35" },
      { goods_id: "item3", goods_name: "糖 盐", quantity: 3, price: "0.05" },
    ]);
    assert.equal(
      "goods_detail" in payRequest(order, paymentCode, { ...settings, goodsMax: 0 }, nowMs),
      false,
    );
  });
  test("amounts are yuan texts of the same fen", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (amount) => {
        const text = String(pay({ amountFen: fen(amount) })["total_amount"]);
        assert.match(text, /^\d+\.\d{2}$/);
        assert.equal(text, yuanText(fen(amount)));
        assert.equal(BigInt(text.replace(".", "")), BigInt(amount));
      }),
    );
  });
});

describe("precreate", () => {
  const asked = (lifeMs: number, qrTimeoutExpress = "1h") => {
    const lives = { ...order, expiresAtMs: nowMs + lifeMs };
    const request = precreateRequest(lives, { ...settings, qrTimeoutExpress }, nowMs);
    assert.equal(request["qr_code_timeout_express"], request["timeout_express"]);
    return [request["timeout_express"], request["time_expire"]];
  };

  test("asks for a QR", () => {
    const request = precreateRequest(order, settings, nowMs);
    assert.equal(request["product_code"], "QR_CODE_OFFLINE");
    assert.equal("auth_code" in request || "scene" in request, false);
  });

  test("gives the order's life in minutes, which Alipay counts by its own clock", () => {
    // Rounded up to a second when it was made, and some seconds on its way to the wire.
    for (const lifeMs of [121_000, 120_000, 115_000])
      assert.deepEqual(asked(lifeMs), ["2m", undefined]);
    assert.deepEqual(asked(90_000), ["1m", undefined]);
  });

  test("and never more than the setting", () => {
    assert.deepEqual(asked(120_000, "1m"), ["1m", undefined]);
    for (const longer of ["2m", "3m", "1d", "1c"])
      assert.deepEqual(asked(120_000, longer), ["2m", undefined]);
  });

  test("a life shorter than a minute, as in training, can only be said as a moment", () => {
    const at = chinaTime(nowMs + 12_000);
    assert.deepEqual(asked(12_000), ["1m", at]);
  });
});

test("refund sends these four fields and no other", () => {
  assert.deepEqual(refundRequest("T1", "R1", fen(1), "质量/问题"), {
    out_trade_no: "T1",
    out_request_no: "R1",
    refund_amount: "0.01",
    refund_reason: "质量 问题",
  });
  assert.equal(refundRequest("T1", "R1", fen(1), "")["refund_reason"], "退款");
});
