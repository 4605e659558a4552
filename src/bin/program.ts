/** All commands, put together. Wiring only: each command stands in a file of its own. */
import { Command } from "commander";
import { recordCommands } from "./records.ts";
import { saleCommands } from "./commands.ts";
import { diagnoseCommand, incidentsCommand } from "./diagnose.ts";
import { doctorCommand } from "./doctor/command.ts";
import { hubCommand } from "./hub.ts";
import { printerCommand } from "./printer.ts";
import { providerCommand } from "./provider.ts";
import { sandboxCommand } from "./sandbox.ts";
import { sellCommand } from "./sell.ts";
import { startCommand } from "./start.ts";
import { terminalCommand } from "./terminal.ts";
import { version } from "./version.ts";

/** The command line as it is parsed, and as the documents describe it. */
export function createProgram(): Command {
  const program = new Command("chupiao")
    .description(
      "出票：每笔收款一个确定的结果、一张确认的小票 (one known outcome and one confirmed receipt for every sale)",
    )
    .version(versionWords, "--version", "版本 (version)");
  const commands = [
    startCommand(),
    hubCommand(),
    terminalCommand(),
    sellCommand(),
    ...saleCommands(),
    ...recordCommands(),
    diagnoseCommand(),
    incidentsCommand(),
    doctorCommand(),
    printerCommand(),
    providerCommand(),
    sandboxCommand(),
    versionCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  leaveLastWord(program);
  return program;
}

/** Whatever the parser refuses is thrown and said at one place, in both languages. */
function leaveLastWord(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => {} });
  command.commands.forEach(leaveLastWord);
}

const versionWords = `chupiao ${version} (Node ${process.versions.node})`;

function versionCommand(): Command {
  return new Command("version")
    .description("版本 (version)")
    .option("--json", "输出一个 JSON 对象")
    .action((options: { readonly json?: boolean }) => {
      const value = { version, node: process.versions.node };
      console.log(options.json === true ? JSON.stringify(value) : versionWords);
    });
}
