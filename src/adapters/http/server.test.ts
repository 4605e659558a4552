/** Requests that no page of ours sends: a body's type without a body, a path that leads out of the pages. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { test } from "node:test";
import type { RecordsDesk } from "../../ports/records.ts";
import type { Till } from "../../ports/till.ts";
import { type BoxServer, startBoxServer } from "./server.ts";

const serverWith = (pages: string, records = {} as RecordsDesk): Promise<BoxServer> =>
  startBoxServer({
    host: "127.0.0.1",
    port: 0,
    till: {} as Till,
    records,
    counter: null,
    pages,
    version: "0.0.0",
    account: null,
    log: () => {},
  });

test("a path that leads out of the pages has nothing at its end", async (context) => {
  const pages = mkdtempSync(join(tmpdir(), "chupiao-pages-"));
  context.after(() => rmSync(pages, { recursive: true }));
  const server = await serverWith(pages);
  context.after(() => server.close());
  // As it stands: fetch would take the dots out of it.
  const reply = await new Promise<IncomingMessage>((done, failed) => {
    get({ port: server.port, path: "/r/../api/till" }, done).once("error", failed);
  });
  const problem = (await json(reply)) as { readonly code: string };
  assert.deepEqual([reply.statusCode, problem.code], [404, "not_found"]);
});

test("a DELETE works, and a POST that needs its body is told so by the API", async (context) => {
  const removed: string[] = [];
  const records = {
    removeNotice: async (id: string) => ({ ok: true, value: removed.push(id) }),
  } as unknown as RecordsDesk;
  const server = await serverWith("no such folder", records);
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
