/** The scripted box's replies, route by route. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { fen, parseYuan, yuanText } from "../../../src/core/money/money.ts";
import { Paper } from "../../../src/core/printing/layout-lines.ts";
import type { SlipLine } from "../../../src/core/printing/layout-lines.ts";
import type {
  DayView,
  EventView,
  Problem,
  SaleSummary,
  SaleView,
} from "../../../src/core/till/view.ts";
import * as views from "../../web-support/views.ts";
import type { ScriptedBox } from "./scripted-box.ts";

interface OfSale {
  readonly Params: { readonly id: string };
}

export const problem = (code: string, zh: string, en: string): Problem => ({
  type: `about:${code}`,
  title: en,
  status: 409,
  detail: en,
  code,
  text: { zh, en },
});

const notFound = (reply: FastifyReply) =>
  reply.code(404).send(problem("sale_unknown", "没有这笔交易。", "No such sale."));

export function answers(server: FastifyInstance, box: ScriptedBox): void {
  server.get("/api/till", async () => box.view);
  server.post<{ Body: { amount: string; accept_e_receipt?: boolean } }>(
    "/api/sales",
    async (request) => {
      const amount = parseYuan(request.body.amount);
      const sale = box.newSale(typeof amount === "number" ? amount : 0);
      return box.put({ ...sale, accepts_e_receipt: request.body.accept_e_receipt === true });
    },
  );
  server.get<OfSale>("/api/sales/:id", async (request, reply) => {
    return box.sales.get(request.params.id) ?? notFound(reply);
  });
  server.get<{ Querystring: { query?: string; cursor?: string } }>("/api/sales", async (request) =>
    listed(box, request.query.query ?? "", request.query.cursor),
  );
  server.get<OfSale>("/api/sales/:id/events", async () => ({ data: history }));
  server.get<OfSale>("/api/sales/:id/paper", async (request) => ({
    lines: paper(box.sales.get(request.params.id)),
  }));
  server.post<{ Params: { id: string; command: string }; Body: Record<string, unknown> }>(
    "/api/sales/:id/:command",
    async (request, reply) => {
      const sale = box.sales.get(request.params.id);
      if (sale === undefined) return notFound(reply);
      return box.put(after(box, sale, request.params.command, request.body));
    },
  );
  server.post<{ Params: { id: string }; Body: { printed: boolean } }>(
    "/api/jobs/:id/answer",
    async (request) => {
      const papers = box.view.papers_in_doubt;
      if (papers.some(({ job }) => job.id === request.params.id)) {
        box.say({ papers_in_doubt: papers.filter(({ job }) => job.id !== request.params.id) });
        return null;
      }
      const sale = box.view.sale ?? views.doubtful();
      const job = request.body.printed
        ? ({ state: "confirmed", proof: "person" } as const)
        : ({ state: "sending", mark: "replacement", copy: 1, proof: null } as const);
      return box.put({ ...views.paid(job), sale_id: sale.sale_id });
    },
  );
  people(server, box);
}

function people(server: FastifyInstance, box: ScriptedBox): void {
  server.get("/api/operators", async () => ({
    data: [
      { no: "07", name: "王芳", role: "cashier", has_pin: true },
      { no: "01", name: "陈店主", role: "owner", has_pin: true },
    ],
  }));
  server.post<{ Body: { operator_no: string; pin: string } }>(
    "/api/sign-on",
    async (request, reply) => {
      if (request.body.pin !== "2468") {
        return reply
          .code(403)
          .send(problem("pin_wrong", "PIN 不对，请再输一次。", "Wrong PIN, try again."));
      }
      box.say({ operator: { no: request.body.operator_no, name: "王芳", role: "cashier" } });
      return {};
    },
  );
  server.post("/api/sign-off", async () => {
    if (box.hasPins) box.say({ operator: null });
    return box.view;
  });
  server.post("/api/printer/test", async () => ({}));
  server.get("/api/day", async () => day);
  server.get("/api/days", async () => ({
    data: [11, 10, 9, 8, 7].map((no) => ({
      close_no: no,
      business_day: `2026-11-${no + 10}#2`,
      date: `2026-11-${no + 11}`,
      closed_at: `2026-11-${no + 11}T22:01:00+08:00`,
      closed_by: "07",
      paid_count: 20 * no,
      net_fen: 171_250 * no,
    })),
    next_cursor: "7",
  }));
  server.get<{ Params: { no: string } }>("/api/days/:no", async (request) => ({
    ...day,
    close_no: Number(request.params.no),
    closed_at: views.at("22:01:00"),
    closed_by: "07",
    earlier_days: [{ business_day: "2026-11-02", date: "2026-11-02", count: 3, net_fen: 6_000 }],
    counted: { cash_fen: 12_000, cash_difference_fen: -850, slips: 214 },
  }));
  server.post<{ Params: { no: string } }>("/api/days/:no/print", async (request) => ({
    close_no: Number(request.params.no),
    copy: 1,
    job_id: "J-1",
  }));
  server.post<{ Body: { carry_over?: boolean } }>("/api/day/close", async (request, reply) => {
    if (request.body.carry_over !== true) {
      return reply
        .code(409)
        .send(
          problem(
            "open_sales",
            "还有 1 笔没有办完，先办完或勾选转到明天。",
            "1 sale is still open; finish it or carry it over.",
          ),
        );
    }
    return { ...day, close_no: 12, closed_at: views.at("22:01:00"), closed_by: "07" };
  });
}

/** What a command makes of a sale, as far as the page can see. */
function after(
  box: ScriptedBox,
  sale: SaleView,
  command: string,
  body: Record<string, unknown>,
): SaleView {
  const keep = { sale_id: sale.sale_id, amount_fen: sale.amount_fen };
  switch (command) {
    case "attempts":
      return { ...sale, ...box.onAttempt(sale, body), ...keep };
    case "abandon":
      return { ...views.abandoned(), ...keep };
    case "pay-otherwise":
      return { ...views.paidOtherwise(), ...keep };
    case "reverse":
      return { ...views.reversing(), ...keep };
    case "refunds":
      return { ...views.refunded(), ...keep };
    case "goods-left":
      return { ...sale, goods_left: true };
    default:
      return sale;
  }
}

