/** A command as a script runs it: its exit code, and the one object that it prints. */
import { spawn } from "node:child_process";
import { resolve } from "node:path";

const program = resolve(import.meta.dirname, "../../../src/bin/chupiao.ts");

export interface Run {
  readonly code: number | null;
  readonly json: Readonly<Record<string, unknown>>;
}

export async function runChupiao(url: string, ...args: readonly string[]): Promise<Run> {
  const { code, text } = await readChupiao(url, ...args, "--json");
  return { code, json: JSON.parse(text || "{}") as Run["json"] };
}

/** The same as a person reads it. */
export function readChupiao(
  url: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly text: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program, ...args, "--url", url], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    child.stdout.on("data", (part: Buffer) => (text += part.toString()));
    child.on("close", (code) => done({ code, text }));
  });
}
