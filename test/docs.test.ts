/** What the documents say is so: generated parts, links, commands and their options, addresses, samples and amounts. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { readBoxConfig } from "../src/bin/config.ts";
import { saleWords } from "../src/bin/sale-words.ts";
import { sellResult } from "../src/bin/sell.ts";
import { yuanText } from "../src/core/money/money.ts";
import { SENTINELS } from "../src/sandbox/model/gateway/sentinels.ts";
import { filled, generatedPages } from "../tools/docs.ts";
import { allHelp } from "../tools/docs-help.ts";
import { openApi } from "../tools/docs-routes.ts";
import { Shop } from "./scenario/support/shop.ts";

const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path.endsWith(".md") && existsSync(path));
const read = (path: string): string => readFileSync(path, "utf8");

for (const path of generatedPages) {
  test(`${path} says what the source says`, async () => {
    assert.ok(read(path) === (await filled(path)), `${path} is old; run: node tools/docs.ts`);
  });
}

/** The anchor that a heading gets on the usual hosts. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

test("every link leads to a page and a heading that are there", () => {
  for (const path of pages) {
    for (const [, target = "", anchor] of read(path).matchAll(
      /\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g,
    )) {
      const to = target === "" ? path : join(dirname(path), target);
      assert.ok(existsSync(to), `${path} links to ${target}`);
      if (anchor === undefined || !to.endsWith(".md")) continue;
      const headings = [...read(to).matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) => anchorOf(text));
      assert.ok(headings.includes(decodeURIComponent(anchor)), `${path} links to ${to}#${anchor}`);
    }
  }
});

/** Commands in code: at the start of a line or of inline code, perhaps behind variables. */
const commandPattern = /(?:^|`)(?:[A-Z_]+=\S+ )*(?:npx )?chupiao ([a-z][^`\n#|]*)/gm;

test("every command that a page names is there, with its options", async () => {
  const help = await allHelp();
  let count = 0;
  for (const path of pages) {
    for (const [, line = ""] of read(path).matchAll(commandPattern)) {
      const words = line.trim().split(/\s+/);
      const names = [3, 2, 1].map((length) => words.slice(0, length).join(" "));
      const name = names.find((one) => help.has(one));
      assert.ok(name !== undefined, `${path}: chupiao ${line}`);
      // Options of a group are its commands' too.
      const text = names.map((one) => help.get(one) ?? "").join(" ");
      for (const option of words.filter((word) => /^--[a-z]/.test(word)))
        assert.ok(text.includes(`${option} `), `${path}: chupiao ${name} has no ${option}`);
      count += 1;
    }
  }
  assert.ok(count > 40, `only ${count} commands were found; the pattern is wrong`);
});

test("the READMEs name every command", async () => {
  const commands = [...(await allHelp()).keys()].filter((name) => !name.includes(" "));
  for (const path of ["README.md", "README.zh-CN.md"]) {
    for (const name of commands)
      assert.ok(read(path).includes(`\`chupiao ${name}`), `${path}: ${name}`);
  }
});

test("every address of the API that a page names is there", async () => {
  const { paths } = await openApi();
  const known = Object.keys(paths);
  const shaped = (address: string): string => address.replaceAll(/\{\w+\}|:\w+|ID\b/g, "{}");
  const shapes = new Set(known.map(shaped));
  for (const path of pages) {
    for (const [, address = ""] of read(path).matchAll(/[`0 ](\/api\/[\w/{}.:-]+)/g))
      assert.ok(shapes.has(shaped(address)), `${path} names ${address}`);
  }
});

/** Fields in order, at every depth that both have; a null of one stands for anything in the other. */
function assertSameFields(sample: unknown, real: unknown, where: string): void {
  if (typeof sample !== "object" || typeof real !== "object") return;
  if (sample === null || real === null) return;
  assert.deepEqual(Object.keys(sample), Object.keys(real), where);
  for (const [key, value] of Object.entries(sample))
    assertSameFields(value, (real as Record<string, unknown>)[key], `${where}.${key}`);
}

test("the samples of `sell --json` have its fields", async () => {
  const shop = await Shop.open();
  try {
    const [paid, declined] = [await shop.sell("128.50"), await shop.sell("801.11")];
    let count = 0;
    for (const path of pages) {
      for (const [, json = ""] of read(path).matchAll(
        /<!-- sample: sell -->\n```json\n([\s\S]*?)```/g,
      )) {
        const sample = JSON.parse(json) as Record<string, unknown>;
        const real = sellResult(sample["outcome"] === "paid" ? paid : declined);
        assertSameFields(sample, real, path);
        count += 1;
      }
    }
    assert.equal(count, 3);
  } finally {
    await shop.close();
  }
});

test("the READMEs show a sale as `sell` prints it", async () => {
  const shop = await Shop.open();
  // Numbers and addresses differ from sale to sale.
  const masked = (text: string): string => text.trimEnd().replaceAll(/\S*\d\S*/g, "#");
  try {
    const printed = masked(saleWords(await shop.sell("128.50")));
    for (const path of ["README.md", "README.zh-CN.md"]) {
      const [, sample = ""] = /```text\n(已收款[^]*?)```/.exec(read(path)) ?? [];
      assert.equal(masked(sample), printed, path);
    }
  } finally {
    await shop.close();
  }
});

test("every sample of config.json is accepted", () => {
  let count = 0;
  for (const path of pages) {
    for (const [, json = ""] of read(path).matchAll(/```json\n([\s\S]*?)```/g)) {
      if (!json.includes('"terminal"')) continue;
      const folder = mkdtempSync(join(tmpdir(), "chupiao-docs-"));
      writeFileSync(join(folder, "config.json"), json);
      assert.doesNotThrow(() => readBoxConfig(folder), path);
      rmSync(folder, { recursive: true });
      count += 1;
    }
  }
  assert.ok(count >= 3);
});

test("every amount that is said to provoke something does", () => {
  const known = new Set(SENTINELS.map((one) => yuanText(one.amountFen)));
  for (const path of ["README.md", "README.zh-CN.md", "docs/start.md"]) {
    const amounts = [...read(path).matchAll(/\b80\d\.\d\d\b/g)].map(([amount]) => amount);
    assert.ok(amounts.length > 0, path);
    for (const amount of amounts) assert.ok(known.has(amount), `${path}: ${amount}`);
  }
});

test("the two READMEs have the same parts and commands", () => {
  const partsOf = (path: string): readonly string[] =>
    [...read(path).matchAll(/^(#+) /gm), ...read(path).matchAll(/`(chupiao [a-z ]+)`/g)].map(
      ([, part = ""]) => part,
    );
  assert.deepEqual(partsOf("README.zh-CN.md"), partsOf("README.md"));
});
