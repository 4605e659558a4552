/** Starts of the real program as a test needs them: one that stays, one that is refused. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestContext } from "node:test";
import { until } from "./until.ts";

const program = resolve(import.meta.dirname, "../../src/bin/chupiao.ts");
const env = { ...process.env, CHUPIAO_URL: "", CHUPIAO_ALIPAY_CONFIG: "" };

export interface Announced {
  readonly pid: number;
  readonly url: string;
  readonly sandbox_url: string;
}

/** A folder that is gone after the test, with whatever sandbox was left in it. */
export function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-start-"));
  context.after(() => {
    const left = sandboxPid(folder);
    if (left !== null && isAlive(left)) process.kill(left, "SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

export function sandboxPid(data: string): number | null {
  try {
    const news = readFileSync(join(data, "sandbox", "sandbox.json"), "utf8");
    return (JSON.parse(news) as { pid: number }).pid;
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits for the one object that a start with --json prints. */
export async function announcedBy(context: TestContext, child: ChildProcess): Promise<Announced> {
  context.after(() => child.kill("SIGKILL"));
  let [out, err] = ["", ""];
  child.stdout?.on("data", (part) => (out += String(part)));
  child.stderr?.on("data", (part) => (err += String(part)));
  await until("it is up or has ended", () => out.includes("\n") || child.exitCode !== null);
  if (!out.includes("\n")) throw new Error(`it ended: ${err}`);
  const announced = JSON.parse(out) as Announced;
  context.after(() => {
    if (isAlive(announced.pid)) process.kill(announced.pid, "SIGKILL");
  });
  return announced;
}

export const startBox = (context: TestContext, data: string): Promise<Announced> =>
  announcedBy(
    context,
    spawn(process.execPath, [program, "start", "--data", data, "--port", "0", "--json"], { env }),
  );

/** A command that ends. */
export const run = (...words: readonly string[]): Promise<{ code: number; text: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [program, ...words], { env }, (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code), text: out + err });
    });
  });
