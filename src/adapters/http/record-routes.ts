/** Qualifications and notices: read by anybody at this till, changed by its owner. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { noticeScopes, qualificationKinds, qualificationSaid } from "../../core/records/records.ts";
import type { RecordsDesk } from "../../ports/records.ts";
import { idParams } from "./input.ts";
import { valueOf } from "./problem.ts";

const id = z.string().regex(/^[\w.-]{1,40}$/);
const time = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .describe("RFC 3339, e.g. 2026-12-31T23:59:59+08:00");

const qualificationBody = z.object({
  id: id.optional().describe("default: the kind itself"),
  what: z.enum(qualificationKinds),
  state: z.enum(qualificationSaid).default("valid"),
  until: time.nullable().default(null),
  note: z.string().trim().max(200).default(""),
});

const noticeBody = z.object({
  id: id.nullable().default(null),
  scope: z.enum(noticeScopes),
  from: time,
  until: time,
  title: z.string().trim().min(1).max(200),
});

export function recordRoutes(bare: FastifyInstance, records: RecordsDesk): void {
  const app = bare.withTypeProvider<ZodTypeProvider>();
  app.get("/api/qualifications", async () => ({
    data: records.qualifications(),
    feed: records.feed(),
  }));
  app.post("/api/qualifications", { schema: { body: qualificationBody } }, async (request) => {
    const { until: untilMs, ...given } = request.body;
    const one = { ...given, untilMs, id: given.id ?? given.what };
    return valueOf(await records.setQualification(one));
  });
  app.delete("/api/qualifications/:id", { schema: { params: idParams } }, async (request) => {
    valueOf(await records.removeQualification(request.params.id));
    return { removed: request.params.id };
  });
  app.get("/api/notices", async () => ({ data: records.notices(), feed: records.feed() }));
  app.post("/api/notices", { schema: { body: noticeBody } }, async (request) => {
    const { from: fromMs, until: untilMs, ...given } = request.body;
    return valueOf(await records.setNotice({ ...given, fromMs, untilMs }));
  });
  app.delete("/api/notices/:id", { schema: { params: idParams } }, async (request) => {
    valueOf(await records.removeNotice(request.params.id));
    return { removed: request.params.id };
  });
}
