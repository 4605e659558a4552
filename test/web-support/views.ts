/** Till views as the box would send them, one builder for each state. Unit tests and browser tests share them. */
import type {
  AttemptView,
  Can,
  CauseView,
  DisplayView,
  JobView,
  PaperView,
  ReceiptView,
  RefundView,
  SaleView,
  TillView,
} from "../../src/core/till/view.ts";
import type { GateView } from "../../src/core/diagnosis/view.ts";
import { besideCash } from "../../src/core/text/extra.ts";
import { fill, type Text } from "../../src/core/text/text.ts";

export const at = (clock: string): string => `2026-11-23T${clock}+08:00`;
export const nowMs = Date.parse(at("17:21:20"));

const text = (zh: string, en: string): Text => ({ zh, en });
const notNow = text("现在不可用", "not available now");
export const noSecondCharge = text("有结论前不可用", "not before the result is known");

export const cannot: Can = {
  charge: notNow,
  query: notNow,
  reverse: notNow,
  abandon: notNow,
  pay_otherwise: notNow,
  refund: notNow,
  reprint: notNow,
  answer_printed: notNow,
  waive_paper: notNow,
  print_pending_slip: notNow,
};

export const balanceCause: CauseView = {
  family: "buyer_account",
  code: "ACQ.BUYER_BALANCE_NOT_ENOUGH",
  title: text("顾客余额不足", "Balance too low"),
  cashier: text(
    "没有扣款。请顾客换一种付款方式，或换一张银行卡，再出示新的付款码。",
    "No money was taken. Ask for another way to pay or another card, then a new code.",
  ),
  customer: text(
    "这个付款方式没付成，没有扣款。可以在支付宝里换一张卡，或换一种方式吗？",
    "This way didn't go through and no money was taken. Could you choose another card in Alipay, or pay another way?",
  ),
};

export const paperCause: CauseView = {
  family: "device",
  code: "paper_out",
  title: text("打印机缺纸", "out of paper"),
  cashier: text(
    "装一卷热敏纸，热敏面朝上，合上盖子。系统会自动接着打。",
    "Load a roll, heat-sensitive side up, close the cover. Printing goes on by itself.",
  ),
  customer: text(
    "小票稍等就好，也可以看电子小票。",
    "The receipt is coming; an e-receipt is ready.",
  ),
};

export const attempt = (change: Partial<AttemptView> = {}): AttemptView => ({
  order_no: "T01-261123-000481",
  provider: "alipay",
  method: "code",
  state: "sending",
  amount_fen: 12_850,
  provider_trade_no: null,
  payer: null,
  unpaid_end: null,
  late: false,
  qr_code: null,
  sent_at: at("17:21:01"),
  paid_at: null,
  ended_at: null,
  next_query_at: null,
  outcome_by: at("17:23:31"),
  usually_by: at("17:22:16"),
  queries_asked: 0,
  money_went_back: false,
  cause: null,
  ...change,
});

export const job = (change: Partial<JobView> = {}): JobView => ({
  id: "job-481",
  slip: "receipt",
  state: "confirmed",
  mark: "original",
  copy: 0,
  hold: null,
  doubt: null,
  proof: "process_id",
  proof_at: at("17:21:07"),
  evidence: "37 22 30 30 34 37 00",
  cause: null,
  ...change,
});

export const receipt = (change: Partial<JobView> = {}): ReceiptView => {
  const decisive = job(change);
  return {
    number: "000481",
    issued_at: at("17:21:06"),
    url: "https://shop.example/r/9fK2vQ7xT1mB",
    opened_at: null,
    copies: 0,
    void: false,
    job: decisive,
    jobs: [decisive],
  };
};

export const sale = (change: Partial<SaleView> = {}): SaleView => ({
  sale_id: "S-000481",
  state: "open",
  amount_fen: 12_850,
  items: [],
  operator: { no: "07", name: "王芳" },
  created_at: at("17:20:58"),
  livemode: false,
  goods_left: false,
  accepts_e_receipt: false,
  outcome: null,
  never_charged: false,
  took_no_money: false,
  contradicted: false,
  attempt: null,
  attempts: [],
  receipt: null,
  slips: [],
  refunds: [],
  refunded_fen: 0,
  refund_open_fen: 0,
  refundable_fen: 0,
  extra: null,
  cause: null,
  advice: text("还没有收款。", "No payment yet."),
  can: cannot,
  ...change,
});

const tried = (one: AttemptView, change: Partial<SaleView>): SaleView =>
  sale({ attempt: one, attempts: [one], ...change });

export const showCode = (): SaleView =>
  sale({
    took_no_money: true,
    can: { ...cannot, charge: true, abandon: true, pay_otherwise: true },
  });

const live: Can = { ...cannot, charge: noSecondCharge, query: true, reverse: true };

export const charging = (): SaleView =>
  tried(attempt(), { can: { ...live, query: notNow, reverse: notNow } });

export const showQr = (): SaleView =>
  tried(
    attempt({
      method: "qr",
      state: "awaiting_buyer",
      qr_code: "https://qr.alipay.com/bax03206d2e",
    }),
    { can: live },
  );

export const awaitingBuyer = (): SaleView =>
  tried(attempt({ state: "awaiting_buyer", queries_asked: 2 }), { outcome: "unknown", can: live });

export const confirming = (): SaleView =>
  tried(attempt({ state: "unknown", queries_asked: 4 }), {
    outcome: "unknown",
    can: { ...live, pay_otherwise: true, print_pending_slip: true },
  });

export const reversing = (): SaleView =>
  tried(attempt({ state: "reversing", queries_asked: 14 }), {
    outcome: "unknown",
    can: { ...live, reverse: notNow, pay_otherwise: true, print_pending_slip: true },
  });

