/** `chupiao refund` tells of the refund that was asked for, also where the sale has later ones. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { test, type TestContext } from "node:test";
import fastify from "fastify";

const program = resolve(import.meta.dirname, "chupiao.ts");

interface Refunded {
  readonly code: number;
  readonly refund: { readonly request_no: string; readonly state: string } | null;
}

function refundAt(url: string, ...more: readonly string[]): Promise<Refunded> {
  const base = ["refund", "S1", "--url", url, "--request", "K-1", "--wait", "20", "--json"];
  const words = [...base, ...more];
  return new Promise((done) => {
    execFile(process.execPath, [program, ...words], (error, out) => {
      const { refund } = JSON.parse(out) as Refunded;
      done({ code: error === null ? 0 : Number(error.code), refund });
    });
  });
}

const refund = (no: string, state: string, cause: object | null = null) => ({
  request_no: no,
  state,
  amount_fen: 300,
  cause,
});

/** What a person reads, line by line. */
function refundSaid(url: string): Promise<{ readonly code: number; readonly said: string[] }> {
  const words = ["refund", "S1", "--url", url, "--request", "K-1", "--wait", "20"];
  return new Promise((done) => {
    execFile(process.execPath, [program, ...words], (error, out) =>
      done({ code: error === null ? 0 : Number(error.code), said: out.trim().split("\n") }),
    );
  });
}

/** `later`: what the sale looks like when it is asked for again. */
function boxWith(
  context: TestContext,
  asked: readonly ReturnType<typeof refund>[],
  later: readonly ReturnType<typeof refund>[],
  bodies: unknown[] = [],
): Promise<string> {
  const app = fastify();
  const sale = { sale_id: "S1", refundable_fen: 400, refund_open_fen: 0 };
  app.post("/api/sales/:id/refunds", ({ body }) => {
    bodies.push(body);
    return { ...sale, refunds: asked, refund_request_no: "R1" };
  });
  app.get("/api/sales/:id", () => ({ ...sale, refunds: later }));
  context.after(() => app.close());
  return app.listen({ host: "127.0.0.1", port: 0 });
}

test("a repeat of an earlier refund tells that one's outcome", async (context) => {
  const refunds = [refund("R1", "done"), refund("R2", "refused")];
  const { code, refund: told } = await refundAt(await boxWith(context, refunds, refunds));
  assert.deepEqual([code, told?.request_no, told?.state], [0, "R1", "done"]);
});

test("it waits for its own refund, not for the last one", async (context) => {
  const asked = [refund("R1", "unknown"), refund("R2", "done")];
  const later = [refund("R1", "refused"), refund("R2", "done")];
  const { code, refund: told } = await refundAt(await boxWith(context, asked, later));
  assert.deepEqual([code, told?.request_no, told?.state], [2, "R1", "refused"]);
});

test("it always says which money it means: the sale's, or with --extra the extra payment", async (context) => {
  const done = [refund("R1", "done")];
  const bodies: unknown[] = [];
  const url = await boxWith(context, done, done, bodies);
  await refundAt(url, "--amount", "3");
  await refundAt(url, "--extra");
  assert.deepEqual(bodies, [
    { reason: "顾客退货", of: "sale", amount_fen: 300 },
    { reason: "多到账的一笔，退回顾客", of: "extra" },
  ]);
});

test("a refused one says why, and what to do before the next try", async (context) => {
  const cause = {
    family: "merchant",
    code: "ACQ.SELLER_BALANCE_NOT_ENOUGH",
    title: { zh: "商户余额不足", en: "Shop's balance too low" },
    cashier: { zh: "请店主充值后再退。", en: "The owner tops up, then refund again." },
  };
  const refused = [refund("R1", "refused", cause)];
  assert.deepEqual(await refundSaid(await boxWith(context, refused, refused)), {
    code: 2,
    said: [
      "退款 ￥3.00：被拒绝，还可退 ￥4.00",
      "Refund of ￥3.00: refused; ￥4.00 more can be refunded",
      "原因：商户余额不足（ACQ.SELLER_BALANCE_NOT_ENOUGH）",
      "Cause: Shop's balance too low (ACQ.SELLER_BALANCE_NOT_ENOUGH)",
      "请店主充值后再退。",
      "The owner tops up, then refund again.",
    ],
  });
});
