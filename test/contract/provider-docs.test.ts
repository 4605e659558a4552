/** What the page about real keys says is what the configuration takes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CHECK_TEXT } from "../../src/adapters/provider/alipay/check-text.ts";
import { checkSettings } from "../../src/adapters/provider/alipay/config.ts";
import { FIELDS } from "../../src/adapters/provider/alipay/config-text.ts";

const page = readFileSync("docs/operating/real-keys.md", "utf8");

test("every setting, its variable and every finding are on the page", () => {
  for (const [field, { env }] of Object.entries(FIELDS)) {
    assert.ok(page.includes(`| \`${field}\` | \`${env}\` |`), field);
  }
  for (const finding of Object.keys(CHECK_TEXT))
    assert.ok(page.includes(`\`${finding}\``), finding);
});

test("the examples lack nothing but their key files", () => {
  const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = ""]) => text);
  assert.equal(examples.length, 2);
  for (const example of examples) {
    const settings = JSON.parse(example) as Record<string, unknown>;
    const read = checkSettings(settings, () => "/no/such/folder", 0);
    assert.ok(read.kind === "problems");
    const named = read.problems.map((problem) => problem.field);
    const keys = Object.keys(settings).filter((field) => /key|cert/.test(field));
    assert.deepEqual(named, keys);
    for (const { text } of read.problems) assert.match(text.zh, /文件不存在/);
  }
});
