/** The adapter through the official SDK, in key mode and in certificate mode: what is asked, and what comes back. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { adapterFor } from "./support/alipay.ts";
import type { Adapter } from "./support/alipay.ts";
import {
  awaiting,
  notification,
  nowMs,
  order,
  paid,
  paymentCode,
  refusal,
  shown,
} from "./support/alipay-bodies.ts";
import { newCerts } from "./support/alipay-certs.ts";
import { appId, newKeys, startGateway } from "./support/alipay-gateway.ts";
import type { TestGateway } from "./support/alipay-gateway.ts";

const keys = newKeys();
const certs = newCerts(keys);
const certMode = {
  alipay_public_key: undefined,
  app_cert: certs.appCert,
  alipay_cert: certs.alipayCert,
  alipay_root_cert: certs.rootCert,
};

for (const [mode, settings, certSn] of [
  ["key mode", {}, null],
  ["certificate mode", certMode, certs.alipayCertSn],
] as const) {
  describe(mode, () => {
    let gateway: TestGateway;
    let adapter: Adapter;
    before(async () => {
      gateway = await startGateway(keys, certSn);
      adapter = adapterFor(gateway, settings);
    });
    after(async () => {
      await adapter.alipay.disconnect();
      await gateway.close();
    });
    const asked = () => gateway.seen.at(-1);

    test("a pay request is signed, in China's time, and asks for notifications", async () => {
      gateway.answer(() => ({ body: paid }));
      const answer = await adapter.alipay.pay(order, paymentCode);
      assert.equal(answer.kind, "paid");
      const { wellSigned, params, biz } = asked() ?? assert.fail("nothing was asked");
      assert.equal(wellSigned, true);
      assert.equal(params["app_id"], appId);
      assert.equal(params["sign_type"], "RSA2");
      assert.equal(params["timestamp"], "2026-11-23 08:22:42");
      assert.equal(params["notify_url"], "https://shop.example/notify");
      assert.equal("app_cert_sn" in params, mode === "certificate mode");
      assert.deepEqual(
        [biz["out_trade_no"], biz["total_amount"], biz["auth_code"], biz["time_expire"]],
        [order.orderNo, "128.50", paymentCode, "2026-11-23 08:24:12"],
      );
    });

    test("every call reads its reply, `\\/` and all", async () => {
      const { alipay } = adapter;
      const ok = { code: "10000", msg: "Success", out_trade_no: order.orderNo };
      const cases: readonly (readonly [Record<string, unknown>, () => Promise<object>, object])[] =
        [
          [
            awaiting,
            () => alipay.pay(order, paymentCode),
            { kind: "awaiting_buyer", providerTradeNo: awaiting.trade_no },
          ],
          [
            refusal("ACQ.PAYMENT_AUTH_CODE_INVALID"),
            () => alipay.pay(order, paymentCode),
            { kind: "declined" },
          ],
          [
            refusal("isv.invalid-signature", "40002"),
            () => alipay.pay(order, paymentCode),
            { kind: "declined" },
          ],
          [
            { ...ok, qr_code: "https://qr.alipay.com/bax01" },
            () => alipay.precreate(order),
            { kind: "qr", qrCode: "https://qr.alipay.com/bax01" },
          ],
          [shown("TRADE_SUCCESS"), () => alipay.query(order.orderNo), { kind: "paid" }],
          [
            refusal("ACQ.TRADE_NOT_EXIST"),
            () => alipay.query(order.orderNo),
            { kind: "not_exist" },
          ],
          [
            { ...ok, retry_flag: "N", action: "refund" },
            () => alipay.cancel(order.orderNo),
            { kind: "reversed", action: "refund" },
          ],
          [ok, () => alipay.close(order.orderNo), { kind: "closed" }],
          [
            { ...ok, fund_change: "Y", refund_fee: "1.00" },
            () => alipay.refund(order.orderNo, "R1", order.amountFen, "退货"),
            { kind: "unknown", reason: "mismatch" },
          ],
          [
            { ...ok, refund_status: "REFUND_SUCCESS", out_request_no: "R1", refund_amount: "1.00" },
            () => alipay.refundQuery(order.orderNo, "R1"),
            { kind: "done", amountFen: 100 },
          ],
          [
            {
              code: "10000",
              msg: "Success",
              bill_download_url: "http://dwbillcenter.alipay.com/a/b?c=%2Fd",
            },
            () => alipay.billAddress("2026-11-22"),
            { kind: "address", url: "http://dwbillcenter.alipay.com/a/b?c=%2Fd" },
          ],
        ];
      for (const [body, ask, expected] of cases) {
        gateway.answer(() => ({ body }));
        assert.partialDeepStrictEqual(await ask(), expected);
        assert.equal(asked()?.wellSigned, true);
      }
    });

    test("notifications: genuine, ours, and nothing else", () => {
      const { alipay, logged } = adapter;
      const read = alipay.readNotification(gateway.signedForm(notification));
      assert.partialDeepStrictEqual(read, {
        notifyId: notification["notify_id"],
        orderNo: order.orderNo,
        status: "paid",
        trade: { amountFen: 12_850, paidAtMs: Date.parse("2026-11-23T08:22:43+08:00") },
      });
      const closed = { ...notification, trade_status: "TRADE_CLOSED" };
      assert.partialDeepStrictEqual(alipay.readNotification(gateway.signedForm(closed)), {
        status: "closed",
        trade: null,
      });
      const form = gateway.signedForm(notification);
      const dropped: readonly (readonly [Record<string, string>, string])[] = [
        [{ ...form, total_amount: "1.00" }, "sign"],
        [{ ...form, sign: "" }, "sign"],
        [gateway.signedForm(notification, "RSA"), "sign"],
        [{ ...form, sign_type: "nonsense" }, "sign"],
        [notification, "sign"],
        [{}, "sign"],
        [gateway.signedForm({ ...notification, app_id: "2021000000000002" }), "app_id"],
        [gateway.signedForm({ ...notification, seller_id: "2088000000000002" }), "seller_id"],
        [gateway.signedForm({ ...notification, notify_type: "other" }), "not_a_trade"],
        [gateway.signedForm({ ...notification, trade_status: "TRADE_NEW" }), "status_unlisted"],
        [gateway.signedForm({ ...notification, total_amount: "x" }), "fields"],
        [gateway.signedForm({ ...notification, notify_id: "" }), "fields"],
      ];
      for (const [one, why] of dropped) {
        assert.equal(alipay.readNotification(one), null);
        assert.deepEqual(logged.at(-1), { event: "alipay_notification_dropped", fields: { why } });
      }
    });
  });
}

describe("whatever the machine's zone is", () => {
  for (const zone of ["UTC", "America/New_York", "Asia/Shanghai"]) {
    test(`${zone}: the timestamp is China's`, async () => {
      const script = new URL("./support/alipay-one-call.ts", import.meta.url).pathname;
      const { stdout } = await promisify(execFile)(process.execPath, [script], {
        env: { ...process.env, TZ: zone },
      });
      const told = JSON.parse(stdout) as Record<string, unknown>;
      assert.equal(told["zone"], zone);
      assert.equal(told["timestamp"], "2026-11-23 08:22:42");
      assert.equal(told["time_expire"], "2026-11-23 08:24:12");
      assert.equal(told["paid_at_ms"], nowMs + 1_000);
    });
  }
});

test("only this machine and Alipay's own sandbox move no money; a merchant's own way there does", async () => {
  const gateway = await startGateway(keys);
  const live = (settings: Record<string, unknown>) => adapterFor(gateway, settings).alipay.livemode;
  assert.equal(live({}), false);
  assert.equal(live({ gateway: "https://openapi-sandbox.dl.alipaydev.com/gateway.do" }), false);
  assert.equal(live({ gateway: undefined }), true);
  assert.equal(live({ gateway: "https://alipay-proxy.example.org/gateway.do" }), true);
  assert.equal(live({ gateway: "https://alipaydev.com.example.org/gateway.do" }), true);
  assert.equal(adapterFor(gateway, { timeout_ms: "2500" }).alipay.callTimeoutMs, 2_500);
  await gateway.close();
});
