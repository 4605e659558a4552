/** The command line as a person uses it: commands that end, and programs that stay. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { resolve } from "node:path";
import { until } from "./until.ts";

const program = resolve(import.meta.dirname, "../../src/bin/chupiao.ts");
const env = { ...process.env, CHUPIAO_URL: "", CHUPIAO_ALIPAY_CONFIG: "" };

/** A command that ends. */
export const run = (...args: readonly string[]): Promise<{ code: number; text: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [program, ...args, "--json"], { env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), text: out + err }),
    );
  });

/** A program that stays: `use` runs while it is up; ends with what it did to end it. */
export async function whileUp(args: readonly string[], use: (url: string) => Promise<void>) {
  const child = spawn(process.execPath, [program, ...args, "--port", "0", "--json"], { env });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part) => (out += String(part)));
  child.stderr.on("data", (part) => (err += String(part)));
  const gone = new Promise((done) => child.once("exit", done));
  try {
    await until("the program is up", () => out.includes("\n") || child.exitCode !== null, 60_000);
    assert.ok(out.includes("\n"), `${args.join(" ")} ended: ${err}`);
    await use(String((JSON.parse(out) as { url: unknown }).url));
  } finally {
    child.kill("SIGTERM");
    await gone;
  }
}
