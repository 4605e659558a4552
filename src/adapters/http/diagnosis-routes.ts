/** The till's API for diagnosis: what is wrong, what it is based on, and who is to be called. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { OperatorAct } from "../../core/diagnosis/evidence.ts";
import type { RefusalCode } from "../../core/rules/refusals.ts";
import type { Till } from "../../ports/till.ts";
import { diagnosisQuery, evidenceQuery, idParams, incidentQuery } from "./input.ts";
import type { Once } from "./once.ts";
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
  app.post("/api/incidents/:id/escalate", { schema: { params: idParams } }, (request) =>
    once.do(request, async () => valueOf(await till.casebook.escalate(request.params.id))),
  );
  app.get("/api/evidence", { schema: { querystring: evidenceQuery } }, async (request) => ({
    data: till.casebook.evidence(request.query.series ?? null, request.query.minutes),
  }));
  app.post("/api/gate/override", (request) =>
    once.do(request, async () => valueOf(await till.casebook.overrideGate())),
  );
  app.post("/api/acts", { schema: { body: actBody } }, async (request) => {
    till.casebook.noteAct(request.body.act, request.body.sale_id, null);
    return { ok: true };
  });
}

/** What only the page sees: it refuses before anything is sent here. */
const actBody = z.object({
  act: z.enum([
    "amount_left",
    "code_scanned_without_amount",
    "code_of_other_wallet",
    "code_is_product",
    "code_unreadable",
    "amount_unreadable",
    "sale_left_half_way",
  ]),
  sale_id: z.string().max(100).nullable().default(null),
});

const INPUT_ACTS: Readonly<Partial<Record<RefusalCode, OperatorAct>>> = {
  code_is_product: "code_is_product",
  code_of_other_wallet: "code_of_other_wallet",
  code_not_digits: "code_unreadable",
  code_wrong_length: "code_unreadable",
  code_not_of_a_wallet: "code_unreadable",
  code_missing: "code_unreadable",
  amount_not_a_number: "amount_unreadable",
  amount_too_many_decimals: "amount_unreadable",
  amount_not_positive: "amount_unreadable",
  amount_too_large: "amount_unreadable",
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
