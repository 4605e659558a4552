/** `chupiao reprint` answers about the copy that was asked for, whatever else there is to say of the sale. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import fastify from "fastify";

const program = resolve(import.meta.dirname, "chupiao.ts");
const refunded = { zh: "已收款，其中已退款 ￥3.00，实收 ￥7.00。不要再收。", en: "Paid" };

test("reprint of a partly refunded sale says first what became of the copy", async (context) => {
  const app = fastify();
  const job = { id: "J2", state: "confirmed", copy: 1, hold: null, cause: null };
  const receipt = { number: "T01-000001", opened_at: null, job, jobs: [job] };
  const sale = {
    sale_id: "S1",
    outcome: "paid",
    receipt,
    attempt: null,
    cause: null,
    advice: refunded,
  };
  app.post("/api/sales/:id/reprint", () => sale);
  app.get("/api/sales/:id", () => sale);
  context.after(() => app.close());
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const words = [program, "reprint", "S1", "--url", url];
  const [code, out] = await new Promise<readonly [number, string]>((done) => {
    execFile(process.execPath, words, (error, said) =>
      done([error === null ? 0 : Number(error.code), said]),
    );
  });
  const [first, inEnglish, number, ...advice] = out.trim().split("\n");
  assert.match(first ?? "", /^补打 第 1 次：已出票/);
  assert.match(inEnglish ?? "", /^Copy no\. 1: /);
  assert.match(number ?? "", /T01-000001/);
  assert.deepEqual(advice, [refunded.zh, refunded.en]);
  assert.equal(code, 0);
});
