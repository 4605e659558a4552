import assert from "node:assert/strict";
import { test } from "node:test";
import { sharedLookup } from "./lookup.ts";

const ask = (name: string, all: boolean): Promise<unknown> =>
  new Promise((done) => {
    sharedLookup(name, { all }, (error, found) => done(error === null ? found : error.code));
  });

test("names are found in both forms that sockets ask for, and questions at once share one answer", async () => {
  const [one, all] = await Promise.all([ask("localhost", false), ask("localhost", true)]);
  assert.ok(one === "127.0.0.1" || one === "::1");
  assert.ok(Array.isArray(all) && all.length > 0);
  assert.equal(await ask("localhost", false), one);
});

test("a name that isn't there is an error for all who asked", async () => {
  const answers = await Promise.all([ask("no.such.invalid", false), ask("no.such.invalid", true)]);
  for (const code of answers) assert.match(String(code), /^(ENOTFOUND|EAI_AGAIN)$/);
});
