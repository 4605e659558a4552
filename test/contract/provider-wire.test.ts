/** One call, one request on the wire, and a reason for every way in which an answer can fail to come. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import type { UnknownAnswer } from "../../src/core/payment/answers.ts";
import type { AddressInfo, Socket } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { AlipaySdk } from "alipay-sdk";
import { request } from "urllib";
import { OneRequestAgent } from "../../src/adapters/provider/alipay/wire.ts";
import { adapterFor } from "./support/alipay.ts";
import type { Adapter } from "./support/alipay.ts";
import { order, paid, paymentCode, refusal, shown } from "./support/alipay-bodies.ts";
import { nodeOf, pkcs1, spki, startGateway, wireJson } from "./support/alipay-gateway.ts";
import type { Scripted, TestGateway } from "./support/alipay-gateway.ts";
import { until } from "../support/until.ts";

const timeoutMs = 600;
let gateway: TestGateway;
let adapter: Adapter;
before(async () => {
  gateway = await startGateway();
  adapter = adapterFor(gateway, { timeout_ms: timeoutMs });
});
after(async () => {
  await adapter.alipay.disconnect();
  await gateway.close();
});
beforeEach(() => {
  gateway.seen.length = 0;
  adapter.logged.length = 0;
});

const bareSdk = (): AlipaySdk =>
  new AlipaySdk({
    appId: "2021000000000001",
    privateKey: pkcs1(gateway.keys.app.privateKey),
    alipayPublicKey: spki(gateway.keys.alipay.publicKey),
    gateway: gateway.url,
    camelcase: false,
  });

const pay = () => adapter.alipay.pay(order, paymentCode);
const api = "alipay.trade.pay";

describe("a broken connection is one request and an unknown outcome", () => {
  const cases: readonly (readonly [
    "reset" | "end" | "truncate" | "silent" | "drip" | "endless",
    string,
    begun: { readonly httpStatus?: number },
  ])[] = [
    ["reset", "broken", {}],
    ["end", "broken", {}],
    ["truncate", "broken", { httpStatus: 200 }],
    ["silent", "silence", {}],
    ["drip", "silence", {}],
    ["endless", "broken", { httpStatus: 200 }],
  ];
  for (const [fault, reason, begun] of cases) {
    test(`${fault}: ${reason}`, async () => {
      gateway.answer(() => ({ fault }));
      assert.deepEqual(await pay(), { kind: "unknown", reason, code: null, ...begun });
      assert.equal(gateway.seen.length, 1);
      assert.equal(adapter.logged[0]?.fields["sent"], true);
    });
  }

  test("the SDK alone sends the payment twice, which is why the gate is there", async () => {
    gateway.answer(() => ({ fault: "reset" }));
    const bizContent = { out_trade_no: "T1", auth_code: paymentCode };
    await assert.rejects(bareSdk().exec(api, { bizContent }, { validateSign: true }));
    assert.equal(gateway.seen.length, 2);
    assert.equal(gateway.seen[1]?.headers["x-urllib-retry-on-socket-error"], "1/1");
  });

  test("every kind of call is held to one request", async () => {
    gateway.answer(() => ({ fault: "reset" }));
    const { alipay } = adapter;
    const calls = [
      () => alipay.precreate(order),
      () => alipay.query("T1"),
      () => alipay.cancel("T1"),
      () => alipay.close("T1"),
      () => alipay.refund("T1", "R1", order.amountFen, "退货"),
      () => alipay.refundQuery("T1", "R1"),
      () => alipay.billAddress("2026-11-22"),
    ];
    for (const call of calls) {
      assert.deepEqual(await call(), { kind: "unknown", reason: "broken", code: null });
    }
    assert.equal(gateway.seen.length, calls.length);
  });

  test("nobody listens: unknown, and the log says that nothing was sent", async () => {
    const gone = await startGateway(gateway.keys);
    const { alipay, logged } = adapterFor(gone);
    await gone.close();
    assert.deepEqual(await alipay.pay(order, paymentCode), {
      kind: "unknown",
      reason: "broken",
      code: null,
    });
    assert.equal(logged[0]?.fields["sent"], false);
    assert.equal(logged[0]?.fields["fault"], "ECONNREFUSED");
    await alipay.disconnect();
  });
});

describe("kept connections", () => {
  test("are used again", async () => {
    gateway.answer(() => ({ body: paid }));
    for (let call = 0; call < 6; call += 1) await pay();
    const connections = new Set(gateway.seen.map((seen) => seen.socket)).size;
    assert.ok(connections <= 2, `${connections} connections for 6 calls`);
  });

  test("serve 32 calls at once, each once", async () => {
    gateway.answer((seen) => ({ body: { ...paid, out_trade_no: seen.biz["out_trade_no"] } }));
    const numbers = Array.from({ length: 32 }, (_, index) => `T${index}`);
    const answers = await Promise.all(
      numbers.map((orderNo) => adapter.alipay.pay({ ...order, orderNo }, paymentCode)),
    );
    assert.deepEqual(
      answers.map((answer) => (answer.kind === "paid" ? answer.trade.orderNo : answer)),
      numbers,
    );
    assert.deepEqual(
      gateway.seen.map((seen) => String(seen.biz["out_trade_no"])).toSorted(),
      numbers.toSorted(),
    );
  });

  test("one that the gateway closes as the request arrives is broken, not asked again", async () => {
    gateway.answer(() => ({ body: paid }));
    const fresh = adapterFor(gateway);
    await fresh.alipay.pay(order, paymentCode);
    const kept = new Set(gateway.sockets);
    gateway.answer((seen) => (kept.has(seen.socket) ? { fault: "reset" } : { body: paid }));
    let broken = 0;
    for (let call = 0; call < 6; call += 1) {
      gateway.seen.length = 0;
      const answer = await fresh.alipay.pay(order, paymentCode);
      assert.equal(gateway.seen.length, 1);
      const cut = kept.has(gateway.seen[0]?.socket as Socket);
      if (cut) assert.deepEqual(answer, { kind: "unknown", reason: "broken", code: null });
      else assert.equal(answer.kind, "paid");
      broken += cut ? 1 : 0;
    }
    assert.ok(broken >= 1, "a kept connection was used and cut");
    await fresh.alipay.disconnect();
  });

  test("closed while idle: no request is ever doubled", async () => {
    gateway.answer(() => ({ body: paid }));
    for (let round = 0; round < 10; round += 1) {
      gateway.seen.length = 0;
      assert.notEqual((await pay()).kind, "declined");
      for (const socket of gateway.sockets) socket.end();
      const answer = await pay();
      const arrived = gateway.seen.length;
      assert.ok(arrived <= 2, `${arrived} requests for two calls`);
      assert.ok(
        answer.kind === "paid" || (answer.kind === "unknown" && answer.reason === "broken"),
        JSON.stringify(answer),
      );
    }
  });
});

describe("time", () => {
  test("a call whose time is up before it is connected never leaves later", async () => {
    let connect = (): void => assert.fail("nobody asked for a connection");
    const agent = new OneRequestAgent((_, callback) => {
      connect = () => {
        const socket = createConnection({
          host: "127.0.0.1",
          port: Number(new URL(gateway.url).port),
        });
        socket.once("connect", () => callback(null, socket));
      };
    });
    const exchange = agent.expect("call-1");
    const headers = { "alipay-request-id": "call-1" };
    const sent = request(gateway.url, {
      method: "POST",
      data: { a: "1" },
      headers,
      dispatcher: agent,
    });
    exchange.end("the call took too long");
    connect();
    await assert.rejects(sent);
    assert.equal(exchange.seen.sent, false);
    assert.equal(gateway.seen.length, 0);
    await agent.disconnect();
  });

  test("a gateway that takes the connection and never shakes hands: silence, nothing sent", async () => {
    const mute = createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
    await once(mute, "listening");
    const { port } = mute.address() as AddressInfo;
    const { alipay, logged } = adapterFor(gateway, {
      timeout_ms: timeoutMs,
      gateway: `https://127.0.0.1:${port}/`,
    });
    assert.deepEqual(await alipay.pay(order, paymentCode), {
      kind: "unknown",
      reason: "silence",
      code: null,
    });
    assert.equal(logged[0]?.fields["sent"], false);
    mute.close();
  });

  test("after silence the connection is cut, so a late answer reaches nobody", async () => {
    gateway.answer(() => ({ fault: "silent" }));
    await pay();
    await until("the connection was cut", () => gateway.seen[0]?.socket.destroyed === true);
  });
});

describe("replies that prove nothing", () => {
  const signed = (body: Record<string, unknown>): string => gateway.signed(api, body);
  const cases: readonly (readonly [string, () => Scripted, string])[] = [
    ["502", () => ({ text: "<html>bad gateway</html>", status: 502 }), "unreadable"],
    ["a login page", () => ({ text: "<html>please log in</html>" }), "unreadable"],
    ["an empty body", () => ({ text: "" }), "unreadable"],
    ["null", () => ({ text: "null" }), "unreadable"],
    ["an array", () => ({ text: "[]" }), "unreadable"],
    ["another node", () => ({ body: paid, node: nodeOf("alipay.trade.query") }), "unreadable"],
    ["a signed reply with status 500", () => ({ text: signed(paid), status: 500 }), "unreadable"],
    ["a wrong signature", () => ({ body: paid, sign: "wrong" }), "verify"],
    ["no signature", () => ({ body: paid, sign: "none" }), "verify"],
    [
      "an unsigned refusal",
      () => ({ body: refusal("isv.invalid-app-id", "40002"), sign: "none" }),
      "verify",
    ],
    [
      "error_response",
      () => ({ body: refusal("isv.invalid-app-id", "40002"), node: "error_response" }),
      "verify",
    ],
    [
      "a node that is a text",
      () => ({ text: `{"${nodeOf(api)}":"x","sign":"AA=="}` }),
      "unreadable",
    ],
  ];
  for (const [name, script, reason] of cases) {
    test(`${name}: ${reason}`, async () => {
      gateway.answer(script);
      const { httpStatus: _, hint: __, ...answer } = (await pay()) as UnknownAnswer;
      assert.deepEqual(answer, { kind: "unknown", reason, code: null });
      assert.equal(gateway.seen.length, 1);
    });
  }

  test("what names a fault without a signature is a hint, and its words are left out", async () => {
    const unsigned = { ...refusal("isv.invalid-app-id", "40002"), sub_msg: "无效的AppID参数" };
    gateway.answer(() => ({ body: unsigned, sign: "none" }));
    const hint = { code: "40002", subCode: "isv.invalid-app-id", message: null };
    assert.deepEqual(await pay(), { kind: "unknown", reason: "verify", code: null, hint });
    gateway.answer(() => ({ body: paid, sign: "wrong" }));
    assert.deepEqual(await pay(), { kind: "unknown", reason: "verify", code: null });
  });

  test("a redirect isn't followed: the payment stays one request", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      gateway.seen.length = 0;
      gateway.answer((seen) =>
        seen.at.path === "/elsewhere"
          ? { text: signed(paid) }
          : { text: "", status, headers: { location: "/elsewhere" } },
      );
      const expected = { kind: "unknown", reason: "unreadable", code: null, httpStatus: status };
      assert.deepEqual(await pay(), expected);
      assert.equal(gateway.seen.length, 1);
    }
  });

  test("a second node beside a genuine one fools the SDK but not us", async () => {
    const escaped = nodeOf(api).replace("response", "respons\\u0065");
    const spliced = signed(refusal("ACQ.SYSTEM_ERROR")).replace(
      /\}$/,
      `,"${escaped}":${wireJson(paid)}}`,
    );
    gateway.answer(() => ({ text: spliced }));
    const fooled = await bareSdk().exec(api, { bizContent: { a: 1 } }, { validateSign: true });
    assert.equal(fooled.code, "10000");
    assert.deepEqual(await pay(), { kind: "unknown", reason: "verify", code: null });
  });

  test("a genuine reply about another order is a mismatch", async () => {
    gateway.answer(() => ({ body: { ...shown("TRADE_CLOSED"), out_trade_no: "T-other" } }));
    const answer = await adapter.alipay.query(order.orderNo);
    assert.equal(answer.kind === "unknown" && answer.reason, "mismatch");
  });
});
