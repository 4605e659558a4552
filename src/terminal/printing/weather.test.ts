/** Any weather: faults in any order at any time, then calm. What must never happen, and what must in the end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Bench } from "../../../test/contract/printer-bench.ts";
import { cloneModel, epsonModel } from "../../../test/contract/printer-model.ts";
import { clone, epson, settle } from "../../../test/contract/printer-support.ts";

const faults = {
  order: (bench: Bench) => bench.print(`J${bench.journal.jobs.size}`),
  order_two: (bench: Bench) => {
    faults.order(bench);
    faults.order(bench);
  },
  paper_out: (bench: Bench) => bench.model.setPaper(0),
  paper_soon_out: (bench: Bench) => bench.model.setPaper(5),
  paper_in: (bench: Bench) => bench.model.setPaper(10_000),
  cover_open: (bench: Bench) => bench.model.setCover(true),
  cover_closed: (bench: Bench) => bench.model.setCover(false),
  power_off: (bench: Bench) => {
    bench.model.setPower(false);
    bench.port.tear("reset");
  },
  power_off_unseen: (bench: Bench) => {
    bench.model.setPower(false);
    bench.port.cut();
  },
  power_on: (bench: Bench) => bench.model.setPower(true),
  cable: (bench: Bench) => bench.port.cut(),
  ended: (bench: Bench) => bench.port.tear("ended"),
  refused: (bench: Bench) => (bench.port.refuses = "refused"),
  reachable: (bench: Bench) => (bench.port.refuses = null),
  mute: (bench: Bench) => (bench.model.isMute = true),
  talks: (bench: Bench) => (bench.model.isMute = false),
  noise: (bench: Bench) => (bench.model.noise = [0xff]),
  silence: (bench: Bench) => (bench.model.noise = []),
  crash: (bench: Bench) => bench.restart(),
} as const satisfies Record<string, (bench: Bench) => unknown>;
type Fault = keyof typeof faults;

const weather = fc.array(
  fc.record({
    fault: fc.constantFrom(...(Object.keys(faults) as Fault[])),
    afterMs: fc.constantFrom(0, 1, 7, 60, 130, 450, 900, 2_500, 8_000, 31_000),
  }),
  { minLength: 3, maxLength: 25 },
);

/** No line of any job stands on paper twice, and a proven job stands there whole. */
function assertSafe(bench: Bench): void {
  const lines = bench.model.allLines;
  assert.equal(new Set(lines).size, lines.length, "no line of an original comes out twice");
  for (const job of bench.journal.jobs.values()) {
    assert.ok(job.sends <= 1 || bench.journal.history.includes(`${job.id} not_sent`));
    if (job.state === "confirmed") {
      assert.equal(bench.printed(job.id), 8, `${job.id} ${job.proof?.level} is on paper`);
    }
    if (job.state === "queued" || job.state === "held") assert.equal(bench.printed(job.id), 0);
  }
}

for (const [name, settings, profile] of [
  ["epson", epsonModel, epson],
  ["clone", cloneModel, clone],
] as const) {
  test(`${name}: never a second paper, never a false proof, and in calm all is settled`, async () => {
    const ends = { confirmed: 0, doubtful: 0 };
    await fc.assert(
      fc.asyncProperty(weather, fc.constantFrom(0, 20, 150), async (steps, lineMs) => {
        const bench = new Bench({ ...settings, lineMs }, profile);
        for (const { fault, afterMs } of steps) {
          faults[fault](bench);
          await bench.world.advance(afterMs);
          assertSafe(bench);
        }
        for (const calm of ["power_on", "reachable", "talks", "silence"] as const) {
          faults[calm](bench);
        }
        for (const calm of ["paper_in", "cover_closed"] as const) faults[calm](bench);
        await bench.world.advance(60_000);
        faults.order(bench);
        await bench.world.advance(60_000);
        assertSafe(bench);
        for (const job of bench.journal.jobs.values()) {
          assert.ok(
            job.state === "confirmed" || job.state === "doubtful",
            `${job.id} ${job.state}`,
          );
          ends[job.state] += 1;
        }
        const last = [...bench.journal.jobs.values()].at(-1);
        assert.equal(last?.state, "confirmed", "the paper ordered in calm is proven");
        void bench.spooler.stop();
        await settle();
      }),
      { numRuns: 60 },
    );
    assert.ok(ends.confirmed > 0 && ends.doubtful > 0, "both ends were reached");
  });
}
