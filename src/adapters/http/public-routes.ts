/**
 * What people outside the shop may reach: the customer's receipt, a report whose address they were shown, and the
 * provider's notification. Nothing else.
 */
import type { FastifyInstance } from "fastify";
import type { Counter } from "../../ports/till.ts";
import type { Casebook } from "../../ports/casebook.ts";
import { pageHeaders, plainHeaders } from "./guard.ts";
import { reportGonePage, reportPage } from "./report-page.ts";
import { inSightPath, inSightScript, receiptNotFoundPage, receiptPage } from "./receipt-page.ts";

const tokenForm = /^[A-Za-z0-9_-]{16,64}$/;

/** `casebook`: of the till in this very box; null where tills are elsewhere. */
export function publicRoutes(
  app: FastifyInstance,
  counter: Counter,
  casebook: Pick<Casebook, "sharedReport"> | null,
): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: 65_536 },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
  app.get<{ Params: { token: string } }>("/r/:token", async (request, reply) => {
    const { token } = request.params;
    const receipt = tokenForm.test(token) ? await counter.electronicReceipt(token) : null;
    const html =
      receipt === null
        ? receiptNotFoundPage()
        : receiptPage(receipt, await counter.receiptMoney(token), `/r/${token}/opened`);
    return reply
      .code(receipt === null ? 404 : 200)
      .headers(pageHeaders)
      .type("text/html; charset=utf-8")
      .send(html);
  });
  app.get(inSightPath, async (_request, reply) =>
    reply.headers(pageHeaders).type("text/javascript; charset=utf-8").send(inSightScript),
  );
  app.get<{ Params: { token: string }; Querystring: { lang?: string } }>(
    "/r/report/:token",
    async (request, reply) => {
      const { token } = request.params;
      const report = tokenForm.test(token) ? (casebook?.sharedReport(token) ?? null) : null;
      const lang = request.query.lang === "en" ? "en" : "zh";
      const other = `/r/report/${token}?lang=${lang === "zh" ? "en" : "zh"}`;
      const html =
        report === null ? reportGonePage() : reportPage(report, lang, { other, json: null });
      return reply
        .code(report === null ? 404 : 200)
        .headers(plainHeaders)
        .type("text/html; charset=utf-8")
        .send(html);
    },
  );
  app.post<{ Params: { token: string } }>("/r/:token/opened", async (request, reply) => {
    const receipt = tokenForm.test(request.params.token)
      ? await counter.receiptOpened(request.params.token)
      : null;
    if (receipt === null)
      return reply
        .code(404)
        .headers(pageHeaders)
        .type("text/html; charset=utf-8")
        .send(receiptNotFoundPage());
    return reply.redirect(`/r/${request.params.token}`, 303);
  });
  // Exactly `success`, seven characters, or the provider sends it again (facts alipay A3).
  app.post("/notify/alipay", async (request, reply) => {
    const handled = await counter.notified((request.body ?? {}) as Record<string, string>);
    return reply.type("text/plain").send(handled ? "success" : "fail");
  });
}
