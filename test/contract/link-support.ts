/** A hub on a scripted provider and a ledger in memory, reached in the same process or over HTTP. */
import type { TestContext } from "node:test";
import Fastify from "fastify";
import { enrol, type Enrolled } from "../../src/adapters/link/http/enrol.ts";
import { type HttpLink, openHttpLink } from "../../src/adapters/link/http/client.ts";
import type { HubSettings } from "../../src/adapters/link/http/messages.ts";
import { linkRoutes } from "../../src/adapters/link/http/server.ts";
import { type KeyPair, newKeys } from "../../src/adapters/link/keys.ts";
import {
  type EnrolledTerminal,
  openRegistry,
  type Registry,
  type Store,
} from "../../src/adapters/link/registry.ts";
import { memoryLedger, newLedgerDisk } from "../../src/adapters/store/memory/ledger.ts";
import { realWorld } from "../../src/adapters/world/real.ts";
import { type Fen, fen } from "../../src/core/money/money.ts";
import { alipayRefundTiming } from "../../src/core/payment/refund-step.ts";
import { alipayTiming, compress, type PaymentTiming } from "../../src/core/payment/timing.ts";
import { Hub } from "../../src/hub/hub.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import type { PayIntent } from "../../src/ports/link.ts";
import type { Log } from "../../src/ports/log.ts";
import type { Provider } from "../../src/ports/provider.ts";
import type { World } from "../../src/ports/world.ts";

export const CODES = {
  pays: "288888888888888801",
  declines: "288888888888888802",
  /** Takes the money and doesn't answer: only a query tells. */
  paysInSilence: "288888888888888803",
  /** Waits until `provider.release` is called, then pays. */
  waits: "288888888888888804",
} as const;

export interface ScriptedProvider extends Provider {
  /** Order numbers in the order in which pay calls came. */
  readonly paid: readonly string[];
  release(): void;
  mode: { livemode: boolean };
}

const ok = { code: "10000", subCode: null, message: "Success" };

export function scriptedProvider(): ScriptedProvider {
  const book = new Map<string, Fen>();
  const paid: string[] = [];
  const waiting: (() => void)[] = [];
  const mode = { livemode: false };
  const trade = (orderNo: string, amountFen: Fen) => ({
    orderNo,
    providerTradeNo: `P${orderNo}`,
    amountFen,
    payer: "138****0000",
    paidAtMs: realWorld.nowMs(),
  });
  const unused = async (): Promise<never> => {
    throw new Error("not in this script");
  };
  return {
    name: "alipay",
    mode,
    get livemode() {
      return mode.livemode;
    },
    callTimeoutMs: 500,
    paid,
    release: () => waiting.splice(0).forEach((go) => go()),
    async pay({ orderNo, amountFen }, code) {
      paid.push(orderNo);
      if (code === CODES.waits) await new Promise<void>((resolve) => waiting.push(resolve));
      if (code === CODES.declines)
        return {
          kind: "declined",
          code: { code: "40004", subCode: "ACQ.BUYER_BALANCE_NOT_ENOUGH", message: "no" },
        };
      book.set(orderNo, amountFen);
      return code === CODES.paysInSilence
        ? { kind: "unknown", reason: "silence", code: null }
        : { kind: "paid", trade: trade(orderNo, amountFen), code: ok };
    },
    async query(orderNo) {
      const amountFen = book.get(orderNo);
      return amountFen === undefined
        ? { kind: "not_exist", code: { ...ok, code: "40004", subCode: "ACQ.TRADE_NOT_EXIST" } }
        : { kind: "paid", trade: trade(orderNo, amountFen), code: ok };
    },
    cancel: async () => ({ kind: "reversed", action: "close", code: ok }),
    refund: async (_orderNo, _requestNo, amountFen) => ({
      kind: "done",
      refundedTotalFen: amountFen,
      code: ok,
    }),
    refundQuery: unused,
    precreate: unused,
    close: unused,
    billAddress: unused,
    readNotification: () => null,
  };
}

/** Every line that either side logged, as text. */
export function captured(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const log: Log = (level, event, fields) =>
    void lines.push(`${level} ${event} ${JSON.stringify(fields)}`);
  return { log, lines };
}

export const linkTiming: PaymentTiming = {
  ...compress(alipayTiming, 20),
  intentAgeMsMax: alipayTiming.intentAgeMsMax,
  callTimeoutMs: 500,
  leaseMarginMs: 500,
  confirmPaid: "off",
};

export function scriptedHub(
  provider: Provider,
  ledger: Ledger,
  log: Log,
  world: World = realWorld,
): Hub {
  const refundTiming = { ...alipayRefundTiming, queryAfterMs: 100 };
  return new Hub({ world, ledger, provider, timing: linkTiming, refundTiming, log, sole: true });
}

