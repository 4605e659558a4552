#!/usr/bin/env node
/** The command line. Wiring only: each command stands in a file of its own. */
import { Command, CommanderError } from "commander";
import { saleCommands } from "./commands.ts";
import { complain } from "./output.ts";
import { printerCommand } from "./printer.ts";
import { providerCommand } from "./provider.ts";
import { sandboxCommand } from "./sandbox.ts";
import { sellCommand } from "./sell.ts";
import { startCommand } from "./start.ts";
import { version } from "./version.ts";

const program = new Command("chupiao")
  .description(
    "出票：每笔收款一个确定的结果、一张确认的小票 (one known outcome and one confirmed receipt for every sale)",
  )
  .showHelpAfterError("(加 --help 看用法; add --help for usage)")
  .exitOverride();

const versionCommand = new Command("version")
  .description("版本 (version)")
  .option("--json", "输出一个 JSON 对象")
  .action((options: { readonly json?: boolean }) => {
    const value = { version, node: process.versions.node };
    console.log(
      options.json === true ? JSON.stringify(value) : `chupiao ${version} (Node ${value.node})`,
    );
  });

for (const command of [
  startCommand(),
  sellCommand(),
  ...saleCommands(),
  printerCommand(),
  providerCommand(),
  sandboxCommand(),
  versionCommand,
]) {
  program.addCommand(command.exitOverride());
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1;
  else process.exitCode = complain(error, process.argv.includes("--json"));
}
