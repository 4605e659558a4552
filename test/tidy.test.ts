/** The repository's rules, as a test: file sizes, forbidden words, links, and no test that is left out. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { missingFrom } from "../tools/lock.ts";

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path !== "" && existsSync(path));
const code = tracked.filter((path) => /^(src|test|bench|demo|tools)\/.*\.tsx?$/.test(path));
const pages = tracked.filter((path) => path.endsWith(".md"));
const read = (path: string): string => readFileSync(path, "utf8");

const codeLinesMax = 500;
test("no file of code is longer than 500 lines", () => {
  for (const path of code) {
    const lines = read(path).split("\n").length;
    assert.ok(lines <= codeLinesMax, `${path} has ${lines} lines; split it by what it decides`);
  }
});

test("nothing is left open and no test is left out", () => {
  const open = new RegExp(
    ["TO" + "DO", "FIX" + "ME", "test\\.(skip|only|todo)", "it\\.(skip|only)"].join("|"),
  );
  for (const path of code.filter((one) => one !== "test/tidy.test.ts")) {
    assert.doesNotMatch(read(path), open, path);
  }
});

test("locale and zone of the machine never reach a receipt", () => {
  for (const path of code.filter((one) => one !== "test/tidy.test.ts")) {
    assert.doesNotMatch(read(path), /toLocale(Date|Time)?String/, path);
  }
});

test("every link between documents leads somewhere", () => {
  for (const path of pages) {
    for (const [, target] of read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
      assert.ok(
        existsSync(join(dirname(path), target ?? "")),
        `${path} links to ${target}, which isn't there`,
      );
    }
  }
});

test("no secret is in the repository", () => {
  for (const path of tracked.filter((one) => !one.endsWith("package-lock.json"))) {
    assert.doesNotMatch(
      read(path),
      new RegExp("BEGIN (RSA |EC )?PRIVATE" + " KEY-----\\n[A-Za-z0-9+/]"),
      path,
    );
  }
});

test("the lock file names every platform package, so that npm ci takes it everywhere", () => {
  const lock = JSON.parse(read("package-lock.json")) as Parameters<typeof missingFrom>[0];
  assert.deepEqual(Object.keys(missingFrom(lock)), [], "run node tools/lock.ts");
});
