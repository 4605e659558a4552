/** `chupiao answer` finds the paper that is meant, or asks; it never answers for another one. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { test, type TestContext } from "node:test";
import fastify from "fastify";

const program = resolve(import.meta.dirname, "chupiao.ts");

const paper = (id: string, slip: string, zh: string, saleId: string | null = null) => ({
  job: { id, slip, state: "doubtful", copy: 0, cause: null },
  sale_id: saleId,
  name: { zh, en: zh },
  replaced_by: null,
});
const papers = [
  paper("J1", "day", "日结单 2026-11-01 第 1 号"),
  paper("J2", "day", "日结单 2026-11-02 第 2 号"),
  paper("J3", "case", "求助凭条 T01-1102-01"),
  paper("J4", "refund", "退款凭条 T01-000001", "S1"),
];

/** Gives the exit code and which jobs were answered. */
async function answer(context: TestContext, name: string): Promise<readonly [number, string[]]> {
  const app = fastify();
  const answered: string[] = [];
  const sale = { sale_id: "S1", outcome: "paid", receipt: { jobs: [papers[3]?.job] }, slips: [] };
  const whole = { ...sale, attempt: null, cause: null, advice: { zh: "", en: "" } };
  app.get("/api/printer", () => ({ in_doubt: papers }));
  app.get("/api/jobs/:id", () => ({
    ...papers[0],
    job: { ...papers[0]?.job, state: "confirmed" },
  }));
  app.get("/api/sales/:id", (request, reply) => {
    const { id } = request.params as { id: string };
    if (id === "S1" || id === "T01-000001") return whole;
    return reply.code(404).send({ code: "sale_not_found", text: { zh: "没有", en: "none" } });
  });
  app.post("/api/jobs/:id/answer", (request) => {
    answered.push((request.params as { id: string }).id);
    return {};
  });
  context.after(() => app.close());
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const words = [program, "answer", name, "printed", "--url", url, "--json"];
  const code = await new Promise<number>((done) => {
    execFile(process.execPath, words, (error) => done(error === null ? 0 : Number(error.code)));
  });
  return [code, answered];
}

for (const [name, job] of [
  ["J2", "J2"],
  ["日结单 2026-11-01 第 1 号", "J1"],
  ["2026-11-02", "J2"],
  ["求助凭条", "J3"],
  ["case", "J3"],
  ["T01-1102-01", "J3"],
  ["J4", "J4"],
  ["T01-000001", "J4"],
] as const)
  test(`${name} is ${job}`, async (context) => {
    assert.deepEqual((await answer(context, name))[1], [job]);
  });

for (const [name, why] of [
  ["day", "two are meant"],
  ["日结单", "two are meant"],
  ["test", "none is in doubt"],
  ["T01-999999", "there is no such sale"],
] as const)
  test(`${name}: ${why}, so nothing is answered`, async (context) => {
    assert.deepEqual(await answer(context, name), [1, []]);
  });
