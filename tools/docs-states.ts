/** The state tables, their diagrams and the figures of timing, as the documents show them. */
import type { AttemptState } from "../src/core/payment/attempt.ts";
import { ATTEMPT_STATES } from "../src/core/payment/states.ts";
import { alipayTiming, cancelUnansweredMsMax } from "../src/core/payment/timing.ts";
import type { JobState } from "../src/core/printing/job.ts";
import { jobLeavesTo, jobStates } from "../src/core/printing/states.ts";

const attempts = Object.keys(ATTEMPT_STATES) as readonly AttemptState[];
const jobs = Object.keys(jobStates) as readonly JobState[];
const listed = (names: readonly string[]): string =>
  names.length === 0 ? "end" : names.map((name) => `\`${name}\``).join(", ");

export function attemptTable(): string {
  const rows = attempts.map((state) => {
    const { text, live, leavesTo } = ATTEMPT_STATES[state];
    return `| \`${state}\` | ${text.zh} | ${text.en} | ${live ? "open" : "proven"} | ${listed(leavesTo)} |`;
  });
  return ["| state | 中文 | means | outcome | leads to |", "|---|---|---|---|---|", ...rows].join(
    "\n",
  );
}

export function attemptDiagram(): string {
  const arrows = attempts.flatMap((state) =>
    ATTEMPT_STATES[state].leavesTo.map((next) => `  ${state} --> ${next}`),
  );
  const ends = attempts
    .filter((state) => !ATTEMPT_STATES[state].live)
    .map((state) => `  ${state} --> [*]`);
  return diagram(["  [*] --> created", ...arrows, ...ends]);
}

export function jobTable(): string {
  const rows = jobs.map((state) => {
    const { name, means } = jobStates[state];
    return `| \`${state}\` | ${name.zh} | ${means.en} | ${listed(jobLeavesTo(state))} |`;
  });
  return ["| state | 中文 | means | leads to |", "|---|---|---|---|", ...rows].join("\n");
}

export function jobDiagram(): string {
  const arrows = jobs.flatMap((state) =>
    Object.entries(jobStates[state].accepts)
      .filter(([, next]) => next !== state)
      .map(([event, next]) => `  ${state} --> ${next}: ${event}`),
  );
  const ends = jobs
    .filter((state) => jobLeavesTo(state).length === 0)
    .map((state) => `  ${state} --> [*]`);
  return diagram(["  [*] --> queued", ...arrows, ...ends]);
}

const diagram = (lines: readonly string[]): string =>
  ["```mermaid", "stateDiagram-v2", ...lines, "```"].join("\n");

const seconds = (ms: number): string => (ms >= 600_000 ? `${ms / 60_000} min` : `${ms / 1_000} s`);

/** The figures that decide when something happens, as they are set for Alipay. */
export function timingTable(): string {
  const t = alipayTiming;
  const plan = t.queryPlan
    .map((one) => `every ${seconds(one.everyMs)} until ${seconds(one.untilMs)}`)
    .join(", ");
  const rows: readonly (readonly [what: string, figure: string])[] = [
    ["a charge older than this when it reaches the hub isn't sent", seconds(t.intentAgeMsMax)],
    ["one call to the provider counts as silence after", seconds(t.callTimeoutMs)],
    ["`time_expire` of a charge by payment code", seconds(t.payExpiresAfterMs)],
    ["life of a QR order", seconds(t.qrExpiresAfterMs)],
    ["first query after an open answer", seconds(t.firstQueryAfterMs)],
    ["further queries, then a last one and the reversal", plan],
    [
      "a reversal without an answer is repeated after",
      `${seconds(t.cancelRetryMs)}, doubling to ${seconds(cancelUnansweredMsMax(t))}`,
    ],
    ["a reversal refused for want of balance is repeated after", seconds(t.refusedRetryMs)],
    ['"no such trade" proves "never seen" this long after `time_expire`', seconds(t.proofMarginMs)],
    ["a `10000` is confirmed by a query after", seconds(t.confirmAfterMs)],
    ["two contradictions are a roll-back when this far apart", seconds(t.contradictionGapMs)],
    [
      "an attempt that ended unpaid is checked again after",
      t.afterChecksMs.map((ms) => (ms === 0 ? "its expiry" : seconds(ms))).join(", "),
    ],
  ];
  return ["| what | figure |", "|---|---|", ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join("\n");
}
