/** The data folder: made where it can be, and a sentence where it can't. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { InputError } from "./output.ts";
import { folderOf, makeFolder } from "./folder.ts";

test("a folder is made with all above it, for its owner only, and once", (t) => {
  const above = mkdtempSync(join(tmpdir(), "outside-"));
  t.after(() => rmSync(above, { recursive: true }));
  const path = join(above, "a", "b");
  makeFolder(path);
  makeFolder(path);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  const file = join(above, "file");
  writeFileSync(file, "");
  assert.throws(() => makeFolder(join(file, "c")), InputError);
  assert.throws(() => makeFolder(file), /is a file, not a folder/);
  assert.throws(() => makeFolder("/dev/null"), /is a file, not a folder/);
});

const proc = existsSync("/proc/self") ? false : "this system has no /proc";
test("a place that takes no folder is said at once", { skip: proc }, () => {
  assert.throws(() => makeFolder("/proc/x/y"), InputError);
});

test("an empty name isn't the folder that one is in", () => {
  assert.throws(() => folderOf(" "), InputError);
});
