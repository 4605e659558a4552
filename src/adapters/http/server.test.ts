/** A request that names the type of a body that it doesn't send. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordsDesk } from "../../ports/records.ts";
import type { Till } from "../../ports/till.ts";
import { startBoxServer } from "./server.ts";

test("a DELETE works, and a POST that needs its body is told so by the API", async (context) => {
  const removed: string[] = [];
  const records = {
    removeNotice: async (id: string) => ({ ok: true, value: removed.push(id) }),
  } as unknown as RecordsDesk;
  const server = await startBoxServer({
    host: "127.0.0.1",
    port: 0,
    till: {} as Till,
    records,
    counter: null,
    pages: "no such folder",
    version: "0.0.0",
    account: null,
    log: () => {},
  });
  context.after(() => server.close());
  const headers = { "content-type": "application/json", "idempotency-key": "K-1" };
  const gone = await fetch(`${server.url}/api/notices/N1`, { method: "DELETE", headers });
  assert.deepEqual([gone.status, removed], [200, ["N1"]]);
  const bare = await fetch(`${server.url}/api/sell`, { method: "POST", headers });
  const { code } = (await bare.json()) as { code: string };
  assert.deepEqual([bare.status, code], [400, "bad_request"]);
  const broken = { method: "POST", headers, body: "{" };
  const problem = await (await fetch(`${server.url}/api/sell`, broken)).json();
  assert.equal((problem as { code: string }).code, "bad_json");
});
