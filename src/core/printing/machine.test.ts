import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { JobEvent, JobState, PrintJob, Slip } from "./job.ts";
import { processIdEvidence, stepJob } from "./machine.ts";
import { orderOriginal, orderReplacement, orderReprint } from "./orders.ts";
import { jobHasEnded, jobLeavesTo, jobNext, jobStates } from "./states.ts";

const slip: Slip = {
  kind: "refund",
  content: null as never,
  refundFen: 1 as never,
  refundNo: "R1",
  atMs: 0,
};
const order = (id: string) =>
  ({ id, saleId: "S1", receiptNumber: "N1", slip, holder: "customer" }) as const;

function original(): PrintJob {
  const job = orderOriginal(order("J1"), [], 1);
  assert.ok(typeof job === "object");
  return job;
}

function after(...events: readonly JobEvent[]): PrintJob {
  return events.reduce((job, event) => {
    const step = stepJob(job, event, job.changedAtMs + 1);
    assert.equal(step.refusal, null, `${job.state} ${event.kind}`);
    return step.job;
  }, original());
}

const send: JobEvent = { kind: "send", processId: "0001", bytesHash: "ab", cutsBefore: 7 };
const idProof: JobEvent = {
  kind: "confirm",
  proof: { level: "process_id", atMs: 5, evidence: processIdEvidence("0001") },
};
const word: JobEvent = { kind: "confirm", proof: { level: "person", atMs: 5, evidence: "01" } };
const doubt: JobEvent = { kind: "doubt", cause: "till_restarted" };

test("the states leave to where the design says, and nowhere else", () => {
  const leaves: Readonly<Record<JobState, readonly JobState[]>> = {
    queued: ["held", "sending", "waived"],
    held: ["queued", "waived"],
    sending: ["held", "confirmed", "doubtful"],
    confirmed: [],
    doubtful: ["confirmed", "replaced", "waived"],
    replaced: [],
    waived: [],
  };
  for (const state of Object.keys(jobStates) as JobState[]) {
    assert.deepEqual(jobLeavesTo(state).toSorted(), leaves[state].toSorted(), state);
    assert.equal(jobHasEnded(state), leaves[state].length === 0);
  }
});

test("paper out while sending keeps the job there, with its cause", () => {
  const held = after(send, { kind: "hold", cause: "paper_out" });
  assert.deepEqual([held.state, held.hold, held.sends], ["sending", "paper_out", 1]);
  const gone = stepJob(held, { kind: "resume" }, 9).job;
  assert.deepEqual([gone.state, gone.hold], ["sending", null]);
  assert.deepEqual([gone.version, gone.changedAtMs], [held.version + 1, 9]);
});

test("a job that wasn't sent waits and may be sent again, with a new process id", () => {
  const again = after(
    send,
    { kind: "not_sent", cause: "unreachable" },
    { kind: "hold", cause: "busy" },
    { kind: "resume" },
    { ...send, processId: "0002" },
  );
  assert.deepEqual([again.state, again.sends, again.processId], ["sending", 2, "0002"]);
  assert.equal(stepJob(again, idProof, 9).refusal, "proof_of_another_print");
});

test("a confirmation needs its proof", () => {
  const sending = after(send);
  const confirm = (
    level: "process_id" | "status" | "cutter_counter",
    evidence: string,
  ): JobEvent => ({
    kind: "confirm",
    proof: { level, atMs: 1, evidence },
  });
  assert.equal(stepJob(sending, confirm("status", " "), 9).refusal, "evidence_missing");
  assert.equal(
    stepJob(sending, confirm("process_id", processIdEvidence("0002")), 9).refusal,
    "proof_of_another_print",
  );
  assert.equal(stepJob(sending, word, 9).refusal, "a_person_answers_only_doubt");
  const uncounted = after({ ...send, cutsBefore: null });
  assert.equal(
    stepJob(uncounted, confirm("cutter_counter", "7 -> 8"), 9).refusal,
    "no_cuts_counted_before",
  );
  for (const event of [idProof, confirm("status", "00"), confirm("cutter_counter", "7 -> 8")]) {
    assert.equal(stepJob(sending, event, 9).job.state, "confirmed");
  }
});

test("after a doubt: late proof, the cashier's word, a marked copy, or no paper wanted", () => {
  for (const event of [idProof, word]) {
    const ended = after(send, doubt, event);
    assert.deepEqual([ended.state, ended.doubt], ["confirmed", null]);
  }
  assert.equal(after(send, doubt, { kind: "waive", reason: "fully_refunded" }).state, "waived");
  const ordered = orderReplacement(after(send, doubt), "J2", { count: 1, operatorNo: "02" }, 9);
  assert.ok(typeof ordered === "object");
  assert.deepEqual(
    [ordered.replaced.state, ordered.replaced.replacedBy, ordered.replaced.doubt],
    ["replaced", "J2", "till_restarted"],
  );
  assert.deepEqual(ordered.copy.mark, {
    kind: "replacement",
    count: 1,
    atMs: 9,
    operatorNo: "02",
  });
  assert.deepEqual(
    [ordered.copy.state, ordered.copy.sends, ordered.copy.version],
    ["queued", 0, 1],
  );
});