let orders = 0;

export function intent(changes: Partial<PayIntent> = {}): PayIntent {
  orders += 1;
  const terminalId = changes.terminalId ?? "T02";
  return {
    merchantId: "M1",
    storeId: "S01",
    terminalId,
    operatorNo: "07",
    saleId: `sale-${orders}`,
    orderNo: `${terminalId}_261102_${String(orders).padStart(6, "0")}_abcd`,
    provider: "alipay",
    method: "code",
    amountFen: fen(12_850),
    subject: "拿铁",
    goods: [{ name: "拿铁", quantity: 1, priceFen: fen(12_850) }],
    paymentCode: CODES.pays,
    ageMs: 12.5,
    again: false,
    epoch: 1,
    ...changes,
  };
}

export const store: Store = { id: "S01", name: "人民广场店", address: "", phone: "" };

export interface Chain {
  readonly hub: Hub;
  readonly ledger: Ledger;
  readonly provider: ScriptedProvider;
  readonly registry: Registry;
  readonly url: string;
  readonly lines: string[];
  readonly log: Log;
  /** Enrols a terminal the way a person does: code, proof, pin. */
  join(terminalId: string): Promise<Joined>;
  connect(joined: Joined, timeoutMs?: number): HttpLink;
  /** The hub's process dies and, later, comes back on the same address and ledger. */
  down(): Promise<void>;
  up(): Promise<void>;
}

export interface Joined extends Enrolled {
  readonly keys: KeyPair;
}

export async function chain(test: TestContext, world: World = realWorld): Promise<Chain> {
  const { log, lines } = captured();
  const disk = newLedgerDisk();
  const provider = scriptedProvider();
  const keys = newKeys();
  const links: HttpLink[] = [];
  let port = 0;
  let running = await start();
  async function start() {
    const ledger = memoryLedger(realWorld.sha256, disk);
    const hub = scriptedHub(provider, ledger, log);
    const registry = await openRegistry({ ledger, world, merchantId: "M1" });
    const app = Fastify({ logger: false, forceCloseConnections: true });
    const settings = (terminal: EnrolledTerminal): HubSettings => settingsOf(terminal, provider);
    const routes = linkRoutes(app, {
      hub,
      ledger,
      registry,
      keys,
      settings,
      world: realWorld,
      log,
    });
    await app.listen({ host: "127.0.0.1", port });
    await hub.start();
    const address = app.server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
    return { app, hub, ledger, registry, routes };
  }
  const down = async (): Promise<void> => {
    running.routes.close();
    provider.release();
    await running.app.close();
    await running.hub.stop();
  };
  test.after(async () => {
    for (const link of links) link.close();
    await down();
  });
  const url = (): string => `http://127.0.0.1:${port}`;
  return {
    get hub() {
      return running.hub;
    },
    get ledger() {
      return running.ledger;
    },
    get registry() {
      return running.registry;
    },
    get url() {
      return url();
    },
    provider,
    lines,
    log,
    async join(terminalId) {
      const { code } = await running.registry.offer(terminalId, store);
      const own = newKeys();
      const enrolled = await enrol({ url: url(), code, keys: own, world: realWorld });
      if (enrolled === null) throw new Error("the code was refused");
      return { ...enrolled, keys: own };
    },
    connect({ keys: own, hubKey }, timeoutMs = 5_000) {
      const options = { url: url(), keys: own, hubKey, world: realWorld, log, settings: null };
      const link = openHttpLink({ ...options, timeoutMs });
      links.push(link);
      return link;
    },
    down,
    async up() {
      running = await start();
    },
  };
}

export const settingsOf = (terminal: EnrolledTerminal, provider: Provider): HubSettings => ({
  merchantId: terminal.merchantId,
  storeId: terminal.store.id,
  terminalId: terminal.terminalId,
  issuer: {
    merchantName: "示例咖啡",
    merchantNo: "M1",
    storeName: terminal.store.name,
    storeNo: terminal.store.id,
    address: "",
    phone: "",
  },
  provider: "alipay",
  livemode: provider.livemode,
  receiptBase: null,
  timing: { ...linkTiming, queryPlan: [...linkTiming.queryPlan], afterChecksMs: [] },
  version: "0.0.0",
});

/** Polls until it is so; fails with the words after the deadline. */
export async function until<T>(
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  words: string,
  waitMs = 60_000,
): Promise<T> {
  const endsAtMs = performance.now() + waitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (performance.now() > endsAtMs) throw new Error(`not in time: ${words}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
