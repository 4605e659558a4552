#!/usr/bin/env node
// `npx chupiao` on whatever Node the machine has: goes on in this process on Node 24, else in one on the packaged Node.
import { spawn } from "node:child_process";
import * as module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withCompiled } from "./compiled.js";
import { isNewEnough, packagedNode } from "./node24.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, "src", "bin", "chupiao.ts");

const parentLookMs = 250;

// For the processes that this one starts; it has read its own environment already.
Object.assign(process.env, withCompiled(process.env));

if (isNewEnough(process.versions.node)) {
  const { NODE_COMPILE_CACHE } = process.env;
  if (NODE_COMPILE_CACHE !== undefined) module.enableCompileCache(NODE_COMPILE_CACHE);
  await import(pathToFileURL(program).href);
} else runOn(packagedNode(root));

/** @param {string | null} node */
function runOn(node) {
  if (node === null) {
    console.error(
      `出票需要 Node 24，这里是 ${process.versions.node}。请先在程序文件夹里运行一次 npm start，它会装好 Node 24。\n` +
        `Chupiao runs on Node 24; this is ${process.versions.node}. Run npm start once in its folder: that brings Node 24.`,
    );
    process.exit(1);
  }
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: "inherit" });
  const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
  process.on("SIGTERM", forward);
  // From a keyboard it reaches the whole group already; a second one ends nothing sooner.
  process.on("SIGINT", () => {});
  // Gone with npm or its shell, so that a box that npm started sees its own parent gone, and ends: src/bin/signals.ts.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(1), parentLookMs).unref();
  child.on("exit", (code, signal) => {
    process.off("SIGTERM", forward);
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners("SIGINT");
    process.kill(process.pid, signal);
  });
}
