/**
 * Sales a second through the whole path (till API to receipt confirmed) against the same number of bare alipay-sdk pay
 * calls to the same gateway, in one run. The gateway and the printer are another process, and so is whoever sells at the
 * box; the box has this one to itself, as the bare calls have.
 */
import { fork, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { AlipaySdk } from "alipay-sdk";
import { createAlipay } from "../src/adapters/provider/alipay/alipay.ts";
import { checkSettings } from "../src/adapters/provider/alipay/config.ts";
import { type Box, startBox } from "../src/bin/box.ts";
import { readBoxConfig } from "../src/bin/config.ts";
import { sandboxIdentity } from "../src/core/payment/provider-identity.ts";
import { type Call, callAll, type Took } from "./at-once.ts";
import type { Sales } from "./caller.ts";
import { startWatch } from "./first-byte.ts";
import type { StandIns } from "./stand-ins.ts";
import { newFolder } from "./store.ts";

export interface Run {
  readonly atOnce: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of this process, for one sale or call: a figure that other work on the machine changes least. */
  readonly cpuMs: number;
}

export interface SalesBench {
  readonly barePay: readonly Run[];
  readonly barePayAndQuery: readonly Run[];
  readonly whole: readonly Run[];
  readonly wholeConfirmed: readonly Run[];
  readonly firstByteMs: { readonly p50: number; readonly p99: number };
}

/** Makes one call with each code. */
type Runner = (codes: readonly string[], atOnce: number) => Promise<Took>;

/** A till runs all day: what is measured is compiled by then. */
const warmUp = 600;

export async function benchSales(count: number): Promise<SalesBench> {
  const child = fork(resolve(import.meta.dirname, "stand-ins.ts"));
  const standIns = await hear<StandIns>(child);
  try {
    const sdk = new AlipaySdk({
      appId: standIns.appId,
      privateKey: standIns.privateKey,
      alipayPublicKey: standIns.publicKey,
      gateway: standIns.gateway,
    });
    const round = Date.now().toString(36);
    const pay: Call = async (index, code) => {
      const bizContent = {
        outTradeNo: `B${round}${index}`,
        totalAmount: "12.80",
        subject: "bench",
        authCode: code,
        scene: "bar_code",
      };
      const answer = await sdk.exec("alipay.trade.pay", { bizContent }, { validateSign: true });
      if (answer["code"] !== "10000") throw new Error(`bare pay: ${JSON.stringify(answer)}`);
    };
    const payAndQuery: Call = async (index, code) => {
      await pay(index, code);
      await sdk.exec(
        "alipay.trade.query",
        { bizContent: { outTradeNo: `B${round}${index}` } },
        { validateSign: true },
      );
    };
    let next = 0;
    const bare = (call: Call): Promise<readonly Run[]> =>
      runs(child, count, (codes, atOnce) =>
        callAll(codes, atOnce, (_index, code) => call((next += 1), code)),
      );
    const sales = (confirm: "off" | "before_receipt"): Promise<readonly Run[]> =>
      withBox(standIns, confirm, (box) => withCaller(box, (sell) => runs(child, count, sell)));
    const barePay = await bare(pay);
    const whole = await sales("off");
    const barePayAndQuery = await bare(payAndQuery);
    const wholeConfirmed = await sales("before_receipt");
    const firstByteMs = await withWatch(child, standIns, Math.min(count, 300));
    return { barePay, barePayAndQuery, whole, wholeConfirmed, firstByteMs };
  } finally {
    child.disconnect();
  }
}

async function runs(child: ChildProcess, count: number, runner: Runner): Promise<readonly Run[]> {
  await run(child, warmUp, 8, runner);
  const results: Run[] = [];
  for (const atOnce of [1, 32])
    results.push(await run(child, atOnce === 1 ? Math.ceil(count / 4) : count, atOnce, runner));
  return results;
}

async function run(
  child: ChildProcess,
  count: number,
  atOnce: number,
  runner: Runner,
): Promise<Run> {
  child.send(count);
  const codes = await hear<readonly string[]>(child);
  const cpuBefore = process.cpuUsage();
  const { tookMs, seconds } = await runner(codes, atOnce);
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuMs = (user + system) / 1_000 / count;
  return { atOnce, perSecond: count / seconds, ...percentiles(tookMs), cpuMs };
}

function percentiles(took: readonly number[]): { readonly p50Ms: number; readonly p99Ms: number } {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function withCaller<T>(box: Box, use: (sell: Runner) => Promise<T>): Promise<T> {
  const caller = fork(resolve(import.meta.dirname, "caller.ts"));
  try {
    return await use((codes, atOnce) => {
      const sales: Sales = { url: box.url, codes, atOnce };
      caller.send(sales);
      return hear<Took>(caller);
    });
  } finally {
    caller.disconnect();
  }
}

export async function withBox<T>(
  standIns: StandIns,
  confirm: "off" | "before_receipt",
  use: (box: Box) => Promise<T>,
  printer = standIns.printer,
  data = newFolder(),
): Promise<T> {
  const settings = {
    app_id: standIns.appId,
    seller_id: standIns.sellerId,
    gateway: standIns.gateway,
    private_key: standIns.privateKey,
    alipay_public_key: standIns.publicKey,
  };
  const read = checkSettings(settings, () => "/", Date.now());
  if (read.kind !== "config") throw new Error("the gateway's settings don't pass");
  const config = readBoxConfig(data);
  const profile = {
    processId: true,
    automaticStatus: true,
    cutCounter: true,
    bufferClear: true,
    gb18030: true,
  };
  const box = await startBox({
    data,
    host: "127.0.0.1",
    port: 0,
    config: { ...config, confirm_paid: confirm, printer: { ...config.printer, profile } },
    identity: sandboxIdentity,
    provider: createAlipay(read.config, { nowMs: Date.now, log: () => {} }),
    printerAddress: printer,
    receiptBase: "http://127.0.0.1:9",
    version: "bench",
    log: () => {},
  });
  try {
    return await use(box);
  } finally {
    await box.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** From the commit that learned `paid` to the first byte of the paper on the printer's wire. */
async function withWatch(
  child: ChildProcess,
  standIns: StandIns,
  count: number,
): Promise<{ readonly p50: number; readonly p99: number }> {
  const watch = await startWatch(standIns.printer);
  try {
    return await withBox(
      standIns,
      "off",
      async (box) => {
        const took: number[] = [];
        let paidMs = 0;
        const seen = new Set<string>();
        box.terminal.book.onChange((saleId) => {
          if (seen.has(saleId) || box.terminal.book.record(saleId)?.sale.state !== "paid") return;
          seen.add(saleId);
          paidMs = performance.now();
        });
        watch.onPaper(() => took.push(performance.now() - paidMs));
        await withCaller(box, (sell) => run(child, count, 1, sell));
        const { p50Ms, p99Ms } = percentiles(took);
        return { p50: p50Ms, p99: p99Ms };
      },
      watch.address,
    );
  } finally {
    watch.close();
  }
}

export function hear<T>(child: ChildProcess): Promise<T> {
  return new Promise((done, fail) => {
    const ended = (code: number | null): void =>
      fail(new Error(`a process of the benchmark ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      done(message as T);
    });
  });
}