const again: Can = { ...cannot, charge: true, abandon: true, pay_otherwise: true };

export const declined = (): SaleView =>
  tried(attempt({ state: "declined", unpaid_end: "declined", cause: balanceCause }), {
    outcome: "declined",
    took_no_money: true,
    cause: balanceCause,
    can: again,
  });

export const reversed = (back: boolean): SaleView =>
  tried(
    attempt({
      state: "reversed",
      unpaid_end: back ? "refunded" : "never_seen",
      money_went_back: back,
      ended_at: at("17:22:18"),
    }),
    {
      outcome: "reversed",
      never_charged: !back,
      took_no_money: true,
      can: again,
      slips: back ? [job({ id: "job-r1", slip: "reversal" })] : [],
    },
  );

export const rolledBack = (): SaleView =>
  tried(attempt({ state: "reversed", unpaid_end: "rolled_back" }), {
    outcome: "reversed",
    can: again,
    receipt: { ...receipt(), void: true },
  });

export const abandoned = (): SaleView => sale({ state: "abandoned" });

export const paidOtherwise = (): SaleView =>
  tried(attempt({ state: "reversing" }), {
    state: "paid_otherwise",
    outcome: "unknown",
    advice: besideCash.open,
  });

/** The wallet had paid too, and that went back. */
export const paidOtherwiseBack = (): SaleView => {
  const { attempt: one, slips } = reversed(true);
  return sale({
    state: "paid_otherwise",
    outcome: "reversed",
    attempt: one,
    attempts: one === null ? [] : [one],
    slips,
    advice: fill(besideCash.back, { amount: "128.50" }),
  });
};

const paidCan: Can = { ...cannot, refund: true, reprint: true };

export const paid = (change: Partial<JobView> = {}): SaleView =>
  tried(
    attempt({
      state: "paid",
      paid_at: at("17:21:06"),
      payer: "138****0000",
      provider_trade_no: "2026112322001400000000000481",
    }),
    {
      state: "paid",
      outcome: "paid",
      receipt: receipt(change),
      refundable_fen: 12_850,
      advice: text("已收款，小票已出。", "Paid, and the receipt is out."),
      can: paidCan,
    },
  );

export const held = (): SaleView => ({
  ...paid({ state: "held", hold: "paper_out", proof: null, proof_at: null, cause: paperCause }),
  advice: text(
    "已收款，不要再收。装纸后自动出票。",
    "Paid. Don't charge again. Prints once paper is in.",
  ),
  cause: paperCause,
  can: { ...paidCan, waive_paper: true, reprint: notNow },
});

export const doubtful = (): SaleView => ({
  ...paid({ state: "doubtful", doubt: "printer_lost_power", proof: null, proof_at: null }),
  can: { ...paidCan, answer_printed: true, waive_paper: true, reprint: notNow },
});

export const refund = (change: Partial<RefundView> = {}): RefundView => ({
  request_no: "R-000481-1",
  order_no: "T01-261123-000481",
  amount_fen: 2_850,
  state: "done",
  reason: "顾客退货",
  requested_at: at("17:30:00"),
  done_at: at("17:30:01"),
  late_payment: false,
  cause: null,
  ...change,
});

export const refunded = (change: Partial<RefundView> = {}): SaleView => ({
  ...paid(),
  refunds: [refund(change)],
  refunded_fen: 2_850,
  refundable_fen: 10_000,
});

const lightText = text("正常", "working");
const green = { light: "green", text: lightText } as const;
const greenLight = { ...green, why: null };

export const gate = (change: Partial<GateView> = {}): GateView => ({
  network: greenLight,
  provider: greenLight,
  printer: greenLight,
  till: greenLight,
  stops: null,
  next_sale: null,
  needs_e_receipt: false,
  offers: [],
  override: text("现在没有停止收款。", "Sales aren't stopped now."),
  overridden_until: null,
  ...change,
});

export const owner = { no: "01", name: "陈店主", role: "owner" } as const;

export const daySlip = (change: Partial<PaperView> = {}): PaperView => ({
  job: job({
    id: "job-day-3",
    slip: "day",
    state: "doubtful",
    doubt: "connection_lost",
    proof: null,
    proof_at: null,
    evidence: null,
    cause: { ...paperCause, code: "connection_lost", title: text("连接断了", "the line broke") },
  }),
  sale_id: null,
  name: text("日结单 2026-11-22 第 3 号", "day slip 2026-11-22, no. 3"),
  ordered_at: at("08:02:11"),
  replaced_by: null,
  ...change,
});

export const testPage = (): PaperView => {
  const slip = daySlip();
  const name = text("测试页", "test page");
  return { ...slip, name, job: { ...slip.job, id: "job-test-9", slip: "test" } };
};

export const till = (change: Partial<TillView> = {}): TillView => ({
  issuer: { merchant_name: "瑞福便利店", store_name: "人民广场店", terminal_no: "01" },
  operator: { no: "07", name: "王芳", role: "cashier" },
  livemode: false,
  training: false,
  provider: "alipay",
  lights: { network: green, provider: green, printer: green },
  gate: gate(),
  incident: null,
  open_incidents: 0,
  sale: null,
  papers_in_doubt: [],
  open_sales: [],
  now: at("17:21:20"),
  receipt_links_reachable: true,
  amount_max_fen: 5_000_000,
  ...change,
});

export const display = (change: Partial<DisplayView> = {}): DisplayView => ({
  phase: "idle",
  merchant_name: "瑞福便利店",
  amount_fen: null,
  qr_code: null,
  receipt_url: null,
  livemode: false,
  training: false,
  ...change,
});
