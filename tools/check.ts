/** Types, lint, format, dead code and the house rules: what must hold before anything is committed. */
import { spawn } from "node:child_process";

const bin = (name: string): string => `node_modules/.bin/${name}`;
const checks: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ["types", bin("tsc"), "-b"],
  [
    "lint",
    bin("oxlint"),
    "--type-aware",
    "--deny-warnings",
    "src",
    "test",
    "bench",
    "demo",
    "tools",
  ],
  ["format", bin("oxfmt"), "--check", "src", "test", "bench", "demo", "tools"],
  ["dead code", bin("knip"), "--no-progress"],
  ["house rules", process.execPath, "--test", "--test-reporter=dot", "test/tidy.test.ts"],
];

/** Runs one check to its end and gives its output only when it failed. */
function run(name: string, command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (part: Buffer) => (output += part.toString()));
    child.stderr.on("data", (part: Buffer) => (output += part.toString()));
    child.on("close", (code) => {
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
      console.log(`${code === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });
}

let good = true;
for (const [name, command, ...args] of checks) good = (await run(name, command, args)) && good;
process.exit(good ? 0 : 1);
