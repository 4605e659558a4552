/** How long a box with a long past takes to be ready, how fast it settles what was open, and what it weighs when idle. */
import { fork, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { AlipaySdk } from "alipay-sdk";
import { openJournal } from "../src/adapters/store/sqlite/journal.ts";
import { openLedger } from "../src/adapters/store/sqlite/ledger.ts";
import { newAttempt } from "../src/core/payment/change.ts";
import { step } from "../src/core/payment/step.ts";
import { alipayTiming } from "../src/core/payment/timing.ts";
import { sale } from "../test/contract/store-samples.ts";
import { fen } from "../src/core/money/money.ts";
import { hear, withBox } from "./sales.ts";
import type { StandIns } from "./stand-ins.ts";
import { fillJournal, newFolder } from "./store.ts";

export interface StartBench {
  readonly pastSales: number;
  readonly openSales: number;
  readonly readyMs: number;
  /** From ready until the last open sale was paid with a confirmed receipt. */
  readonly settledMs: number;
  /** One query of the provider, as the bare SDK makes it. */
  readonly bareQueryMs: number;
}

const openSales = 100;

export async function benchStart(pastSales: number): Promise<StartBench> {
  const child = fork(resolve(import.meta.dirname, "stand-ins.ts"));
  const standIns = await hear<StandIns>(child);
  const data = newFolder();
  try {
    await fillJournal(join(data, "journal.db"), pastSales, 0);
    const sdk = new AlipaySdk({
      appId: standIns.appId,
      privateKey: standIns.privateKey,
      alipayPublicKey: standIns.publicKey,
      gateway: standIns.gateway,
    });
    child.send(openSales);
    const codes = await hear<readonly string[]>(child);
    const round = Date.now().toString(36);
    for (const [n, authCode] of codes.entries()) {
      const bizContent = {
        outTradeNo: `O_${round}_${n}`,
        totalAmount: "12.80",
        subject: "bench",
        authCode,
        scene: "bar_code",
      };
      await sdk.exec("alipay.trade.pay", { bizContent }, { validateSign: true });
    }
    const queryStartedMs = performance.now();
    for (let n = 0; n < 20; n += 1)
      await sdk.exec(
        "alipay.trade.query",
        { bizContent: { outTradeNo: `O_${round}_${n}` } },
        { validateSign: true },
      );
    const bareQueryMs = (performance.now() - queryStartedMs) / 20;
    await leaveOpen(data, round);
    const startedMs = performance.now();
    return await withBox(
      standIns,
      "off",
      async (box) => {
        const readyMs = performance.now() - startedMs;
        const readyAtMs = performance.now();
        while (box.terminal.book.open().length > 0)
          await new Promise((done) => setTimeout(done, 5));
        return {
          pastSales,
          openSales,
          readyMs,
          settledMs: performance.now() - readyAtMs,
          bareQueryMs,
        };
      },
      standIns.printer,
      data,
    );
  } finally {
    child.disconnect();
    rmSync(data, { recursive: true, force: true });
  }
}

/** A crash between the charge and its answer, a hundred times: paid at the provider, `sending` in both books. */
async function leaveOpen(data: string, round: string): Promise<void> {
  const journal = openJournal(join(data, "journal.db"));
  const ledger = await openLedger(join(data, "ledger.db"));
  const nowMs = Date.now();
  for (let n = 0; n < openSales; n += 1) {
    const id = `open-${n}`;
    const given = {
      merchantId: "M1",
      orderNo: `O_${round}_${n}`,
      saleId: id,
      terminalId: "T01",
      provider: "alipay",
      method: "code",
      amountFen: fen(1_280),
    } as const;
    const created = newAttempt(given, nowMs);
    const sent = step(created, { kind: "send" }, alipayTiming, nowMs).attempt;
    await journal.commit(
      [
        { kind: "sale", sale: sale(n, { id, amountFen: fen(1_280), items: [] }), settled: false },
        { kind: "attempt", attempt: created },
      ],
      [],
    );
    await ledger.commit([{ kind: "insert_attempt", attempt: sent }], []);
  }
  await journal.close();
  await ledger.close();
}

/** Resident memory of the box's own process, started as `npm start` does, a while after it was ready. */
export async function idleMegabytes(): Promise<number> {
  const data = newFolder();
  mkdirSync(data, { recursive: true });
  const program = resolve(import.meta.dirname, "../tools/chupiao.js");
  const child = spawn(
    process.execPath,
    ["--max-semi-space-size=4", program, "start", "--data", data, "--port", "0", "--json"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  try {
    await new Promise((done) => child.stdout.once("data", done));
    await new Promise((done) => setTimeout(done, 5_000));
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  } finally {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
