/** The shop's limit in config.json: yuan as a text, whole fen inside. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readBoxConfig } from "./config.ts";

const data = mkdtempSync(join(tmpdir(), "chupiao-config-"));
after(() => rmSync(data, { recursive: true }));

const limitWith = (config: unknown): number => {
  writeFileSync(join(data, "config.json"), JSON.stringify(config));
  return readBoxConfig(data).amount_max;
};

test("the most of one sale: 50000 yuan, or as set; what is no amount is named", () => {
  assert.equal(limitWith({}), 5_000_000);
  assert.equal(limitWith({ amount_max: "600" }), 60_000);
  for (const wrong of ["-5", "0", "viel", 600, null])
    assert.throws(() => limitWith({ amount_max: wrong }), /amount_max: /);
});
