/** Enrolling where no hub, or not this hub, is: a sentence, and nothing is kept. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { InputError } from "./input-error.ts";
import { homeOf } from "./terminal-home.ts";

async function refusalAt(context: TestContext, hub: string): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), "chupiao-enrol-"));
  context.after(() => rmSync(data, { recursive: true }));
  const refused = await homeOf(data, { hub, enrol: "7K3M-PQ9X-0D2F-HV8T" }).catch(
    (error: unknown) => error,
  );
  assert.ok(refused instanceof InputError, String(refused));
  assert.equal(refused.code, "hub_not_reached");
  assert.deepEqual(readdirSync(data), []);
  return refused.message;
}

test("no hub there: nothing was enrolled, the code is still good, and what to look at", async (context) => {
  const said = await refusalAt(context, "http://127.0.0.1:1");
  assert.match(said, /连不上中心 http:\/\/127\.0\.0\.1:1，没有登记，登记码还没有用掉/);
  assert.match(said, /nothing was enrolled and the code is still unused.*ECONNREFUSED/);
});

test("what can't be a code isn't sent to any hub, nor repeated", async (context) => {
  const data = mkdtempSync(join(tmpdir(), "chupiao-enrol-"));
  context.after(() => rmSync(data, { recursive: true }));
  for (const code of ["", "7K3M", "7K3M-PQ9X-0D2F-HV8U", "7K3M-PQ9X-0D2F-HV8T-1"]) {
    const refused = await homeOf(data, { hub: "http://127.0.0.1:1", enrol: code }).catch(
      (error: unknown) => error,
    );
    assert.ok(refused instanceof InputError, String(refused));
    assert.equal(refused.code, "bad_request");
    assert.match(refused.text.zh, /登记码写得不对，没有发给中心，没有登记.*四组、每组四位/);
    assert.match(refused.text.en, /nothing was sent to the hub.*four groups of four/);
    if (code !== "") assert.equal(refused.message.includes(`${code} `), false);
  }
});

test("another server, and one that breaks off", async (context) => {
  const hangsUp = { now: false };
  const server = createServer((request, response) => {
    if (hangsUp.now) request.socket.destroy();
    else response.end("hello");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  context.after(() => server.close());
  const hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  assert.match(await refusalAt(context, hub), /isn't the hub that gave out this code/);
  hangsUp.now = true;
  assert.match(await refusalAt(context, hub), /isn't known whether this till was enrolled/);
});
