/** What people outside the shop may reach: the customer's receipt and the provider's notification. Nothing else. */
import type { FastifyInstance } from "fastify";
import type { Counter } from "../../ports/till.ts";
import { pageHeaders } from "./guard.ts";
import { receiptNotFoundPage, receiptPage } from "./receipt-page.ts";

const tokenForm = /^[A-Za-z0-9_-]{16,64}$/;

export function publicRoutes(app: FastifyInstance, counter: Counter): void {
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
        : receiptPage(receipt, await counter.receiptRefunds(token), `/r/${token}/opened`);
    return reply
      .code(receipt === null ? 404 : 200)
      .headers(pageHeaders)
      .type("text/html; charset=utf-8")
      .send(html);
  });
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
