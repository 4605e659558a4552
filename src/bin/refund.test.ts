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

const refund = (no: string, state: string) => ({ request_no: no, state, amount_fen: 300 });

/** `later`: what the sale looks like when it is asked for again. */
function boxWith(
  context: TestContext,
  asked: readonly ReturnType<typeof refund>[],
  later: readonly ReturnType<typeof refund>[],
  bodies: unknown[] = [],
): Promise<string> {
  const app = fastify();
  const sale = { sale_id: "S1", refundable_fen: 400 };
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
