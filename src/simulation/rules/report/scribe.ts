/** Writes down what the auditor is told, as it happens: plain facts, a fingerprint, what struck what, and the story. */
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { AttemptEvent } from "../../../core/payment/events.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import type { JobEvent, PrintJob } from "../../../core/printing/job.ts";
import type { Receipt } from "../../../core/receipt/receipt.ts";
import { outcomeOf, shownAttempt } from "../../../core/till/build.ts";
import { SALE_CAN } from "../../../core/till/can.ts";
import type { JournalWrite, MoneyRow, SaleRecord } from "../../../ports/journal.ts";
import type { OrderFact, TradeFact, Violation } from "../../auditor/facts.ts";
import type { Slip } from "../../auditor/slips.ts";
import { Watch } from "../../auditor/watch.ts";
import type { FaultKind } from "../../faults/kinds.ts";
import type { StoryLine } from "../../report/story.ts";
import { refundFact } from "../../run/scribe.ts";
import { startMs } from "../../world/machine.ts";
import type { Trade } from "../gateway/book.ts";
import { lateMoneyOf } from "../../run/limits.ts";
import type { Sale } from "../sale.ts";
import type { Shop } from "../shop.ts";
import { Digest } from "../world/digest.ts";
import { Strikes } from "./strikes.ts";
import { numberOfSlip } from "../../people/slip-number.ts";

export class Scribe {
  readonly orders: OrderFact[] = [];
  readonly trades = new Map<string, TradeFact>();
  readonly slips: Slip[] = [];
  readonly receipts: { readonly sale: Sale; readonly receipt: Receipt }[] = [];
  readonly moneyRows = new Map<string, MoneyRow>();
  readonly digest = new Digest();
  readonly strikes = new Strikes();
  /** Orders that the provider has refused and booked all the same: its own proof was false. */
  readonly liedAbout = new Set<string>();
  readonly story: StoryLine[] | null;
  violation: Violation | null = null;
  readonly #watch: Watch;
  readonly #out = new Set<string>();
  readonly #shop: Shop;

  constructor(shop: Shop, keepsStory: boolean) {
    this.#shop = shop;
    this.#watch = new Watch(lateMoneyOf(shop.plan));
    this.story = keepsStory ? [] : null;
  }

  get trueMs(): number {
    return startMs + this.#shop.queue.nowMs;
  }

  /** Only to be called where a story is kept: words cost more than the step itself. */
  tell(who: string, what: string, sale: Sale | null, orderNo: string | null = null): void {
    const atMs = this.#shop.queue.nowMs;
    this.story?.push({ atMs, who, what, saleId: sale?.id ?? null, orderNo });
  }

  struck(kind: FaultKind, sale: Sale | null): void {
    this.strikes.count(kind, sale);
    if (this.story !== null) this.tell("fault", kind, sale);
  }

