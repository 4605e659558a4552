/** The data file and the page of codes are what the generator prints. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { codeRows } from "../src/core/payment/codes/codes.ts";
import { codesPage, formatRows, pagePath, rowsPath } from "../tools/codes-doc.ts";

const advice = "run: node tools/codes-doc.ts";

test("the page of codes is printed from the data file", () => {
  assert.ok(
    readFileSync(pagePath, "utf8") === codesPage(codeRows),
    `${pagePath} is old; ${advice}`,
  );
});

test("the data file has one row a line", () => {
  assert.ok(
    readFileSync(rowsPath, "utf8") === formatRows(codeRows),
    `${rowsPath} is in another form; ${advice}`,
  );
});

test("the page shows every sub-code, and texts can't break its tables", () => {
  const page = codesPage(codeRows);
  for (const row of codeRows) {
    if (row.sub_code !== null) assert.ok(page.includes(row.sub_code), row.sub_code);
  }
  for (const line of page.split("\n").filter((one) => one.startsWith("| "))) {
    assert.equal(line.replaceAll("\\|", "").split("|").length, 11, line);
  }
});
