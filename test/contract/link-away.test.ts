/** A real terminal on a link whose hub goes away: each sale ends with the one outcome that is true. */
import assert from "node:assert/strict";
import { createServer as createHttpServer, request } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { type HttpLink, openHttpLink } from "../../src/adapters/link/http/client.ts";
import { memoryJournal, newJournalDisk } from "../../src/adapters/store/memory/journal.ts";
import { realWorld } from "../../src/adapters/world/real.ts";
import { fen } from "../../src/core/money/money.ts";
import { saleView } from "../../src/core/till/build.ts";
import type { SaleView } from "../../src/core/till/view.ts";
import { houseOperator } from "../../src/terminal/config.ts";
import { Terminal } from "../../src/terminal/terminal.ts";
import {
  type Chain,
  chain,
  CODES,
  intent,
  type Joined,
  linkTiming,
  until,
} from "./link-support.ts";

/** A wire between terminal and hub that can swallow requests or cut answers. */
interface Wire {
  readonly url: string;
  mode: "through" | "swallow_requests" | "cut_answers" | "cut_one_answer";
  /** Requests that arrived while the wire wasn't through. */
  readonly caught: number;
}

async function wire(context: TestContext, hubUrl: string): Promise<Wire> {
  const state = { mode: "through" as Wire["mode"], caught: 0 };
  const open = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    open.add(socket.on("error", () => {}).on("close", () => open.delete(socket)));
    return socket;
  };
  const server = createServer((near) => {
    keep(near);
    const far = keep(connect(Number(new URL(hubUrl).port), "127.0.0.1"));
    near.on("data", (bytes) => {
      if (state.mode !== "through") state.caught += 1;
      if (state.mode !== "swallow_requests") far.write(bytes);
    });
    far.on("data", (bytes) => {
      const cut = state.mode === "cut_answers" || state.mode === "cut_one_answer";
      if (state.mode === "cut_one_answer") state.mode = "through";
      if (cut) near.destroy();
      else near.write(bytes);
    });
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    get mode() {
      return state.mode;
    },
    set mode(mode) {
      state.mode = mode;
    },
    get caught() {
      return state.caught;
    },
  };
}

interface Till {
  readonly terminal: Terminal;
  readonly link: HttpLink;
  sell(code: string): Promise<string>;
  view(saleId: string): SaleView;
}

async function till(
  context: TestContext,
  place: Chain,
  joined: Joined,
  url: string,
): Promise<Till> {
  const { keys, hubKey } = joined;
  const base = { url, keys, hubKey, world: realWorld, log: place.log, settings: null };
  const link = openHttpLink({ ...base, timeoutMs: 400 });
  const { issuer } = await link.hello();
  const terminal = new Terminal({
    world: realWorld,
    journal: memoryJournal(realWorld.sha256, newJournalDisk()),
    link,
    log: place.log,
    hashPin: async (pin) => pin,
    settings: {
      merchantId: "M1",
      storeId: "S01",
      terminalId: joined.terminalId,
      issuer: { ...issuer, terminalNo: joined.terminalId },
      provider: "alipay",
      livemode: false,
      training: false,
      receiptBase: "http://127.0.0.1:1",
      merchantCopy: false,
      amountMaxFen: fen(5_000_000),
      timing: linkTiming,
      newsSilenceMs: 150,
    },
  });
  await terminal.start();
  context.after(() => {
    terminal.stop();
    link.close();
  });
  const view = (saleId: string): SaleView => {
    const record = terminal.book.record(saleId);
    assert.ok(record !== null);
    return saleView(record, { timing: linkTiming, livemode: false });
  };
  return {
    terminal,
    link,
    view,
    async sell(paymentCode) {
      const given = { amountFen: fen(12_850), items: [], operator: houseOperator };
      const done = await terminal.sales.sell(
        { ...given, acceptsElectronic: true, request: null },
        { method: "code", paymentCode },
      );
      assert.ok(done.ok);
      return done.record.sale.id;
    },
  };
}

const outcome = (shop: Till, saleId: string, wanted: SaleView["outcome"]): Promise<SaleView> =>
  until(() => {
    const sale = shop.view(saleId);
    return sale.outcome === wanted && sale;
  }, `outcome ${wanted} of ${saleId}`);

test("an answer that is cut off: the terminal asks by order number and learns of the one charge", async (context) => {
  const place = await chain(context);
  const joined = await place.join("T02");
  const between = await wire(context, place.url);
  const shop = await till(context, place, joined, between.url);
  between.mode = "cut_answers";
  const saleId = await shop.sell(CODES.pays);
  assert.equal(shop.view(saleId).outcome, "unknown");
  assert.notEqual(shop.view(saleId).can.charge, true, "nobody is charged again meanwhile");
  await until(() => place.provider.paid.length === 1, "the provider was asked");
  between.mode = "through";
  const sale = await outcome(shop, saleId, "paid");
  assert.equal(sale.receipt?.number, "T02-000001");
  assert.deepEqual(place.provider.paid, [sale.attempt?.order_no]);
});

test("a kept connection that breaks under a request: the same order is asked again at once, and charged once", async (context) => {
  const place = await chain(context);
  const { keys, hubKey } = await place.join("T02");
  const between = await wire(context, place.url);
  const base = { url: between.url, keys, hubKey, world: realWorld, log: place.log };
  const link = openHttpLink({ ...base, settings: null });
  context.after(() => link.close());
  await link.hello();
  between.mode = "cut_one_answer";
  const asked = intent();
  const reply = await link.pay(asked);
  assert.equal(between.mode, "through", "the first answer was cut");
  assert.equal(reply.kind, "known");
  assert.deepEqual(place.provider.paid, [asked.orderNo]);
});

