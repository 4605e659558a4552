/** Where a box listens: the till on this computer, receipts where the shop says. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { tillAt } from "../../src/adapters/http/guard.ts";
import { whileUp } from "../support/program.ts";

/** Stands for the shop's own network address: it isn't one of the names under which a till answers. */
const ownAddress = "127.0.0.2";

const statusOf = (url: string): Promise<number | undefined> =>
  new Promise((done, fail) => {
    request(url, (reply) => {
      reply.resume();
      done(reply.statusCode);
    })
      .once("error", fail)
      .end();
  });

test("told to listen on an address of the network, the box still has a till, and prints where", async (context) => {
  const data = mkdtempSync(join(tmpdir(), "chupiao-listen-"));
  context.after(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));
  await whileUp(["start", "--data", data, "--host", ownAddress], async (url) => {
    const { hostname, port } = new URL(url);
    assert.equal(hostname, "127.0.0.1");
    assert.equal(await statusOf(`${url}/api/till`), 200);
    assert.equal(await statusOf(`http://${ownAddress}:${port}/api/till`), 403);
    assert.equal(await statusOf(`http://${ownAddress}:${port}/r/no-such-receipt`), 404);
  });
});

test("the till's address can be opened, whatever the host", () => {
  assert.deepEqual(tillAt("127.0.0.1"), { host: "127.0.0.1", isExtra: false });
  assert.deepEqual(tillAt("LocalHost"), { host: "localhost", isExtra: false });
  assert.deepEqual(tillAt("::1"), { host: "[::1]", isExtra: false });
  assert.deepEqual(tillAt("0.0.0.0"), { host: "127.0.0.1", isExtra: false });
  assert.deepEqual(tillAt("::"), { host: "127.0.0.1", isExtra: false });
  assert.deepEqual(tillAt("192.168.1.20"), { host: "127.0.0.1", isExtra: true });
});
