/** A till whose hub is of a newer version: what it doesn't know is still a refusal, and its hub is there. */
import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { test, type TestContext } from "node:test";
import { type HttpLink, openHttpLink } from "../../src/adapters/link/http/client.ts";
import { digestOf, keyIdOf, newKeys, signText } from "../../src/adapters/link/keys.ts";
import { realWorld } from "../../src/adapters/world/real.ts";
import {
  readSignatureValue,
  replySignable,
  signatureValue,
  timeHeader,
} from "../../src/core/link/signature.ts";
import { viewOf } from "./terminal-screens.ts";
import { isOnlyThis } from "../../src/ports/link.ts";
import { chain, intent } from "./link-support.ts";
import { refund } from "./store-samples.ts";
import { Bench, operator, paid } from "./terminal-support.ts";

test("refused for a reason of its own: nothing was done, and the hub isn't away", async (context) => {
  const place = await chain(context);
  const link = place.connect(await place.join("T02"));
  const refused = { kind: "refused", reason: "till_too_old" };
  const says = async (reason: unknown) => ({ kind: "refused", reason });
  Object.assign(place.hub, { pay: () => says("of_tomorrow"), refund: () => says("of_tomorrow") });
  const asked = intent();
  assert.deepEqual(await link.pay(asked), refused);
  const { merchantId, orderNo, amountFen, operatorNo } = asked;
  const back = { merchantId, orderNo, amountFen, operatorNo, requestNo: "R1", reason: "" };
  assert.deepEqual(await link.refund(back), refused);
  assert.equal(link.away(), null);
  Object.assign(place.hub, { refund: () => says(7) });
  await assert.rejects(() => link.refund(back), /can't be read/);
});

test("a refund is over only where the hub has none of its number, whatever it calls its refusal", async (context) => {
  const place = await chain(context);
  const link = place.connect(await place.join("T02"));
  const { merchantId, orderNo, amountFen, operatorNo } = intent();
  const asked = { merchantId, orderNo, amountFen, operatorNo, requestNo: "R1", reason: "" };
  const taken = refund(1, { ...asked, terminalId: "T02", state: "sending" });
  const refused = async () => ({ kind: "refused", reason: "of_tomorrow" });
  Object.assign(place.hub, { refund: refused, refundState: async () => taken });
  assert.deepEqual(await link.refund(asked), { kind: "accepted", refund: taken });
  Object.assign(place.hub, { refundState: async () => Promise.reject(new Error("full")) });
  await assert.rejects(() => link.refund(asked));
});

/** Answers every question with this refusal, signed as by the hub. */
async function refusing(context: TestContext, body: object): Promise<HttpLink> {
  const [hub, till] = [newKeys(), newKeys()];
  const text = JSON.stringify(body);
  const status = 422;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    await request.resume().toArray();
    const contentDigest = digestOf(text);
    const requestSignature = readSignatureValue(String(request.headers["signature"])) ?? "";
    const facts = { status, contentDigest, timeMs: Date.now(), requestSignature };
    const signable = replySignable({ ...facts, keyId: keyIdOf(hub.publicKey) });
    response.writeHead(status, {
      "content-digest": contentDigest,
      [timeHeader]: String(signable.timeMs),
      "signature-input": signable.input,
      signature: signatureValue(await signText(hub.privateKey, signable.base)),
    });
    response.end(text);
  };
  const server = createServer((...both) => void answer(...both));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  const url = `http://127.0.0.1:${address.port}`;
  const about = { url, keys: till, hubKey: hub.publicKey, world: realWorld, settings: null };
  const link = openHttpLink({ ...about, log: () => {} });
  context.after(() => {
    link.close();
    server.close();
  });
  return link;
}

for (const { told, isPayOver, isOnly } of [
  { told: { nothingDone: true, isOnlyThis: true }, isPayOver: true, isOnly: true },
  { told: { nothingDone: false, isOnlyThis: false }, isPayOver: false, isOnly: false },
  { told: {}, isPayOver: false, isOnly: false },
])
  test(`turned away in a word of its own, with ${JSON.stringify(told)}: it counts as that, and as nothing more`, async (context) => {
    const link = await refusing(context, { refused: "of_tomorrow", ...told });
    const paying = link.pay(intent());
    if (isPayOver) assert.deepEqual(await paying, { kind: "refused", reason: "till_too_old" });
    else await assert.rejects(() => paying, /hub refused: of_tomorrow/);
    const asking = link.history("S1");
    await assert.rejects(
      () => asking,
      (error: unknown) => isOnlyThis(error) === isOnly,
    );
    assert.equal(link.away(), null);
  });

test("the till says that no money moved, and that it wants an update", async () => {
  const bench = await Bench.open();
  const { saleId } = await bench.sell(paid);
  bench.hub.link.refund = async () => ({ kind: "refused", reason: "till_too_old" });
  await bench.terminal.sales.refund(saleId, null, "退", operator, "R-1");
  await bench.world.advance(1);
  const [refund] = viewOf(bench.record(saleId)).refunds;
  assert.equal(refund?.state, "refused");
  assert.match(refund.cause?.cashier.zh ?? "", /没有扣款，也没有退款.*更新/);
  bench.hub.refusePay = "till_too_old";
  const unpaid = await bench.sell();
  const sale = viewOf(bench.record(unpaid.saleId));
  assert.match(sale.cause?.cashier.zh ?? "", /没有扣款，也没有退款.*更新/);
});
