/** What commands print for people when all went well: Chinese first, and English with each of it. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import fastify from "fastify";
import { profile80 } from "../../src/core/printing/profile.ts";
import { eventView } from "../../src/core/till/history.ts";
import type { DayView, RefundView, SaleView } from "../../src/core/till/view.ts";
import { readChupiao } from "../e2e/support/command.ts";
import * as incidents from "../web-support/incidents.ts";
import * as views from "../web-support/views.ts";

const event = eventView(
  { seq: 1, atMs: views.nowMs, actor: "hub", kind: "attempt_created", detail: { orderNo: "O1" } },
  "hub",
);
const day: DayView = {
  business_day: "2026-11-23",
  date: "2026-11-23",
  opened_at: views.at("08:00:00"),
  closed_at: null,
  closed_by: null,
  earlier_days: [{ business_day: "2026-11-22", date: "2026-11-22", count: 1, net_fen: 100 }],
  close_no: null,
  paid: { count: 3, amount_fen: 900 },
  refunded: { count: 2, amount_fen: 300 },
  rolled_back: { count: 1, amount_fen: 100 },
  net_fen: 600,
  unpaid_count: 1,
  unopened_count: 0,
  paid_otherwise: { count: 1, amount_fen: 100 },
  by_method: [],
  by_operator: [],
  open_sales: [
    {
      sale_id: "S1",
      order_no: "O1",
      amount_fen: 100,
      why: { zh: "结果确认中", en: "being confirmed" },
    },
  ],
  counted: { cash_fen: 100, cash_difference_fen: 0, slips: 3 },
};
const closed = { ...day, close_no: 1, closed_at: views.at("22:00:00"), closed_by: "07" };
const closeRow = { ...closed, paid_count: 3 };

async function boxWith(context: TestContext, sale: SaleView): Promise<string> {
  const app = fastify();
  const answers: Readonly<Record<string, unknown>> = {
    "/api/sell": sale,
    "/api/sales": { data: [{ ...sale, receipt_number: "000481", order_no: "O1" }] },
    "/api/sales/S1": sale,
    "/api/sales/S-000481": sale,
    "/api/sales/S-000481/events": { data: [event] },
    "/api/sales/S1/query": sale,
    "/api/sales/S1/reprint": sale,
    "/api/sales/S1/refunds": { ...sale, refund_request_no: sale.refunds[0]?.request_no },
    "/api/day": day,
    "/api/day/close": closed,
    "/api/days": { data: [closeRow], next_cursor: null },
    "/api/days/1": closed,
    "/api/days/1/print": { close_no: 1, copy: 1, job_id: "J1" },
    "/api/diagnosis": {
      at: views.at("17:21:20"),
      families: incidents.families([incidents.paperOut, incidents.lowBalance]),
      first: incidents.paperOut,
      open_sales: [{ sale_id: "S1", order_no: "O1", amount_fen: 100, advice: sale.advice }],
    },
    "/api/incidents": { data: incidents.rows },
    "/api/incidents/CP-1": incidents.solvedIncident(),
    "/api/printer": {
      address: "tcp://127.0.0.1:9100",
      condition: "paper_out",
      heard: "now",
      checked_at: views.at("17:21:20"),
      profile: profile80,
      waiting: [],
      in_doubt: [views.daySlip()],
    },
    "/api/operators": { data: [{ ...views.owner, has_pin: true }] },
  };
  app.all("/api/*", ({ url }, reply) => {
    const answer = answers[url.split("?")[0] ?? ""];
    return answer === undefined ? reply.code(404).send({ url }) : answer;
  });
  context.after(() => app.close());
  return app.listen({ host: "127.0.0.1", port: 0 });
}

const isChinese = (line: string): boolean => /\p{Script=Han}/u.test(line);
/** Order numbers are neither. */
const hasEnglish = (line: string): boolean =>
  /[A-Za-z]{2,}/.test(line.replaceAll(/\b[A-Z]\w*\d\w*/g, ""));

/** Chinese lines without English in them that no English line follows. */
const alone = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split("\n")
    .filter((line, at, all) => {
      const next = all[at + 1] ?? "";
      return isChinese(line) && !hasEnglish(line) && (isChinese(next) || !hasEnglish(next));
    });

const sell = ["sell", "--amount", "128.50", "--code", "288888888888888801", "--wait", "0"];
const cases: readonly (readonly [SaleView, readonly (readonly string[])[]])[] = [
  [
    views.paid(),
    [
      sell,
      ["query", "S1"],
      ["reprint", "S1"],
      ["sales", "S1"],
      ["day"],
      ["day", "close"],
      ["day", "list"],
      ["day", "--no", "1", "--print"],
      ["diagnose"],
      ["incidents"],
      ["incidents", "CP-1"],
      ["printer", "status"],
      ["operator", "list"],
    ],
  ],
  [views.declined(), [sell, ["query", "S1"]]],
  [views.confirming(), [sell, ["query", "S1"]]],
  [views.reversed(true), [sell]],
  [views.held(), [sell]],
  ...(["done", "refused"] as const).map(
    (state: RefundView["state"]) =>
      [
        views.refunded({ state }),
        [["refund", "S1"], ["refund", "S1", "--extra"], ["sales"]],
      ] as const,
  ),
  [views.refunded({ state: "unknown" }), [["refund", "S1", "--wait", "0"]]],
];

for (const [sale, commands] of cases)
  for (const words of commands)
    test(`${words.slice(0, 4).join(" ")}, ${sale.outcome}: English with every Chinese`, async (context) => {
      const { text } = await readChupiao(await boxWith(context, sale), ...words);
      assert.ok(isChinese(text), text);
      assert.deepEqual(alone(text), [], text);
    });

test("not known: what to do stands there in both languages", async (context) => {
  const advice = { zh: "结果确认中，请勿重复收款。", en: "Being confirmed: don't charge again." };
  const url = await boxWith(context, { ...views.confirming(), advice });
  const { code, text } = await readChupiao(url, ...sell);
  assert.deepEqual(
    [code, ...text.split("\n").slice(0, 4)],
    [
      4,
      "结果待确认 ￥128.50（演示 · 非真实交易）",
      "Outcome not known yet ￥128.50 (Demo · no real money)",
      advice.zh,
      advice.en,
    ],
  );
});
