/** The scripted box's replies about incidents, evidence, the gate and the records. */
import type { FastifyInstance } from "fastify";
import { reportPage } from "../../../src/adapters/http/report-page.ts";
import type { DiagnosisView, IncidentView } from "../../../src/core/diagnosis/view.ts";
import * as incidents from "../../web-support/incidents.ts";
import * as views from "../../web-support/views.ts";
import { problem } from "./scripted-answers.ts";
import type { ScriptedBox } from "./scripted-box.ts";

interface OfId {
  readonly Params: { readonly id: string };
}

export function diagnosisAnswers(server: FastifyInstance, box: ScriptedBox): void {
  const shown = (): IncidentView => box.view.incident ?? incidents.incident();
  server.get<{ Querystring: { sale?: string } }>("/api/diagnosis", async (request) => {
    const judged: DiagnosisView = {
      at: views.at("17:21:20"),
      sale_id: request.query.sale ?? null,
      incident_id: box.view.incident?.id ?? null,
      families: box.diagnosis?.families ?? incidents.families([]),
      first: box.diagnosis?.first ?? null,
      open_sales: [],
    };
    return judged;
  });
  server.get<{ Querystring: { sale?: string; cursor?: string } }>(
    "/api/incidents",
    async (request) => {
      const { sale } = request.query;
      if (sale === undefined) return { data: incidents.rows, next_cursor: null };
      const own = box.incidents.get(sale);
      const row = { ...incidents.rows[0], id: own?.id, sale_id: sale };
      return { data: own === undefined ? [] : [row], next_cursor: null };
    },
  );
  server.get<OfId>("/api/incidents/:id", async (request) => {
    const own = [...box.incidents.values()].find(({ id }) => id === request.params.id);
    if (own !== undefined) return own;
    return request.params.id === "I-7" ? shown() : incidents.solvedIncident();
  });
  server.post<OfId>("/api/incidents/:id/escalate", async () => incidents.escalation);
  server.get<OfId & { readonly Querystring: { lang?: string } }>(
    "/api/incidents/:id/report",
    async (request, reply) => {
      const language = request.query.lang === "en" ? "en" : "zh";
      const other = `/api/incidents/I-7/report?lang=${language === "en" ? "zh" : "en"}`;
      const links = { other, json: "/api/incidents/I-7/report.json" };
      return reply
        .type("text/html; charset=utf-8")
        .send(reportPage(incidents.report(), language, links));
    },
  );
  server.get("/api/evidence", async () => ({ data: incidents.series(Date.now()) }));
  server.post<{ Body: { operator_no?: string; pin?: string } }>(
    "/api/gate/override",
    async (request, reply) => {
      const { gate } = box.view;
      if (gate.override !== true && request.body.pin !== "1357")
        return reply
          .code(403)
          .send(problem("pin_wrong", "PIN 不对，请再输一次。", "Wrong PIN, try again."));
      const open = { ...gate, stops: null, next_sale: null, needs_e_receipt: false };
      box.say({ gate: open });
      return open;
    },
  );
  records(server);
}

function records(server: FastifyInstance): void {
  let qualifications = incidents.qualifications;
  let { notices } = incidents;
  server.get("/api/qualifications", async () => ({ data: qualifications }));
  server.post<{ Body: Record<string, unknown> }>("/api/qualifications", async (request) => {
    const one = { id: "account", source: "操作员 01", by_hand: true, ...request.body };
    qualifications = [
      ...qualifications.filter(({ id }) => id !== one.id),
      one as (typeof qualifications)[number],
    ];
    return one;
  });
  server.delete<OfId>("/api/qualifications/:id", async (request) => {
    qualifications = qualifications.filter(({ id }) => id !== request.params.id);
    return { removed: request.params.id };
  });
  server.get("/api/notices", async () => ({ data: notices }));
  server.post<{ Body: Record<string, unknown> }>("/api/notices", async (request) => {
    const one = { source: "操作员 01", phase: "ahead", by_hand: true, ...request.body, id: "N-2" };
    notices = [...notices, one as (typeof notices)[number]];
    return one;
  });
  server.delete<OfId>("/api/notices/:id", async (request) => {
    notices = notices.filter(({ id }) => id !== request.params.id);
    return { removed: request.params.id };
  });
}