function listed(box: ScriptedBox, query: string, cursor: string | undefined) {
  const rows = [
    ...box.sales.values(),
    views.paid(),
    views.declined(),
    views.confirming(),
    views.held(),
  ]
    .map((sale, index) => summary(sale, index))
    .filter((row) => query === "" || row.order_no?.includes(query));
  return cursor === undefined
    ? { data: rows, next_cursor: query === "" ? "2" : null }
    : { data: [summary({ ...views.refunded(), sale_id: "S-000100" }, 9)], next_cursor: null };
}

const summary = (sale: SaleView, index: number): SaleSummary => ({
  sale_id: index === 0 ? sale.sale_id : `${sale.sale_id}-${index}`,
  state: sale.state,
  outcome: sale.outcome,
  never_charged: sale.never_charged,
  amount_fen: sale.amount_fen,
  refunded_fen: sale.refunds.reduce((sum, { amount_fen }) => sum + amount_fen, 0),
  refund_open_fen: 0,
  created_at: sale.created_at,
  order_no: `T01-261123-0004${81 + index}`,
  provider_trade_no: sale.attempt?.provider_trade_no ?? null,
  receipt_number: sale.receipt?.number ?? null,
  job: sale.receipt?.job?.state ?? null,
  job_hold: sale.receipt?.job?.hold ?? null,
  receipt_void: sale.receipt?.void ?? false,
  operator_no: sale.operator.no,
  can: { refund: sale.can.refund, reprint: sale.can.reprint },
});

const event = (seq: number, clock: string, kind: string, zh: string, en: string): EventView => ({
  seq,
  at: `2026-11-23T${clock}+08:00`,
  where: seq % 3 === 0 ? "hub" : "terminal",
  actor: seq === 1 ? "07" : "system",
  kind,
  text: { zh, en },
  detail: {},
});

const history: readonly EventView[] = [
  event(1, "17:20:58.120", "sale_opened", "建单 ￥128.50", "Sale opened, ￥128.50"),
  event(
    2,
    "17:21:01.004",
    "attempt_created",
    "扫到付款码，登记收款",
    "Code scanned, attempt recorded",
  ),
  event(3, "17:21:01.031", "pay_sent", "向支付宝请求收款", "Alipay asked to pay"),
  event(4, "17:21:06.217", "paid", "支付宝确认收款", "Alipay confirmed the payment"),
  event(5, "17:21:06.219", "job_queued", "小票 000481 排队打印", "Receipt 000481 queued"),
  event(6, "17:21:07.640", "job_confirmed", "打印机确认出票", "Printer confirmed"),
];

function paper(sale: SaleView | undefined): readonly SlipLine[] {
  const sheet = new Paper(32);
  sheet.centre("演示 · 非真实交易", "tall");
  sheet.centre("瑞福便利店", "double");
  sheet.centre("人民广场店");
  sheet.rule();
  sheet.field("交易类型", "消费");
  sheet.field("支付方式", "支付宝");
  sheet.field("订单号", "T01-261123-000481");
  sheet.field("渠道交易号", "2026112322001400000000031529");
  sheet.field("时间", "2026-11-23 17:21:06");
  sheet.field("操作员", "07");
  sheet.rule();
  sheet.amount("实收", `￥${yuanText(fen(sale?.amount_fen ?? 0))}`);
  sheet.rule();
  sheet.centre("小票号 000481");
  sheet.address("https://shop.example/r/9fK2vQ7xT1mB");
  sheet.centre("扫码看电子小票");
  sheet.centre("签购单 · 顾客联");
  sheet.centre("如有疑问请联系本店，电话 021-5555 0000");
  sheet.centre("请妥善保管小票");
  sheet.end(true);
  return sheet.lines;
}

const day: DayView = {
  business_day: "2026-11-22#2",
  date: "2026-11-23",
  earlier_days: [],
  opened_at: views.at("07:58:00"),
  closed_at: null,
  closed_by: null,
  close_no: null,
  paid: { count: 214, amount_fen: 1_843_260 },
  refunded: { count: 3, amount_fen: 85_714 },
  rolled_back: { count: 1, amount_fen: 80_014 },
  net_fen: 1_757_546,
  unpaid_count: 9,
  unopened_count: 0,
  paid_otherwise: { count: 1, amount_fen: 12_850 },
  by_method: [
    { method: "code", count: 201, amount_fen: 1_720_110 },
    { method: "qr", count: 13, amount_fen: 123_150 },
  ],
  by_operator: [{ no: "07", name: "王芳", count: 214, amount_fen: 1_843_260 }],
  open_sales: [
    {
      sale_id: "S-000477",
      order_no: "T01-261123-000477",
      amount_fen: 3_300,
      why: { zh: "结果确认中", en: "Result being checked" },
    },
  ],
  counted: null,
};
