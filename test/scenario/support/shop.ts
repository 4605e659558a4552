/** A whole shop for tests: the real gateway and printer stand-ins, the real box, real files in an empty folder. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAlipay } from "../../../src/adapters/provider/alipay/alipay.ts";
import { checkSettings } from "../../../src/adapters/provider/alipay/config.ts";
import { type Box, startBox } from "../../../src/bin/box.ts";
import { readBoxConfig } from "../../../src/bin/config.ts";
import { sandboxIdentity } from "../../../src/core/payment/provider-identity.ts";
import { type Gateway, startGateway } from "../../../src/sandbox/servers/gateway/gateway.ts";
import {
  type SandboxPrinter,
  type StartPrinter,
  startPrinter,
} from "../../../src/sandbox/servers/printer/printer.ts";
import { paperText } from "../../../src/sandbox/model/printer/paper.ts";
import type { SaleView } from "../../../src/core/till/view.ts";

export interface ShopOptions {
  /** Divides the waiting times of box and gateway alike. */
  readonly timeFactor?: number;
  readonly callTimeoutMs?: number;
  /** Where phones reach the box; no test calls it there. */
  readonly receiptBase?: string;
  readonly printer?: StartPrinter;
  /** What the box believes of the printer; an Epson's abilities where nothing is said. */
  readonly profile?: Readonly<Record<string, boolean>>;
}

const epson = {
  processId: true,
  automaticStatus: true,
  cutCounter: true,
  bufferClear: true,
  gb18030: true,
};

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export class Shop {
  readonly data: string;
  readonly gateway: Gateway;
  readonly printer: SandboxPrinter;
  readonly log: LogLine[] = [];
  readonly #options: ShopOptions;
  box: Box;

  private constructor(
    data: string,
    gateway: Gateway,
    printer: SandboxPrinter,
    box: Box,
    log: LogLine[],
    options: ShopOptions,
  ) {
    this.data = data;
    this.gateway = gateway;
    this.printer = printer;
    this.box = box;
    this.log = log;
    this.#options = options;
  }

  static async open(options: ShopOptions = {}): Promise<Shop> {
    const data = mkdtempSync(join(tmpdir(), "chupiao-shop-"));
    const gateway = await startGateway({ settings: { timeFactor: options.timeFactor ?? 1 } });
    const log: LogLine[] = [];
    const printer = await startPrinter({ profile: "epson", paperMm: 80, ...options.printer });
    const box = await openBox(data, gateway, printer, log, options);
    return new Shop(data, gateway, printer, box, log, options);
  }

  /** A clean stop and a start on the same files. */
  async restart(meanwhile: () => void = () => {}): Promise<void> {
    await this.box.stop();
    meanwhile();
    this.box = await openBox(this.data, this.gateway, this.printer, this.log, this.#options);
  }

  async close(): Promise<void> {
    await this.box.stop();
    await this.gateway.close();
    await this.printer.close();
    rmSync(this.data, { recursive: true, force: true });
  }

  code(wallet?: string): string {
    const code = this.gateway.control.issueCode(wallet);
    if (code === undefined) throw new Error(`no wallet ${wallet}`);
    return code.code;
  }

  /** Asks the box's API; gives status and body as they came. */
  async ask<T>(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<{ readonly status: number; readonly body: T }> {
    const headers = {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
    };
    const sent =
      body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.box.url}${path}`, sent);
    return { status: response.status, body: (await response.json()) as T };
  }

  /** The owner lets sales go on, whatever the lights say. */
  async overrideGate(): Promise<void> {
    const answer = await this.ask("POST", "/api/gate/override", {});
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }

  async sell(
    amount: string,
    more: Readonly<Record<string, unknown>> = {},
    key?: string,
  ): Promise<SaleView> {
    const body = { amount, code: this.code(), wait_ms: 60_000, ...more };
    const answer = await this.ask<SaleView>("POST", "/api/sell", body, key);
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Waits until the sale looks like this; says how it looked last where it never does. */
  async until(
    saleId: string,
    holds: (sale: SaleView) => boolean,
    limitMs = 20_000,
  ): Promise<SaleView> {
    const endsAtMs = performance.now() + limitMs;
    for (;;) {
      const sale = (await this.ask<SaleView>("GET", `/api/sales/${saleId}`)).body;
      if (holds(sale)) return sale;
      if (performance.now() > endsAtMs)
        throw new Error(`not within ${limitMs} ms: ${JSON.stringify(sale, null, 1)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Every paper that came out, and what hangs out uncut, as text. */
  printedTexts(): readonly string[] {
    return [...this.printer.papers(), this.printer.hanging()]
      .map((paper) => paperText(paper))
      .filter((text) => text.trim() !== "");
  }

  /** What the gateway's own book says was taken for this sale, in fen, and not given back. */
  takenFen(sale: SaleView): number {
    return sale.attempts.reduce((sum, attempt) => {
      const trade = this.gateway.control.trade(attempt.order_no);
      if (trade === undefined) return sum;
      const paid = trade.paidAtMs === null ? 0 : trade.totalFen;
      return sum + paid - trade.refundedFen;
    }, 0);
  }
}

async function openBox(
  data: string,
  gateway: Gateway,
  printer: SandboxPrinter,
  log: LogLine[],
  options: ShopOptions,
): Promise<Box> {
  const read = checkSettings(
    {
      app_id: gateway.appId,
      seller_id: gateway.control.settings().sellerId,
      gateway: gateway.url,
      private_key: gateway.keys.appPrivatePem,
      alipay_public_key: gateway.keys.alipayPublicPem,
      timeout_ms: options.callTimeoutMs ?? 1_000,
    },
    () => "/",
    Date.now(),
  );
  if (read.kind !== "config") throw new Error(JSON.stringify(read.problems));
  const settings = readBoxConfig(data);
  const config = {
    ...settings,
    time_factor: options.timeFactor ?? 1,
    printer: { ...settings.printer, profile: options.profile ?? epson },
  };
  return startBox({
    data,
    host: "127.0.0.1",
    port: 0,
    config,
    identity: sandboxIdentity,
    provider: createAlipay(read.config, {
      nowMs: Date.now,
      log: (event, fields) => log.push({ level: "info", event, fields }),
    }),
    printerAddress: `tcp://${printer.host}:${printer.port}`,
    receiptBase: options.receiptBase ?? "http://127.0.0.1:9",
    version: "0.0.0-test",
    log: (level, event, fields) => log.push({ level, event, fields }),
  });
}
