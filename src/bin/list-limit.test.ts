/** Every list of the command line takes the same `--limit`, and refuses another in the same words. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";

const program = resolve(import.meta.dirname, "chupiao.ts");

for (const words of [["sales"], ["day", "list"], ["incidents"]])
  for (const limit of ["0", "101", "many"])
    test(`${words.join(" ")} --limit ${limit}: use 1 to 100`, async () => {
      // Nobody is there: it is refused before anybody is asked.
      const rest = ["--limit", limit, "--url", "http://127.0.0.1:1"];
      const said = await new Promise<string>((done) => {
        execFile(process.execPath, [program, ...words, ...rest], (_error, _out, err) => done(err));
      });
      assert.equal(
        said,
        `--limit ${limit} 不对，请写 1 到 100。\n--limit ${limit} is wrong; use 1 to 100.\n`,
      );
    });
