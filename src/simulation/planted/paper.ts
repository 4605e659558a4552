/** Mistakes about paper: what proves it, and what must never be printed twice. */
import type { PlantedBug } from "./planted.ts";

export const PAPER_BUGS: readonly PlantedBug[] = [
  {
    name: "half_a_command_left_in_the_printer",
    mistake: "After a broken connection the next paper's head is swallowed, its copy mark too.",
    file: "src/terminal/printing/desk.ts",
    right: `    if (!this.isTorn) return;`,
    wrong: `    if (this.isTorn || !this.isTorn) return;`,
    weather: { cable_broken: 0.01, wrong_answer: 0.3 },
  },
  {
    name: "printed_again_after_a_restart",
    mistake: "A paper that was being sent when the till died is simply sent again.",
    file: "src/terminal/printing/spooler.ts",
    right: `      await desk.change(job, { kind: "doubt", cause: "till_restarted" });`,
    wrong: `      await this.#desk.change(job, { kind: "not_sent", cause: "unreachable" });`,
    weather: { till_crash: 40 },
  },
  {
    name: "restart_counts_as_printed",
    mistake: "What was sent before the crash will have been printed.",
    file: "src/terminal/printing/spooler.ts",
    right: `      await desk.change(job, { kind: "doubt", cause: "till_restarted" });`,
    wrong: `      await this.#desk.change(job, {
        kind: "confirm",
        proof: { level: "status", atMs: this.#desk.world.nowMs(), evidence: "it was sent" },
      });`,
    weather: { till_crash: 40, printer_power: 15 },
  },
  {
    name: "sent_again_without_proof",
    mistake: "No proof came in time, so the same paper is sent once more.",
    file: "src/terminal/printing/spooler.ts",
    right: `        const doubtful = await desk.change(paper.job, { kind: "doubt", cause: verdict.cause });`,
    wrong: `        const doubtful = await desk.change(paper.job, { kind: "not_sent", cause: "no_answer" });
        if (desk.isStopping || !desk.isStopping) return;`,
    weather: { printer_mute: 6 },
  },
  {
    name: "the_socket_took_the_bytes",
    mistake: "Bytes written are taken for paper printed.",
    file: "src/terminal/printing/proof.ts",
    right: `  const byId = proofById(desk, paper.job);
  if (byId !== null) return byId;`,
    wrong: `  const byId = proofOf(desk, "status", "the socket took the bytes");
  if (byId !== null) return byId;`,
    weather: { paper_out: 20, printer_power: 15 },
  },
  {
    name: "lost_connection_counts_as_printed",
    mistake: "The connection broke, but most of it will have come out.",
    file: "src/terminal/printing/spooler.ts",
    right: `    if (verdict.kind === "lost") verdict = await afterLoss(desk, paper);`,
    wrong: `    if (verdict.kind === "lost")
      verdict = { kind: "proven", proof: { level: "status", atMs: desk.world.nowMs(), evidence: "sent" } };`,
    weather: { cable_broken: 0.01, printer_power: 15 },
  },
  {
    name: "sent_again_on_paper_out",
    mistake: "The printer ran out of paper in the middle: new paper, same receipt once more.",
    file: "src/terminal/printing/send.ts",
    right: `      paper.hold = hold;
      paper.job = await desk.showHold(paper.job, hold);`,
    wrong: `      paper.hold = hold;
      if (hold === "paper_out") {
        await desk.change(paper.job, { kind: "not_sent", cause: hold });
        return { kind: "stopped" };
      }
      paper.job = await desk.showHold(paper.job, hold);`,
    weather: { paper_out: 20 },
  },
  {
    name: "replacement_without_a_mark",
    mistake: "The paper printed in place of a doubtful one doesn't say that it is a copy.",
    file: "src/core/printing/orders.ts",
    right: `newJob({ ...doubtful, id: copyId }, copyMark, nowMs);`,
    wrong: `newJob({ ...doubtful, id: copyId }, { kind: "original" }, nowMs);`,
    weather: { printer_mute: 6, wrong_answer: 0.3 },
  },
  {
    name: "reprint_without_a_mark",
    mistake: "A further paper looks like the first.",
    file: "src/core/printing/orders.ts",
    right: `return newJob({ ...of, id: copyId }, { kind: "reprint", atMs: nowMs, ...mark }, nowMs);`,
    wrong: `return newJob({ ...of, id: copyId }, { kind: "original" }, nowMs);`,
    weather: { reprint: 0.2 },
  },
  {
    name: "paper_forgotten",
    mistake: "The receipt is kept, and its paper is ordered only when somebody asks.",
    file: "src/terminal/learn.ts",
    right: `    record: { ...record, sale, receipt: { ...receipt, copies }, jobs: [...record.jobs, ...jobs] },
    events: [...events, event, told],`,
    wrong: `    record: { ...record, sale, receipt: { ...receipt, copies } },
    events: [...events, event, told],`,
  },
  {
    name: "blade_of_the_paper_before",
    mistake: "Cuts are counted while the blade of the paper before has yet to run.",
    file: "src/terminal/printing/send.ts",
    right: `  return isBehind ? null : count;`,
    wrong: `  return count;`,
    weather: { cable_broken: 0.01, till_crash: 40 },
  },
];
