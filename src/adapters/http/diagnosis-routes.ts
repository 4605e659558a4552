/** The till's API for diagnosis: what is wrong, what it is based on, and who is to be called. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { OperatorAct } from "../../core/diagnosis/evidence.ts";
import type { IncidentReport } from "../../core/diagnosis/report.ts";
import type { AmountRefusal } from "../../core/money/money.ts";
import type { RefusalCode } from "../../core/rules/refusals.ts";
import type { Till } from "../../ports/till.ts";
import { diagnosisQuery, evidenceQuery, idParams, incidentQuery } from "./input.ts";
import type { Once } from "./once.ts";
import { pageHeaders } from "./guard.ts";
import { reportPage } from "./report-page.ts";
import { RefusedError, valueOf } from "./problem.ts";

export function diagnosisRoutes(bare: FastifyInstance, till: Till, once: Once): void {
  const app = bare.withTypeProvider<ZodTypeProvider>();
  noteRefusedInput(bare, till);
  app.get("/api/diagnosis", { schema: { querystring: diagnosisQuery } }, async (request) => {
    const number = request.query.sale ?? null;
    const known = number === null || till.sale(number) !== null;
    const diagnosis = till.casebook.diagnosis(known ? number : till.find(number));
    if (diagnosis === null || (number !== null && diagnosis.sale_id === null))
      throw new RefusedError("sale_not_found");
    return diagnosis;
  });
  app.get("/api/incidents", { schema: { querystring: incidentQuery } }, async (request) => {
    const { sale } = request.query;
    if (sale !== undefined) {
      const saleId = till.sale(sale) === null ? till.find(sale) : sale;
      return {
        data: saleId === null ? [] : till.casebook.incidentsOfSale(saleId),
        next_cursor: null,
      };
    }
    const { data, next } = till.casebook.incidents(
      request.query.limit,
      request.query.cursor ?? null,
    );
    return { data, next_cursor: next };
  });
  app.get("/api/incidents/:id", { schema: { params: idParams } }, async (request) => {
    const incident = till.casebook.incident(request.params.id);
    if (incident === null) throw new RefusedError("incident_not_found");
    return incident;
  });
  app.get(
    "/api/incidents/:id/report",
    { schema: { params: idParams, querystring: reportQuery } },
    async (request, reply) => {
      const report = reportOf(till, request.params.id);
      const { lang } = request.query;
      const path = `/api/incidents/${encodeURIComponent(report.case_no)}/report`;
      const other = `${path}?lang=${lang === "zh" ? "en" : "zh"}`;
      const page = reportPage(report, lang, { other, json: `${path}.json` });
      return reply.headers(pageHeaders).type("text/html; charset=utf-8").send(page);
    },
  );
  app.get("/api/incidents/:id/report.json", { schema: { params: idParams } }, async (request) =>
    reportOf(till, request.params.id),
  );
  app.post("/api/incidents/:id/escalate", { schema: { params: idParams } }, (request) =>
    once.do(request, async () => valueOf(await till.casebook.escalate(request.params.id))),
  );
  app.post("/api/incidents/:id/slip", { schema: { params: idParams } }, (request) =>
    once.do(request, async () => valueOf(await till.casebook.printSlip(request.params.id))),
  );
  app.get("/api/evidence", { schema: { querystring: evidenceQuery } }, async (request) => ({
    data: till.casebook.evidence(request.query.series ?? null, request.query.minutes),
  }));
  app.post("/api/gate/override", { schema: { body: overrideBody } }, (request) =>
    once.do(request, async () => {
      const { operator_no: no, pin, why } = request.body;
      const owner = no === undefined ? null : { no, pin };
      return valueOf(await till.casebook.overrideGate(owner, why));
    }),
  );
  app.post("/api/acts", { schema: { body: actBody } }, async (request) => {
    const { act, sale_id: saleId, refusal } = request.body;
    till.casebook.noteAct(act, saleId, refusal);
    return { ok: true };
  });
}

function reportOf(till: Till, number: string): IncidentReport {
  const report = till.casebook.report(number);
  if (report === null) throw new RefusedError("incident_not_found");
  return report;
}

const reportQuery = z.object({ lang: z.enum(["zh", "en"]).default("zh") });

/** Without a number: the operator on duty. With one: an owner who was called, and doesn't sign on. */
const overrideBody = z.object({
  operator_no: z.string().min(1).max(28).optional(),
  pin: z.string().max(12).default(""),
  why: z.string().max(100).default(""),
});

const AMOUNT_REFUSALS = [
  "amount_missing",
  "amount_not_a_number",
  "amount_too_many_decimals",
  "amount_not_positive",
  "amount_too_large",
  "amount_over_limit",
] as const satisfies readonly AmountRefusal[];

/** What only the page sees: it refuses before anything is sent here. */
const actBody = z.object({
  act: z.enum([
    "amount_left",
    "code_scanned_without_amount",
    "code_of_other_wallet",
    "code_is_product",
    "code_unreadable",
    "amount_unreadable",
    "charge_while_open",
    "sale_left_half_way",
  ]),
  sale_id: z.string().max(100).nullable().default(null),
  refusal: z.enum(AMOUNT_REFUSALS).nullable().default(null),
});

const INPUT_ACTS: Readonly<Partial<Record<RefusalCode, OperatorAct>>> = {
  code_is_product: "code_is_product",
  code_of_other_wallet: "code_of_other_wallet",
  code_not_digits: "code_unreadable",
  code_too_long: "code_unreadable",
  code_wrong_length: "code_unreadable",
  code_not_of_a_wallet: "code_unreadable",
  code_missing: "code_unreadable",
  amount_not_a_number: "amount_unreadable",
  amount_too_many_decimals: "amount_unreadable",
  amount_not_positive: "amount_unreadable",
  amount_too_large: "amount_unreadable",
  amount_over_limit: "amount_unreadable",
};

/** Input that the API refuses never reaches the till: it is told of it here. */
function noteRefusedInput(app: FastifyInstance, till: Till): void {
  app.addHook("onError", async (_request, _reply, error) => {
    if (!(error instanceof RefusedError)) return;
    const code = error.problem.code as RefusalCode;
    const act = INPUT_ACTS[code];
    if (act !== undefined) till.casebook.noteAct(act, null, code);
  });
}
