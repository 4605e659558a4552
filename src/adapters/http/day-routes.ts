/** The business day: how it stands, its close, earlier closes and their slips. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Till } from "../../ports/till.ts";
import { closeBody, closeListQuery, closeParams, countedOf } from "./input.ts";
import type { Once } from "./once.ts";
import { RefusedError, valueOf } from "./problem.ts";
import { requestOf } from "./request-key.ts";

export function dayRoutes(bare: FastifyInstance, till: Till, once: Once): void {
  const app = bare.withTypeProvider<ZodTypeProvider>();
  app.get("/api/day", async () => till.day());
  app.post("/api/day/close", { schema: { body: closeBody } }, (request) =>
    once.do(request, async () => {
      const { counted_cash: cash, counted_slips: slips } = request.body;
      const { carry_over: carryOver, refuse_empty: refuseEmpty } = request.body;
      const cashFen = cash === undefined ? null : countedOf(cash);
      const asked = requestOf(request, request.body);
      return valueOf(await till.closeDay(cashFen, slips ?? null, carryOver, refuseEmpty, asked));
    }),
  );
  app.get("/api/days", { schema: { querystring: closeListQuery } }, async (request) => {
    const { cursor, limit } = request.query;
    const { data, next } = till.days(limit, cursor ?? null);
    return { data, next_cursor: next === null ? null : String(next) };
  });
  app.get("/api/days/:no", { schema: { params: closeParams } }, async (request) => {
    const day = till.closedDay(request.params.no);
    if (day === null) throw new RefusedError("day_not_found");
    return day;
  });
  app.post("/api/days/:no/print", { schema: { params: closeParams } }, (request) =>
    once.do(request, async () => valueOf(await till.printDay(request.params.no))),
  );
}
