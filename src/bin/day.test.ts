/** A close that is refused names the sales that stand in the way, to people and to programs. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import fastify from "fastify";
import { REFUSALS } from "../core/rules/refusals.ts";

const program = resolve(import.meta.dirname, "chupiao.ts");
const why = { zh: "电子小票还没打开", en: "E-receipt not opened yet" };
const open = [{ sale_id: "S1", order_no: "O1", amount_fen: 500, why }];

test("day close: a refusal holds the open sales, with --json too", async (context) => {
  const app = fastify();
  const code = "day_has_open_sales";
  const { status, text } = REFUSALS[code];
  app.get("/api/day", () => ({ open_sales: open }));
  app.post("/api/day/close", (_request, reply) =>
    reply.code(status).send({ type: `urn:chupiao:problem:${code}`, code, text }),
  );
  context.after(() => app.close());
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const closed = (...more: readonly string[]) =>
    new Promise<readonly [string, string]>((done) => {
      const words = [program, "day", "close", "--url", url, ...more];
      execFile(process.execPath, words, (_error, out, complaint) => done([out, complaint]));
    });
  const [json] = await closed("--json");
  const said = JSON.parse(json) as { error: { code: string }; open_sales: unknown };
  assert.equal(said.error.code, code);
  assert.deepEqual(said.open_sales, open);
  const [, complaint] = await closed();
  assert.match(complaint, /O1 {2}电子小票还没打开/);
  assert.match(complaint, /再收、改收现金、取消/);
});
