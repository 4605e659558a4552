#!/usr/bin/env node
/** The command line's start and its last word. */
import { CommanderError } from "commander";
import { complain } from "./output.ts";
import { createProgram } from "./program.ts";

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1;
  else process.exitCode = complain(error, process.argv.includes("--json"));
}