test("a second original, or a copy while the first is open, is refused", () => {
  assert.equal(orderOriginal(order("J2"), [original()], 2), "original_exists");
  assert.equal(
    typeof orderOriginal({ ...order("J2"), holder: "merchant" }, [original()], 2),
    "object",
  );
  const mark = { count: 1, operatorNo: "01" };
  for (const job of [original(), after(send), after(send, doubt)]) {
    assert.equal(orderReprint(job, "J2", mark, 2), "first_paper_still_open");
  }
  assert.equal(typeof orderReprint(after(send, idProof), "J2", mark, 2), "object");
  assert.equal(orderReplacement(after(send), "J2", mark, 2), "state_does_not_accept_it");
});

const anyProof = fc.record({
  level: fc.constantFrom("process_id", "status", "cutter_counter", "person"),
  atMs: fc.nat(),
  evidence: fc.constantFrom("", "00", ...["0001", "0002"].map(processIdEvidence)),
});
const anyHold = fc.constantFrom("paper_out", "unreachable", "cover_open");
const anyEvent: fc.Arbitrary<JobEvent> = fc.oneof(
  fc.record({ kind: fc.constant("hold"), cause: anyHold }),
  fc.record({ kind: fc.constant("resume") }),
  fc.record({
    kind: fc.constant("send"),
    processId: fc.constantFrom(null, "0001", "0002"),
    bytesHash: fc.constant("ab"),
    cutsBefore: fc.constantFrom(null, 7),
  }),
  fc.record({ kind: fc.constant("not_sent"), cause: anyHold }),
  fc.record({ kind: fc.constant("confirm"), proof: anyProof }),
  fc.record({ kind: fc.constant("doubt"), cause: fc.constantFrom("till_restarted") }),
  fc.record({ kind: fc.constant("replace"), copyId: fc.constant("J2") }),
  fc.record({ kind: fc.constant("waive"), reason: fc.constantFrom("fully_refunded") }),
) as fc.Arbitrary<JobEvent>;

test("any events: total, ended jobs never change, none is confirmed without proof", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      let job = original();
      for (const [at, event] of events.entries()) {
        const step = stepJob(job, event, at);
        assert.equal(step.job === job, step.refusal !== null);
        if (jobHasEnded(job.state)) assert.equal(step.job, job);
        if (step.refusal === null) assert.ok(jobNext(job.state, event.kind) !== null);
        job = step.job;
        assert.equal(job.proof !== null, job.state === "confirmed");
        assert.equal(job.replacedBy !== null, job.state === "replaced");
        assert.ok(job.hold === null || ["held", "sending"].includes(job.state));
        if (job.state === "held") assert.ok(job.hold !== null);
        if (job.state === "doubtful") assert.ok(job.doubt !== null);
        if (job.proof?.level === "process_id") {
          assert.equal(job.proof.evidence, processIdEvidence(job.processId ?? ""));
        }
      }
    }),
    { numRuns: 1000 },
  );
});

type Act =
  | { readonly do: "event"; readonly job: number; readonly event: JobEvent }
  | { readonly do: "original" | "replacement" | "reprint"; readonly job: number };
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("event"), job: fc.nat(5), event: anyEvent }),
  },
  fc.record({
    do: fc.constantFrom("original", "replacement", "reprint"),
    job: fc.nat(5),
  }),
) as fc.Arbitrary<Act>;

/** All jobs of one receipt, and for each the sends that weren't taken back as `not_sent`. */
function play(acts: readonly Act[]): { readonly job: PrintJob; readonly papers: number }[] {
  const jobs: { job: PrintJob; papers: number }[] = [];
  const add = (job: unknown): void => {
    if (typeof job === "object") jobs.push({ job: job as PrintJob, papers: 0 });
  };
  for (const [at, act] of acts.entries()) {
    const id = `J${jobs.length}`;
    const entry = jobs[act.job % Math.max(1, jobs.length)];
    if (act.do === "original")
      add(
        orderOriginal(
          order(id),
          jobs.map((one) => one.job),
          at,
        ),
      );
    if (entry === undefined) continue;
    if (act.do === "reprint") {
      add(orderReprint(entry.job, id, { count: at, operatorNo: "01" }, at));
    } else if (act.do === "replacement") {
      const ordered = orderReplacement(entry.job, id, { count: at, operatorNo: "01" }, at);
      if (typeof ordered === "string") continue;
      entry.job = ordered.replaced;
      add(ordered.copy);
    } else if (act.do === "event") {
      const step = stepJob(entry.job, act.event, at);
      entry.job = step.job;
      if (step.refusal === null && act.event.kind === "send") entry.papers += 1;
      if (step.refusal === null && act.event.kind === "not_sent") entry.papers -= 1;
    }
  }
  return jobs;
}

test("whatever is ordered and happens, at most one paper carries no mark", () => {
  let printed = 0;
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 60 }), (acts) => {
      const jobs = play(acts);
      for (const { papers } of jobs) assert.ok(papers === 0 || papers === 1);
      const unmarked = jobs.filter(({ job }) => job.mark.kind === "original");
      const papers = unmarked.reduce((sum, one) => sum + one.papers, 0);
      assert.ok(papers <= 1);
      printed += papers;
    }),
    { numRuns: 1000 },
  );
  assert.ok(printed > 0, "the property was tried on papers that printed");
});
