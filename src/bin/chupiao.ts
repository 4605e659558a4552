#!/usr/bin/env node
/** The command line's start and its last word. */
import { heedSignals, stays, wasToldToStop } from "./signals.ts";

if (stays(process.argv.slice(2))) heedSignals();
// All else is loaded only now: that takes a while, and a signal may come within it.
const { CommanderError } = await import("commander");
const { complain } = await import("./output.ts");
const { createProgram } = await import("./program.ts");

try {
  await createProgram().parseAsync();
} catch (error) {
  if (wasToldToStop()) process.exitCode = 0;
  else if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1;
  else process.exitCode = complain(error, process.argv.includes("--json"));
}