test("a request that never arrives: the order is withdrawn, and coming late it is refused", async (context) => {
  const place = await chain(context);
  const joined = await place.join("T02");
  const between = await wire(context, place.url);
  const shop = await till(context, place, joined, between.url);
  between.mode = "swallow_requests";
  const saleId = await shop.sell(CODES.pays);
  assert.equal(shop.view(saleId).outcome, "unknown");
  assert.ok(between.caught > 0);
  assert.equal(shop.link.health().state, "hub_away");
  between.mode = "through";
  const sale = await outcome(shop, saleId, "declined");
  assert.equal(sale.attempt?.unpaid_end, "never_sent");
  assert.deepEqual(place.provider.paid, []);
  const orderNo = sale.attempt?.order_no ?? "";
  assert.equal(await place.ledger.withdrawn("M1", orderNo), true);
});

test("a hub that isn't there: the sale ends at once as never sent, and the next one works when it is back", async (context) => {
  const place = await chain(context);
  const shop = await till(context, place, await place.join("T02"), place.url);
  await place.down();
  // A kept connection that broke proves nothing about what was sent on it. By the first refused one, they are all gone.
  await until(() => shop.link.away() === "ECONNREFUSED", "nobody listens at the hub's address");
  const saleId = await shop.sell(CODES.pays);
  const sale = shop.view(saleId);
  assert.deepEqual([sale.outcome, sale.cause?.code], ["declined", "hub_not_reached"]);
  assert.equal(sale.can.charge, true);
  assert.equal(shop.link.health().state, "hub_away");
  await place.up();
  await until(() => shop.link.health().state !== "hub_away", "the light goes green by itself");
  await outcome(shop, await shop.sell(CODES.pays), "paid");
  assert.equal(place.provider.paid.length, 1);
});

test("a hub that dies while the provider is asked: after its restart the terminal hears how it ended", async (context) => {
  const place = await chain(context);
  const shop = await till(context, place, await place.join("T02"), place.url);
  const saleId = await shop.sell(CODES.paysInSilence);
  await place.down();
  await place.up();
  await outcome(shop, saleId, "paid");
  assert.equal(place.provider.paid.length, 1);
});

test("a receipt opened while nobody listened is told afterwards, and a refund asked meanwhile is made", async (context) => {
  const place = await chain(context);
  const shop = await till(context, place, await place.join("T02"), place.url);
  const saleId = await shop.sell(CODES.pays);
  await outcome(shop, saleId, "paid");
  const token = shop.terminal.book.record(saleId)?.receipt?.token ?? "";
  await until(() => place.hub.electronicReceipt(token), "the receipt is at the hub");
  await place.down();
  const refunding = await shop.terminal.sales.refund(saleId, null, "退货", houseOperator, "R1");
  assert.ok(refunding.ok);
  assert.equal(shop.view(saleId).refunds[0]?.state, "requested");
  const beforeAnyoneListens = place.up();
  await beforeAnyoneListens;
  await place.hub.receiptOpened(token);
  await until(
    () => shop.terminal.book.record(saleId)?.receipt?.openedAtMs,
    "the terminal knows that it was opened",
  );
  await until(() => shop.view(saleId).refunds[0]?.state === "done", "the refund is done");
});

/** A hub of an older version: it doesn't know one of the questions, and says so as any server does, unsigned. */
async function olderHub(
  context: TestContext,
  hubUrl: string,
  unknownPath: string,
): Promise<{ readonly url: string; readonly asked: number }> {
  const state = { asked: 0 };
  const server = createHttpServer((near, answer) => {
    const { method = "POST", headers, url = "/" } = near;
    if (url === unknownPath) {
      state.asked += 1;
      near.resume();
      answer.writeHead(404, { "content-type": "application/json" });
      answer.end(JSON.stringify({ statusCode: 404, error: "Not Found" }));
      return;
    }
    const far = request(new URL(url, hubUrl), { method, headers, agent: false }, (reply) => {
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(answer);
    });
    far.on("error", () => answer.destroy());
    near.pipe(far);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    get asked() {
      return state.asked;
    },
  };
}

test("a till that is newer than its hub: what that hub can't tell is no sign that it is away", async (context) => {
  const place = await chain(context);
  const joined = await place.join("T02");
  const older = await olderHub(context, place.url, "/link/v1/refunds-ended");
  const shop = await till(context, place, joined, older.url);
  await until(() => older.asked > 0, "it was asked what it doesn't know");
  assert.equal(
    await shop.link.refundsEndedAfter("M1", "T02", { endedAtMs: 0, requestNo: "" }),
    null,
  );
  assert.equal(shop.link.away(), null);
  await outcome(shop, await shop.sell(CODES.pays), "paid");
  assert.ok(!place.lines.some((line) => line.includes("hub_away")));
});

test("a server that knows nothing at all isn't taken for an older hub", async (context) => {
  const place = await chain(context);
  const { keys, hubKey } = await place.join("T02");
  const other = await olderHub(context, place.url, "/link/v1/hello");
  const base = { url: other.url, keys, hubKey, world: realWorld, log: place.log };
  const link = openHttpLink({ ...base, settings: null });
  context.after(() => link.close());
  await assert.rejects(link.hello());
  assert.match(link.away() ?? "", /404/);
});
