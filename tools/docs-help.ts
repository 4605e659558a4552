/** What `chupiao --help` and each command's `--help` print, asked of the command line itself. */
import { execFileSync } from "node:child_process";

/** The option `--data` shows a folder under the home folder; this one is nobody's. */
const environment = { ...process.env, HOME: "/home/you", USERPROFILE: "/home/you" };

export function help(...command: readonly string[]): string {
  const env: NodeJS.ProcessEnv = { ...environment };
  delete env["CHUPIAO_DATA"];
  return execFileSync(process.execPath, ["src/bin/chupiao.ts", ...command, "--help"], {
    encoding: "utf8",
    env,
  }).trimEnd();
}

/** Names of the commands that a help text lists. */
export function commandsIn(text: string): readonly string[] {
  const list = text.split(/^Commands:$/m)[1] ?? "";
  return [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "help");
}

/** Every command with its help text, those of groups too: "printer test". Found once a run. */
let known: ReadonlyMap<string, string> | null = null;
export function allHelp(): ReadonlyMap<string, string> {
  if (known !== null) return known;
  const found = new Map<string, string>();
  const visit = (path: readonly string[]): void => {
    const text = help(...path);
    if (path.length > 0) found.set(path.join(" "), text);
    for (const name of commandsIn(text)) visit([...path, name]);
  };
  visit([]);
  known = found;
  return found;
}

export function helpPart(): string {
  return [...allHelp()]
    .map(([name, text]) => `### chupiao ${name}\n\n\`\`\`text\n${text}\n\`\`\``)
    .join("\n\n");
}
