/**
 * npm run bench              a table, ratios in one run on one machine
 * npm run bench -- --json    one object
 * npm run bench -- --quick   fewer sales, for a look
 */
import { benchProbes, type ProbesBench } from "./probes.ts";
import { benchSales, type Run, type SalesBench } from "./sales.ts";
import { benchStart, idleMegabytes, type StartBench } from "./start.ts";
import { benchStore, type StoreBench } from "./store.ts";

const asked = new Set(process.argv.slice(2));
const quick = asked.has("--quick");
const say = (text: string): void => void (asked.has("--json") ? null : console.error(text));

say("durable commits against raw fsync …");
const store = await benchStore(quick ? 600 : 1_500);
say("sales through the whole path against bare pay calls …");
const sales = await benchSales(quick ? 300 : 1_500);
say("a start with a long past …");
const start = await benchStart(quick ? 10_000 : 100_000);
say("idle memory …");
const idleMb = await idleMegabytes();
say("probes …");
const probes = await benchProbes(quick ? 30 : 200);

const ratio = (part: Run | undefined, whole: Run | undefined): number =>
  (part?.perSecond ?? 0) / (whole?.perSecond ?? 1);
const figures = {
  sales_per_s: pairs(sales.whole, sales.barePay),
  sales_confirmed_by_query_per_s: pairs(sales.wholeConfirmed, sales.barePayAndQuery),
  cpu_ms: { ours: sales.whole.at(-1)?.cpuMs, bare: sales.barePay.at(-1)?.cpuMs },
  added_ms: added(sales),
  first_byte_ms: sales.firstByteMs,
  commits: {
    ledger_32_per_s: store.commitsPerSecond,
    raw_fsync_per_s: store.fsyncsPerSecond,
    ratio: store.ratio,
  },
  start: {
    past_sales: start.pastSales,
    open_sales: start.openSales,
    ready_ms: start.readyMs,
    settled_ms: start.settledMs,
    bare_query_ms: start.bareQueryMs,
  },
  idle_mb: idleMb,
  probes_idle: { cpu_percent: probes.cpuPercent, bytes_per_s: probes.bytesPerSecond },
};
if (asked.has("--json")) console.log(JSON.stringify(figures, rounded));
else console.log([...table(sales, store, start, idleMb), probesRow(probes)].join("\n"));

function pairs(ours: readonly Run[], bare: readonly Run[]): Record<string, unknown> {
  return Object.fromEntries(
    ours.map((one, at) => [
      `at_${one.atOnce}`,
      { ours: one.perSecond, bare: bare[at]?.perSecond, ratio: ratio(one, bare[at]) },
    ]),
  );
}

/** What we add to the provider's own time, one sale after the other. */
function added({ whole, barePay }: SalesBench): { readonly p50: number; readonly p99: number } {
  return {
    p50: (whole[0]?.p50Ms ?? 0) - (barePay[0]?.p50Ms ?? 0),
    p99: (whole[0]?.p99Ms ?? 0) - (barePay[0]?.p99Ms ?? 0),
  };
}

function rounded(_name: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}

function probesRow({ cpuPercent, bytesPerSecond }: ProbesBench): string {
  const cost = `${cpuPercent.toFixed(2)} % of a core, ${bytesPerSecond.toFixed(0)} B/s`;
  return `| probes, idle | ${cost} | — | — |`;
}

function table(
  run: SalesBench,
  disk: StoreBench,
  begin: StartBench,
  memory: number,
): readonly string[] {
  const n = (value: number | undefined, digits = 0): string => (value ?? 0).toFixed(digits);
  const row = (name: string, ours: string, base: string, share: string): string =>
    `| ${name} | ${ours} | ${base} | ${share} |`;
  const both = (name: string, ours: readonly Run[], bare: readonly Run[]): string[] =>
    ours.map((one, at) =>
      row(
        `${name}, ${one.atOnce} at once`,
        `${n(one.perSecond)}/s (p50 ${n(one.p50Ms, 1)}, p99 ${n(one.p99Ms, 1)} ms)`,
        `${n(bare[at]?.perSecond)}/s (p50 ${n(bare[at]?.p50Ms, 1)}, p99 ${n(bare[at]?.p99Ms, 1)} ms)`,
        n(ratio(one, bare[at]), 2),
      ),
    );
  const more = added(run);
  return [
    row("what", "Chupiao", "baseline in the same run", "ratio"),
    "|---|---|---|---|",
    ...both("sale, till API to confirmed receipt; bare pay", run.whole, run.barePay),
    ...both(
      "the same, confirmed by a query; bare pay + query",
      run.wholeConfirmed,
      run.barePayAndQuery,
    ),
    row(
      "CPU of the box for a sale; for a bare call",
      `${n(run.whole.at(-1)?.cpuMs, 2)} ms`,
      `${n(run.barePay.at(-1)?.cpuMs, 2)} ms`,
      "—",
    ),
    row(
      "added to the provider's own time, one at once",
      `p50 ${n(more.p50, 1)} ms, p99 ${n(more.p99, 1)} ms`,
      "—",
      "—",
    ),
    row(
      "paid known → first byte at the printer",
      `p50 ${n(run.firstByteMs.p50, 1)} ms, p99 ${n(run.firstByteMs.p99, 1)} ms`,
      "—",
      "—",
    ),
    row(
      "durable commits, ledger, 32 at once; raw fsync",
      `${n(disk.commitsPerSecond)}/s`,
      `${n(disk.fsyncsPerSecond)}/s`,
      n(disk.ratio, 2),
    ),
    row(
      `start with ${begin.pastSales} past and ${begin.openSales} open sales`,
      `ready in ${n(begin.readyMs)} ms, all settled ${n(begin.settledMs)} ms later`,
      `${begin.openSales} bare queries one by one: ${n(begin.bareQueryMs * begin.openSales)} ms`,
      "—",
    ),
    row("memory of the idle box", `${n(memory)} MB`, "—", "—"),
  ];
}
