/** The till's API. Every write is a command with an Idempotency-Key; every answer is a view or a problem. */
import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { fen } from "../../core/money/money.ts";
import type { RefundAnswer } from "../../core/till/view.ts";
import type { Till, TillCommand } from "../../ports/till.ts";
import {
  answerBody,
  attemptBody,
  chargeOf,
  closeBody,
  countedOf,
  idParams,
  listQuery,
  operatorBody,
  pinOf,
  probeBody,
  refundAmountOf,
  refundBody,
  requiredAmountOf,
  saleBody,
  sellBody,
  signOnBody,
  waitQuery,
} from "./input.ts";
import { inputHashOf } from "./input-hash.ts";
import { diagnosisRoutes } from "./diagnosis-routes.ts";
import { guardKeys, Once } from "./once.ts";
import { RefusedError, valueOf } from "./problem.ts";
import { refundNoOf } from "./refund-no.ts";

const commands: Readonly<Record<string, TillCommand>> = {
  query: "query",
  "charge-again": "charge_again",
  reverse: "reverse",
  abandon: "abandon",
  "pay-otherwise": "pay_otherwise",
  "goods-left": "goods_left",
  "waive-paper": "waive_paper",
  "pending-slip": "pending_slip",
  reprint: "reprint",
};

export function tillRoutes(bare: FastifyInstance, till: Till): void {
  const once = new Once();
  guardKeys(bare);
  const app = bare.withTypeProvider<ZodTypeProvider>();
  app.get("/api/till", async () => till.view());
  app.get("/api/operators", async () => ({ data: till.operators() }));
  app.get("/api/printer", async () => till.printer());
  app.get("/api/day", async () => till.day());
  saleReads(bare, till);
  saleWrites(bare, till, once);
  diagnosisRoutes(bare, till, once);

  app.get("/api/jobs/:id", { schema: { params: idParams } }, async (request) => {
    const job = till.job(request.params.id);
    if (job === null) throw new RefusedError("receipt_not_found");
    return job;
  });
  app.post("/api/jobs/:id/answer", { schema: { params: idParams, body: answerBody } }, (request) =>
    once.do(request, async () =>
      valueOf(await till.answerPrinted(request.params.id, request.body.printed)),
    ),
  );
  app.post("/api/printer/probe", { schema: { body: probeBody } }, (request) =>
    once.do(request, async () => valueOf(await till.probePrinter(request.body.may_print_stray))),
  );
  app.post("/api/printer/test", (request) =>
    once.do(request, async () => valueOf(await till.printTest())),
  );
  app.post("/api/sign-on", { schema: { body: signOnBody } }, async (request) =>
    valueOf(await till.signOn(request.body.operator_no, request.body.pin)),
  );
  app.post("/api/sign-off", async () => {
    await till.signOff();
    return till.view();
  });
  app.post("/api/operators", { schema: { body: operatorBody } }, async (request) => {
    const { pin, ...operator } = request.body;
    valueOf(await till.setOperator(operator, pinOf(pin)));
    return { data: till.operators() };
  });
  app.post("/api/day/close", { schema: { body: closeBody } }, (request) =>
    once.do(request, async () => {
      const { counted_cash: cash, counted_slips: slips } = request.body;
      const { carry_over: carryOver, refuse_empty: refuseEmpty } = request.body;
      const cashFen = cash === undefined ? null : countedOf(cash);
      const asked = requestOf(request, request.body);
      return valueOf(await till.closeDay(cashFen, slips ?? null, carryOver, refuseEmpty, asked));
    }),
  );
}

