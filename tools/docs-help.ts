/** What each command's `--help` prints, asked of the command line itself. */
import type { Command } from "commander";

/** The option `--data` shows a folder under the home folder; in the documents it is nobody's. */
async function programOfNobody(): Promise<Command> {
  const { HOME, USERPROFILE, CHUPIAO_DATA } = process.env;
  Object.assign(process.env, { HOME: "/home/you", USERPROFILE: "/home/you" });
  delete process.env["CHUPIAO_DATA"];
  try {
    // The default is read while the module loads, so it is loaded here and by nobody before.
    const { createProgram } = await import("../src/bin/program.ts");
    return createProgram();
  } finally {
    const before = { HOME, USERPROFILE, CHUPIAO_DATA };
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function helpOf(command: Command): string {
  let text = "";
  const write = (part: string): void => void (text += part);
  command.configureOutput({
    writeOut: write,
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trimEnd();
}

/** Every command with its help text, those of groups too: "printer test". */
export async function allHelp(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const visit = (command: Command, path: readonly string[]): void => {
    if (path.length > 0) found.set(path.join(" "), helpOf(command));
    for (const one of command.commands) visit(one, [...path, one.name()]);
  };
  visit(await programOfNobody(), []);
  return found;
}

export async function helpPart(): Promise<string> {
  return [...(await allHelp())]
    .map(([name, text]) => `### chupiao ${name}\n\n\`\`\`text\n${text}\n\`\`\``)
    .join("\n\n");
}
