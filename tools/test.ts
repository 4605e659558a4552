/**
 * Runs every test with Node's own runner, each file in a process of its own.
 * Usage: npm test -- [path…]     only these files (globs work)
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { withCompiled } from "./compiled.js";

const asked = process.argv.slice(2);
const files = globSync(
  asked.length > 0 ? asked : ["src/**/*.test.ts", "test/**/*.test.ts"],
).toSorted();
if (files.length === 0) {
  console.error(`no test file matches ${asked.join(" ")}`);
  process.exit(1);
}
const run = spawnSync(
  process.execPath,
  [
    "--test",
    "--test-reporter=dot",
    "--test-reporter-destination=stderr",
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-concurrency=3",
    ...files,
  ],
  // Some three hundred processes read the same sources.
  { stdio: "inherit", env: withCompiled(process.env) },
);
process.exit(run.status ?? 1);