  #check(violation: Violation | null): void {
    this.violation ??= violation;
  }

  order(sale: Sale, { orderNo, amountFen }: Attempt): void {
    const fact = { orderNo, saleId: sale.id, amountFen, atMs: this.trueMs };
    this.orders.push(fact);
    this.#watch.order(fact);
    this.digest.add(sale.n);
  }

  attempt(sale: Sale, before: Attempt | null, attempt: Attempt, event: AttemptEvent): void {
    this.digest.add(this.#shop.queue.nowMs * 31 + attempt.version);
    this.digest.add(sale.n * 8 + attempt.state.length);
    const isNews = before?.state !== attempt.state || before.latePayment !== attempt.latePayment;
    const hasMoney = attempt.state === "paid" || attempt.latePayment !== null;
    if (isNews && hasMoney) this.#check(this.#watch.known(attempt.orderNo, this.trueMs));
    if (this.story === null) return;
    const answer = "answer" in event ? ` ${JSON.stringify(event.answer)}` : "";
    const end = attempt.unpaidEnd === null ? "" : ` (${attempt.unpaidEnd})`;
    const late = attempt.latePayment === null ? "" : ` late money: ${attempt.latePayment.decision}`;
    const what = `${event.kind}${answer} -> ${attempt.state}${end}${late}`;
    this.tell("hub", what, sale, attempt.orderNo);
  }

  refund(sale: Sale, refund: Refund): void {
    const of = sale.attempts.find((one) => one.orderNo === refund.orderNo);
    this.#check(this.#watch.refund(refundFact(refund, of, this.trueMs)));
    this.digest.add(refund.version * 64 + refund.state.length);
    if (this.story !== null)
      this.tell("hub", `refund ${refund.requestNo} ${refund.amountFen}: ${refund.state}`, sale);
  }

  refundAsked(sale: Sale, { requestNo, amountFen }: Refund): void {
    if (this.story !== null) this.tell("till", `refund ${requestNo} of ${amountFen} asked`, sale);
  }

  trade(trade: Trade, sale: Sale | null): void {
    const fact: TradeFact = {
      orderNo: trade.orderNo,
      status: trade.status,
      closedBy: trade.closedBy,
      totalFen: trade.amountFen,
      paidAtMs: trade.paidAtMs === null ? null : startMs + trade.paidAtMs,
      refundedFen: trade.refundedFen,
      refunds: trade.refunds.map((one) => ({ ...one, atMs: startMs + one.atMs })),
      atMs: this.trueMs,
    };
    this.trades.set(trade.orderNo, fact);
    this.digest.add(this.#shop.queue.nowMs ^ trade.refundedFen);
    this.#check(this.#watch.trade(fact));
    if (this.story === null) return;
    const what = `${fact.status} refunded ${fact.refundedFen} ${fact.closedBy ?? ""}`;
    this.tell("provider's book", what, sale, trade.orderNo);
  }

  /** A paper lies there. */
  paper(sale: Sale, job: PrintJob): void {
    const { slip, holder, mark, id } = job;
    this.#out.add(id);
    const marked = mark.kind !== "original";
    const fact: Slip = {
      kind: slip.kind,
      holder,
      marked,
      number: numberOfSlip(job),
      amountFen: slip.kind === "receipt" ? slip.content.amountFen : null,
      whole: true,
      printerId: "P1",
      atMs: this.trueMs,
    };
    this.slips.push(fact);
    this.digest.add(sale.n);
    this.#check(this.#watch.slip(fact));
    if (this.story !== null)
      this.tell("printer", `paper ${fact.kind} ${fact.number} ${mark.kind}`, sale);
  }

  isOut(jobId: string): boolean {
    return this.#out.has(jobId);
  }

  job(sale: Sale, job: PrintJob, event: JobEvent): void {
    this.digest.add(job.version * 16 + event.kind.length);
    if (this.story === null) return;
    const { slip, id, state } = job;
    this.tell("till", `job ${id} ${slip.kind}: ${event.kind} -> ${state}`, sale);
  }

  receipt(sale: Sale, receipt: Receipt): void {
    this.receipts.push({ sale, receipt });
    if (this.story !== null) this.tell("till", `receipt ${receipt.number}`, sale);
  }

  money(_sale: Sale, writes: readonly JournalWrite[]): void {
    for (const write of writes)
      if (write.kind === "money" && !this.moneyRows.has(write.row.key))
        this.moneyRows.set(write.row.key, write.row);
  }

  /** What the till says of the outcome; only what is new is told. */
  shown(sale: Sale): void {
    const { record } = sale;
    const name = outcomeOf(record) ?? "none";
    const mayCharge = SALE_CAN.charge(record) === "yes";
    const orderNo = shownAttempt(record)?.orderNo ?? null;
    const deceivedAbout = this.liedAbout.size === 0 ? nobody : this.#deceivedAbout(record);
    if (sale.isTold(orderNo, name, mayCharge, deceivedAbout.length)) return;
    const atMs = this.trueMs;
    this.digest.add(name.length + sale.n);
    const what = { where: "outcome", name, mayCharge, deceivedAbout } as const;
    this.#check(this.#watch.shown({ saleId: sale.id, orderNo, ...what, atMs }));
    if (this.story !== null)
      this.tell("shown", `outcome: ${name}${mayCharge ? ", may charge" : ""}`, sale, orderNo);
  }

  /** Nobody can be blamed for the provider's false proof before its late money is known. */
  #deceivedAbout({ attempts }: SaleRecord): readonly string[] {
    return attempts
      .filter((one) => one.unpaidEnd === "declined" && one.latePayment === null)
      .map((one) => one.orderNo)
      .filter((orderNo) => this.liedAbout.has(orderNo));
  }
}

const nobody: readonly string[] = [];
