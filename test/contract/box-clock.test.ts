/** Till and hub in one box when the wall clock leaps: what people are told of a charge, and what the day remembers. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { manualWorld } from "../../src/adapters/world/manual.ts";
import { defaultDiagnosisSettings } from "../../src/core/diagnosis/settings.ts";
import { countdownOf } from "../../src/core/till/compose.ts";
import { saleView } from "../../src/core/till/build.ts";
import type { Countdown } from "../../src/core/till/parts.ts";
import { Diagnostics } from "../../src/terminal/diagnosis/diagnostics.ts";
import { bench as hubBench, declined, intent, notExist, silence } from "./hub-support.ts";
import { Bench, code, given, ScriptedHub } from "./terminal-support.ts";

const hourMs = 3_600_000;
const { outcomeMs } = defaultDiagnosisSettings;

class Box {
  readonly world = manualWorld();
  readonly hub = hubBench(
    { pay: async () => silence, query: async () => notExist },
    { world: this.world },
  );
  readonly till = new Bench(this.world, Object.assign(new ScriptedHub(), { link: this.hub.hub }));
  readonly diagnostics = new Diagnostics({
    terminal: this.till.terminal,
    printer: () => ({
      condition: null,
      paperLow: false,
      reachable: true,
      heard: "now" as const,
      checkedAtMs: 1,
    }),
    settings: defaultDiagnosisSettings,
    probes: [],
    lastStop: { clean: true, bootedAtMs: null, aliveAtMs: null },
    storeFailure: () => null,
    servicePhone: null,
    printerWay: null,
    servesPhones: false,
    versions: [],
  });
  #codes = 0;

  static async open(): Promise<Box> {
    const box = new Box();
    await box.hub.hub.start();
    await box.till.terminal.start();
    box.diagnostics.start();
    return box;
  }

  async sell(): Promise<string> {
    const paymentCode = `28${String((this.#codes += 1)).padStart(16, "0")}`;
    const done = await this.till.terminal.sales.sell(given, { ...code, paymentCode });
    assert.ok(done.ok);
    return done.record.sale.id;
  }

  countdown(saleId: string): Countdown {
    const { terminal } = this.till;
    const record = terminal.ages.now(this.till.record(saleId));
    const { attempt } = saleView(record, terminal.viewContext(saleId));
    assert.ok(attempt !== null);
    return countdownOf(attempt, this.world.nowMs()) ?? assert.fail(attempt.state);
  }

  isLate(saleId: string): boolean {
    return this.diagnostics.incidentsOfSale(saleId).some(({ why }) => why === "outcome_late");
  }

  async close(): Promise<void> {
    await this.diagnostics.stop();
    this.till.terminal.stop();
    await this.hub.hub.stop();
  }
}

for (const byMs of [10 * hourMs, -10 * hourMs])
  describe(`a leap of the wall clock by ${byMs} ms`, () => {
    for (const leapsAtMs of [null, 0, 3_000, 20_000])
      test(`${leapsAtMs ?? "before it, in"} ms of a charge: its countdown and its incident are right`, async () => {
        const box = await Box.open();
        // The hub's clock stays where it is as long as this one is open.
        await box.hub.hub.pay(intent("O1"));
        await box.world.advance(1_000);
        if (leapsAtMs === null) box.world.jumpClock(byMs);
        const saleId = await box.sell();
        const stepMs = 1_000;
        for (let ageMs = 0; ageMs < 40_000; ageMs += stepMs) {
          if (ageMs === leapsAtMs) box.world.jumpClock(byMs);
          // The order's life is rounded up to a whole second, and the hub's clock leans by a twentieth.
          const { secondsLeft, share } = box.countdown(saleId);
          const meantSeconds = 150 - ageMs / 1_000;
          const text = `${secondsLeft} s left at ${ageMs} ms`;
          assert.ok(Math.abs(secondsLeft - meantSeconds) <= 2 + ageMs / 20_000, text);
          assert.ok(share < 0.5);
          // Looked at every second or so.
          if (ageMs < outcomeMs * 0.95) assert.equal(box.isLate(saleId), false, `${ageMs} ms`);
          if (ageMs > outcomeMs * 1.05 + 3_000) assert.ok(box.isLate(saleId), `${ageMs} ms`);
          await box.world.advance(stepMs);
        }
        await box.close();
      });

    test("a refusal is remembered for when it was", async () => {
      const box = await Box.open();
      await box.hub.hub.pay(intent("O1"));
      await box.world.advance(1_000);
      box.world.jumpClock(byMs);
      box.hub.script.pay = async () => declined;
      const saleId = await box.sell();
      await box.world.advance(10);
      const endedAtMs = (): number | null | undefined =>
        box.till.record(saleId).attempts[0]?.endedAtMs;
      const atMs = box.world.nowMs();
      assert.ok(Math.abs((endedAtMs() ?? 0) - atMs) <= 20);
      const first = endedAtMs();
      await box.diagnostics.stop();
      box.till.terminal.stop();
      await box.world.advance(4 * hourMs);
      box.world.jumpClock(hourMs);
      await box.world.advance(4 * hourMs);
      const { orderNo = "" } = box.till.record(saleId).attempts[0] ?? {};
      await box.till.terminal.learnIfThere(box.till.record(saleId).attempts[0] ?? assert.fail());
      assert.equal((await box.hub.attempt(orderNo)).afterChecks, 3);
      assert.equal(endedAtMs(), first);
      await box.close();
    });
  });
