/** What a command says and exits with where the address is wrong, or the box goes away in between. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttp, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { resolve } from "node:path";
import { test, type TestContext } from "node:test";
import fastify from "fastify";
import { problems } from "../adapters/http/server.ts";
import { awayOf } from "./away.ts";
import { startControlServer } from "../sandbox/servers/control/server.ts";

const program = resolve(import.meta.dirname, "chupiao.ts");

interface Said {
  readonly exit: number;
  readonly code: string;
  readonly message: string;
  readonly message_en: string;
}

function run(url: string, words: readonly string[]): Promise<Said> {
  return new Promise((done) => {
    execFile(process.execPath, [program, ...words, "--url", url, "--json"], (error, out) => {
      const said = (JSON.parse(out) as { error: Omit<Said, "exit"> }).error;
      done({ exit: error === null ? 0 : Number(error.code), ...said });
    });
  });
}

const sell = ["sell", "--amount", "4", "--code", "288888888888888801", "--wait", "0"];
const refund = ["refund", "S1", "--wait", "0"];
const status = ["printer", "status"];

async function portOf(context: TestContext, server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

const httpPort = (context: TestContext, answer: RequestListener): Promise<number> =>
  portOf(context, createHttp(answer));

test("where the address can't have taken anything, nothing is unknown: exit 1, check it", async (context) => {
  const plain = await httpPort(context, (_request, response) => response.end("{}"));
  // It hears the greeting and hangs up. A reset at this point would prove nothing by itself.
  const hangsUp = createServer((socket) => socket.once("data", () => socket.end()));
  const drops = await portOf(context, hangsUp);
  for (const url of [
    "http://no-such-host.invalid",
    "http://127.0.0.1:6000",
    `https://127.0.0.1:${plain}`,
    `https://127.0.0.1:${drops}`,
  ])
    for (const words of [sell, refund]) {
      const said = await run(url, words);
      assert.deepEqual([said.exit, said.code], [1, "box_away"], `${url} ${said.message_en}`);
      assert.match(said.message, /什么都没有发出，没有扣款.*请检查/);
      assert.match(said.message_en, /Nothing was sent and no money was taken.*Check the address/);
    }
});

test("a failure that may come after the request proves nothing", () => {
  const failed = (fields: object): Error =>
    new TypeError("fetch failed", { cause: Object.assign(new Error("x"), fields) });
  assert.equal(awayOf(failed({ code: "ECONNREFUSED", syscall: "connect" })), "not_listening");
  assert.equal(awayOf(failed({ code: "ETIMEDOUT", syscall: "connect" })), "no_way");
  // Killed while it was being connected to: the way there is fine.
  assert.equal(awayOf(failed({ code: "ECONNRESET", syscall: "connect" })), "not_listening");
  for (const code of ["ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH", "EPIPE"])
    assert.equal(awayOf(failed({ code, syscall: "read" })), "broken", code);
  assert.equal(awayOf(failed({ code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED" })), "broken");
  assert.equal(awayOf(new Error("anything")), "broken");
});

test("nobody there, an address with a path, an item that can't be read: no money was taken", async (context) => {
  const app = fastify();
  problems(app, () => {});
  context.after(() => app.close());
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const runs = [
    ["http://127.0.0.1:1", sell, "box_away"],
    [`${url}/x`, sell, "not_found"],
    [url, ["sell", "--code", "288888888888888801", "--item", "milk"], "item_not_readable"],
  ] as const;
  for (const [address, words, code] of runs) {
    const said = await run(address, words);
    assert.deepEqual([said.exit, said.code], [1, code]);
    assert.match(said.message, /没有扣款/);
    assert.match(said.message_en, /no money was taken/i);
  }
});

test("an address of another kind is refused, and a password in it isn't repeated", async () => {
  const other = await run("ftp://x", sell);
  assert.deepEqual([other.exit, other.code], [1, "bad_request"]);
  assert.match(other.message_en, /no http or https address, so nothing was done/);
  const secret = await run("http://me:hush@127.0.0.1:7080", sell);
  assert.deepEqual([secret.exit, secret.code], [1, "bad_request"]);
  assert.doesNotMatch(JSON.stringify(secret), /hush/);
});

test("a connection that breaks after the request was sent leaves the outcome unknown", async (context) => {
  const port = await httpPort(context, (request) => request.socket.destroy());
  const sold = await run(`http://127.0.0.1:${port}`, sell);
  assert.deepEqual([sold.exit, sold.code], [4, "outcome_unknown"]);
  const refunded = await run(`http://127.0.0.1:${port}`, refund);
  assert.deepEqual([refunded.exit, refunded.code], [4, "outcome_unknown"]);
  const looked = await run(`http://127.0.0.1:${port}`, status);
  assert.equal(looked.exit, 1);
  assert.match(looked.message_en, /changes nothing\. See that the box is running, then try again/);
  const tested = await run(`http://127.0.0.1:${port}`, ["printer", "test"]);
  assert.equal(tested.exit, 1);
  assert.match(tested.message_en, /isn't known whether this was done.*look first/);
});

test("a box that dies while a paper it took prints: that is ordered and may be out, exit 3", async (context) => {
  const loose = { id: "J1", slip: "day", state: "doubtful", copy: 0, cause: null };
  const paper = { job: loose, sale_id: null, name: { zh: "日结单", en: "day" }, replaced_by: null };
  const doubtful = { id: "J2", state: "doubtful" };
  const sale = { sale_id: "S1", receipt: { jobs: [doubtful] }, slips: [] };
  for (const [words, look, said] of [
    [["reprint", "S1"], "chupiao sales S1", /copy was ordered and may be out/],
    [["answer", "S1", "missing"], "chupiao sales S1", /copy was ordered and may be out/],
    [["answer", "S1", "printed"], "chupiao sales S1", /answer was noted/],
    [["answer", "day", "missing"], "chupiao printer status", /copy was ordered and may be out/],
    [["printer", "test"], "chupiao printer status", /test page was ordered and may be out/],
  ] as const) {
    let taken = false;
    const port = await httpPort(context, (request, response) => {
      if (taken) return void request.socket.destroy();
      taken = request.method === "POST";
      const isPrinter = request.url === "/api/printer";
      response.end(JSON.stringify(isPrinter ? { in_doubt: [paper] } : { ...sale, job_id: "J3" }));
    });
    const { exit, code, message_en: text } = await run(`http://127.0.0.1:${port}`, words);
    assert.deepEqual([exit, code], [3, "paper_unknown"], words.join(" "));
    assert.match(text, said);
    assert.ok(text.includes(look), text);
    assert.doesNotMatch(text, /changes nothing/);
  }
});

test("a proxy that had no answer from the box leaves the outcome unknown", async (context) => {
  const port = await httpPort(context, (_request, response) => {
    response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
  });
  const sold = await run(`http://127.0.0.1:${port}`, sell);
  assert.deepEqual([sold.exit, sold.code], [4, "outcome_unknown"]);
});

test("a box that broke off and isn't found there again leaves the outcome unknown", async (context) => {
  let asked = 0;
  const port = await httpPort(context, (request, response) => {
    asked += 1;
    if (asked === 1) request.socket.destroy();
    else response.writeHead(404, { "content-type": "text/html" }).end("<h1>Nobody</h1>");
  });
  const sold = await run(`http://127.0.0.1:${port}`, [...sell.slice(0, -1), "1"]);
  assert.deepEqual([sold.exit, sold.code], [4, "outcome_unknown"]);
  assert.ok(asked > 1);
});

test("the sandbox's address is no till: a sentence, and nothing was done", async (context) => {
  const sandbox = await startControlServer(0, []);
  context.after(() => sandbox.close());
  for (const words of [sell, refund, status, ["sales"]]) {
    const said = await run(sandbox.url, words);
    assert.deepEqual([said.exit, said.code], [1, "not_a_box"], words[0]);
    assert.match(said.message, /不是收银程序的地址.*沙盒/);
    assert.match(said.message_en, /no Chupiao box.*sandbox/);
  }
});
