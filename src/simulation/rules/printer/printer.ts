/**
 * Spooler and printer at the level of the job machine's events: one paper at a time, and each of its events where the
 * device gives cause for it. What bytes say and how they are lost is the town level's matter.
 */
import { type HoldCause, type PrintJob, waitsForEReceipt } from "../../../core/printing/job.ts";
import { processIdEvidence } from "../../../core/printing/machine.ts";
import { isWithheld } from "../../../core/till/can.ts";
import type { Chance } from "../../world/chance.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";

/** A paper whose bytes have left. */
interface Sent {
  readonly sale: Sale;
  readonly jobId: string;
  readonly processId: string;
  /** The printer waits for a person before it goes on. */
  isPaused: boolean;
}

/** So long the till waits for proof. */
const proofMs = 12_000;

export class Printer {
  trouble: HoldCause | null = null;
  isOff = false;
  isMute = false;
  hasWrongIds = false;
  readonly #shop: Shop;
  readonly #chance: Chance;
  #queue: { readonly sale: Sale; readonly jobId: string }[] = [];
  /** What the till waits for. */
  #sending: Sent | null = null;
  /** What the printer has in hand: the till may have died meanwhile. */
  #inHand: Sent | null = null;
  #ids = 0;

  constructor(shop: Shop, chance: Chance) {
    this.#shop = shop;
    this.#chance = chance;
  }

  /** Jobs of this sale were added or changed. */
  ordered(sale: Sale): void {
    const { jobs } = sale.record;
    let isNew = false;
    for (const job of jobs) {
      if (job.state !== "queued" || this.#queue.some((one) => one.jobId === job.id)) continue;
      this.#queue.push({ sale, jobId: job.id });
      isNew = true;
    }
    if (isNew) this.wakeSoon();
  }

  wakeSoon(): void {
    this.#shop.queue.after(1, () => this.#wake());
  }

  #jobOf({ sale, jobId }: Pick<Sent, "sale" | "jobId">): PrintJob | undefined {
    return sale.record.jobs.find((one) => one.id === jobId);
  }

  #wake(): void {
    const { till } = this.#shop;
    if (!till.process.isUp || this.#sending !== null) return;
    for (const next of this.#queue) {
      const job = this.#jobOf(next);
      const waits = job !== undefined && (job.state === "queued" || job.state === "held");
      if (!waits) {
        this.#queue = this.#queue.filter((one) => one !== next);
        continue;
      }
      if (isWithheld(next.sale.record, job)) continue;
      const cause = this.isOff ? "unreachable" : this.trouble;
      if (cause !== null) {
        till.changeJob(next.sale, next.jobId, { kind: "hold", cause });
        return;
      }
      this.#print(next.sale, job);
      return;
    }
  }

  #print(sale: Sale, job: PrintJob): void {
    const { till, queue } = this.#shop;
    if (job.state === "held" && !till.changeJob(sale, job.id, { kind: "resume" })) return;
    this.#ids = (this.#ids + 1) % 10_000;
    const processId = String(this.#ids).padStart(4, "0");
    const sent: Sent = { sale, jobId: job.id, processId, isPaused: false };
    this.#sending = sent;
    const event = { kind: "send", processId, bytesHash: "b", cutsBefore: null } as const;
    if (!till.changeJob(sale, job.id, event)) {
      if (this.#sending === sent) this.#sending = null;
      return;
    }
    this.#inHand = sent;
    queue.after(this.#chance.whole(200, 900), () => this.#comesOut(sent));
  }

  /** The paper is about to come out. */
  #comesOut(sent: Sent): void {
    if (this.#inHand !== sent) return;
    if (this.trouble !== null) {
      sent.isPaused = true;
      if (this.#sending === sent)
        this.#shop.till.changeJob(sent.sale, sent.jobId, { kind: "hold", cause: this.trouble });
      return;
    }
    this.#inHand = null;
    this.#lay(sent);
    if (this.isMute) return this.#giveUpLater(sent, "no_proof_in_time");
    const id = this.hasWrongIds ? "zzzz" : sent.processId;
    this.#shop.queue.after(this.#chance.whole(2, 30), () => this.#hear(sent, id));
  }

  #lay({ sale, jobId }: Sent): void {
    const job = this.#jobOf({ sale, jobId }) ?? sale.durable.jobs.find((one) => one.id === jobId);
    if (job !== undefined) this.#shop.scribe.paper(sale, job);
  }

  /** The id that the printer sends behind a paper. */
  #hear(sent: Sent, id: string): void {
    const { till, queue } = this.#shop;
    if (this.#sending !== sent || !till.process.isUp) return;
    const evidence = processIdEvidence(id);
    const proof = { level: "process_id", atMs: till.nowMs(), evidence } as const;
    const isProven = till.changeJob(sent.sale, sent.jobId, { kind: "confirm", proof });
    if (isProven) return this.#next(sent);
    if (this.#sending === sent && till.process.isUp)
      queue.after(proofMs, () => this.#doubt(sent, "no_proof_in_time"));
  }

  #giveUpLater(sent: Sent, cause: "no_proof_in_time" | "printer_lost_power"): void {
    const ms = cause === "no_proof_in_time" ? proofMs : this.#chance.whole(100, 4_000);
    this.#shop.queue.after(ms, () => this.#doubt(sent, cause));
  }

  #doubt(sent: Sent, cause: "no_proof_in_time" | "printer_lost_power"): void {
    if (this.#sending !== sent) return;
    const isKept = this.#shop.till.changeJob(sent.sale, sent.jobId, { kind: "doubt", cause });
    if (isKept) this.#next(sent);
  }

  #next(sent: Sent): void {
    if (this.#sending !== sent) return;
    this.#sending = null;
    // The first is the one that has just come out.
    if (this.#queue.length > 1) this.wakeSoon();
    else this.#queue.length = 0;
  }

  /** Somebody mended it: what was in hand comes out, what waited goes on. */
  mended(): void {
    this.trouble = null;
    this.isOff = false;
    const sent = this.#inHand;
    if (sent !== null && sent.isPaused) {
      sent.isPaused = false;
      if (this.#sending === sent)
        this.#shop.till.changeJob(sent.sale, sent.jobId, { kind: "resume" });
      this.#shop.queue.after(this.#chance.whole(100, 600), () => this.#comesOut(sent));
    }
    this.wakeSoon();
  }

  /** Power is lost: just before the paper, or between the paper and the answer. */
  powerLost(): void {
    this.isOff = true;
    const sent = this.#inHand;
    if (sent === null) return;
    this.#inHand = null;
    if (!sent.isPaused && this.#chance.hits(0.5)) this.#lay(sent);
    if (this.#sending === sent) this.#giveUpLater(sent, "printer_lost_power");
  }

  tillDied(): void {
    this.#sending = null;
    this.#queue = [];
  }

  /** A paper that was being sent when the till died: whether it is out, nobody knows. */
  restarted(sale: Sale): void {
    for (const job of sale.record.jobs)
      if (job.state === "sending")
        this.#shop.till.changeJob(sale, job.id, { kind: "doubt", cause: "till_restarted" });
    for (const job of sale.record.jobs)
      if (job.state === "held" && !waitsForEReceipt(job)) this.#queue.push({ sale, jobId: job.id });
  }
}
