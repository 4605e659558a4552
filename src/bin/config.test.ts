import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Text } from "../core/text/text.ts";
import { readBoxConfig } from "./config.ts";
import { InputError } from "./output.ts";

function folderWith(t: TestContext, config: string | null): string {
  const data = mkdtempSync(join(tmpdir(), "config-"));
  t.after(() => rmSync(data, { recursive: true }));
  const path = join(data, "config.json");
  if (config === null) mkdirSync(path);
  else writeFileSync(path, config);
  return data;
}

function refusal(t: TestContext, config: string | null): Text {
  const data = folderWith(t, config);
  try {
    readBoxConfig(data);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.text;
  }
  return assert.fail("it was accepted");
}

test("a byte order mark is no fault", (t) => {
  const data = folderWith(t, '\uFEFF{"terminal": {"id": "T07"}}');
  assert.equal(readBoxConfig(data).terminal.id, "T07");
});

test("each wrong setting is named in one language a sentence, without a pattern", (t) => {
  const wrong = {
    merchant: { id: "a b", name: 7 },
    terminal: { id: "T-1" },
    printer: { paper_mm: 70, adress: "x" },
    receipt_base: "nowhere",
    confirm_paid: "maybe",
    time_factor: 0,
  };
  const { zh, en } = refusal(t, JSON.stringify(wrong));
  assert.match(zh, /terminal\.id：要是1 到 8 个字母或数字/);
  assert.match(zh, /merchant\.name：要是文字/);
  assert.match(zh, /printer：没有 adress 这个设置/);
  assert.match(zh, /printer\.paper_mm：要是58 或 80/);
  assert.match(zh, /time_factor：至少是 1/);
  assert.match(en, /confirm_paid: must be before_receipt or background or off/);
  assert.doesNotMatch(zh + en, /undefined|\^|NaN|Invalid/);
  assert.doesNotMatch(en.replace(/^.*\n/, ""), /[\u4e00-\u9fff]/);
});

test("no JSON and no file are said", (t) => {
  assert.match(refusal(t, "{ terminal }").zh, /不是有效的 JSON/);
  assert.match(refusal(t, null).zh, /文件夹/);
});

test("the most of one sale: 50000 yuan, or as set; what is no amount is named", (t) => {
  const limitWith = (config: unknown): number =>
    readBoxConfig(folderWith(t, JSON.stringify(config))).amount_max;
  assert.equal(limitWith({}), 5_000_000);
  assert.equal(limitWith({ amount_max: "600" }), 60_000);
  for (const wrong of ["-5", "0", "viel", 600, null])
    assert.match(refusal(t, JSON.stringify({ amount_max: wrong })).en, /amount_max: /);
});
