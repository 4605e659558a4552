/** `chupiao reprint` answers about the paper that was asked for, whatever else there is to say of the sale. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { test, type TestContext } from "node:test";
import fastify from "fastify";

const program = resolve(import.meta.dirname, "chupiao.ts");
const refunded = { zh: "已收款，其中已退款 ￥3.00，实收 ￥7.00。不要再收。", en: "Paid" };

interface Said {
  readonly code: number;
  readonly out: string;
  readonly complaint: string;
}

test("with another copy ordered in the meantime it names its own, and how that came out", async (context) => {
  const app = fastify();
  const copy = (no: number, state: string) => ({
    id: `J${no}`,
    state,
    copy: no,
    hold: null,
    cause: null,
    proof: null,
  });
  const saleOf = (...jobs: readonly ReturnType<typeof copy>[]) => ({
    sale_id: "S1",
    outcome: "paid",
    receipt: { number: "T01-000001", opened_at: null, job: jobs.at(-1), jobs },
    attempt: null,
    cause: null,
    advice: refunded,
  });
  app.post("/api/sales/:id/reprint", () => saleOf(copy(1, "confirmed"), copy(2, "queued")));
  app.get("/api/sales/:id", () =>
    saleOf(copy(1, "confirmed"), copy(2, "confirmed"), copy(3, "doubtful")),
  );
  context.after(() => app.close());
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const run = (...more: readonly string[]): Promise<readonly [number, string]> =>
    new Promise((done) => {
      execFile(process.execPath, [program, "reprint", "S1", "--url", url, ...more], (error, said) =>
        done([error === null ? 0 : Number(error.code), said]),
      );
    });
  const [code, said] = await run();
  assert.match(said, /^补打 第 2 次：已出票/);
  assert.equal(code, 0);
  const { receipt } = JSON.parse((await run("--json"))[1]) as { receipt: object };
  assert.deepEqual(
    { ...receipt, number: "" },
    { number: "", copy: 2, job: "confirmed", proof: null, hold: null, opened_at: null },
  );
});

/** Of a box that takes the order, and then answers about it or is gone. */
async function reprint(context: TestContext, copy: number, isGone: boolean): Promise<Said> {
  const app = fastify();
  const job = { id: "J2", state: "confirmed", copy, hold: null, cause: null };
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
  app.get("/api/sales/:id", ({ raw }) => (isGone ? raw.destroy() : sale));
  context.after(() => app.close());
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const words = [program, "reprint", "S1", "--url", url];
  return new Promise((done) => {
    execFile(process.execPath, words, (error, out, complaint) =>
      done({ code: error === null ? 0 : Number(error.code), out, complaint }),
    );
  });
}

test("reprint of a partly refunded sale says first what became of the copy", async (context) => {
  const { code, out } = await reprint(context, 1, false);
  const [first, inEnglish, number, ...advice] = out.trim().split("\n");
  assert.match(first ?? "", /^补打 第 1 次：已出票/);
  assert.match(inEnglish ?? "", /^Copy no\. 1: /);
  assert.match(number ?? "", /T01-000001/);
  assert.deepEqual(advice, [refunded.zh, refunded.en]);
  assert.equal(code, 0);
});

for (const [copy, zh, en] of [
  [0, /^小票已经送去打印/, /^The receipt was ordered/m],
  [1, /^补打 第 1 次已经送去打印/, /^Copy no\. 1 was ordered/m],
] as const)
  test(`where the box went away after the order, the paper keeps its name: ${copy}`, async (context) => {
    const { code, complaint } = await reprint(context, copy, true);
    assert.match(complaint, zh);
    assert.match(complaint, en);
    assert.equal(code, 3);
  });
