import assert from "node:assert/strict";
import { test } from "node:test";
import { incidentsCommand } from "./diagnose.ts";
import { InputError } from "./input-error.ts";

test("incidents with an empty number says what to write, and asks no box", async () => {
  const words = [" ", "--url", "http://127.0.0.1:1"];
  const refused = await incidentsCommand()
    .parseAsync(words, { from: "user" })
    .catch((error: unknown) => error);
  assert.ok(refused instanceof InputError, String(refused));
  assert.match(refused.text.zh, /没有写是哪个事件.*CP-1129-0007/);
  assert.match(refused.text.en, /no incident is named/);
});