function saleReads(bare: FastifyInstance, till: Till): void {
  const app = bare.withTypeProvider<ZodTypeProvider>();
  app.get("/api/sales", { schema: { querystring: listQuery } }, async (request) => {
    const { query, cursor, limit } = request.query;
    if (query !== undefined && query.trim() !== "") {
      const saleId = till.sale(query.trim()) === null ? till.find(query.trim()) : query.trim();
      const found = saleId === null ? null : till.summary(saleId);
      return { data: found === null ? [] : [found], next_cursor: null };
    }
    const { data, next } = till.list(limit, cursor ?? null);
    return { data, next_cursor: next };
  });
  app.get(
    "/api/sales/:id",
    { schema: { params: idParams, querystring: waitQuery } },
    async (request) => {
      const saleId = saleIdOf(till, request.params.id);
      const sale =
        request.query.wait_ms > 0
          ? await till.settled(saleId, request.query.wait_ms)
          : till.sale(saleId);
      if (sale === null) throw new RefusedError("sale_not_found");
      return sale;
    },
  );
  app.get("/api/sales/:id/events", { schema: { params: idParams } }, async (request) => ({
    data: await till.history(saleIdOf(till, request.params.id)),
  }));
  app.get("/api/sales/:id/paper", { schema: { params: idParams } }, async (request) => ({
    lines: till.paper(saleIdOf(till, request.params.id)),
  }));
}

function saleWrites(bare: FastifyInstance, till: Till, once: Once): void {
  const app = bare.withTypeProvider<ZodTypeProvider>();
  app.post("/api/sales", { schema: { body: saleBody } }, async (request, reply) => {
    const sale = valueOf(await till.open(saleInput(request, request.body)));
    return reply.code(201).send(sale);
  });
  app.post("/api/sell", { schema: { body: sellBody } }, async (request) => {
    const { wait_ms: waitMs, ...body } = request.body;
    const sale = valueOf(await till.sell(saleInput(request, body), chargeOf(body)));
    return waitMs > 0 ? ((await till.settled(sale.sale_id, waitMs)) ?? sale) : sale;
  });
  app.post(
    "/api/sales/:id/attempts",
    { schema: { params: idParams, body: attemptBody } },
    (request) =>
      once.do(request, async () => {
        const saleId = saleIdOf(till, request.params.id);
        const { accept_e_receipt: acceptsElectronic } = request.body;
        return valueOf(await till.charge(saleId, chargeOf(request.body), acceptsElectronic));
      }),
  );
  app.post(
    "/api/sales/:id/refunds",
    { schema: { params: idParams, body: refundBody } },
    async (request): Promise<RefundAnswer> => {
      const key = keyOf(request) ?? randomUUID();
      const requestNo = refundNoOf(
        till.view().issuer.terminal_no,
        key,
        (earlier) => till.find(earlier) !== null,
      );
      const sale = valueOf(
        await till.refund(
          saleIdOf(till, request.params.id),
          refundAmountOf(request.body),
          request.body.reason,
          requestNo,
          request.body.of ?? null,
        ),
      );
      return { ...sale, refund_request_no: requestNo };
    },
  );
  for (const [path, command] of Object.entries(commands)) {
    app.post(
      `/api/sales/:id/${path}`,
      { schema: { params: idParams, body: z.object({}).nullish() } },
      (request) =>
        once.do(request, async () =>
          valueOf(await till.command(saleIdOf(till, request.params.id), command)),
        ),
    );
  }
}

/** Any number that a person has in hand names the sale. */
function saleIdOf(till: Till, number: string): string {
  const saleId = till.sale(number) === null ? till.find(number) : number;
  if (saleId === null) throw new RefusedError("sale_not_found");
  return saleId;
}

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers["idempotency-key"];
  return typeof key === "string" && key !== "" ? key : null;
}

/** Null without an Idempotency-Key. */
function requestOf(
  request: FastifyRequest,
  body: Readonly<Record<string, unknown>>,
): Parameters<Till["open"]>[0]["request"] {
  const key = keyOf(request);
  return key === null ? null : { key, inputHash: inputHashOf(request.routeOptions.url, body) };
}

function saleInput(
  request: FastifyRequest,
  body: z.infer<typeof saleBody>,
): Parameters<Till["open"]>[0] {
  const items = body.items.map(({ name, quantity, price_fen: priceFen }) => ({
    name,
    quantity,
    priceFen: fen(priceFen),
  }));
  return {
    amountFen: requiredAmountOf(body, items),
    items,
    acceptsElectronic: body.accept_e_receipt,
    operatorNo: null,
    request: requestOf(request, body),
  };
}
