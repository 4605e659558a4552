#!/usr/bin/env node
/** The command line's start and its last word. */
import { endsWithParent, heedParent, heedSignals, stays, wasToldToStop } from "./signals.ts";

const words = process.argv.slice(2);
if (stays(words)) {
  heedSignals();
  const npmEvent = process.env["npm_lifecycle_event"];
  if (endsWithParent(words, npmEvent, process.platform)) heedParent();
}
// All else is loaded only now: that takes a while, and a signal may come within it.
const { complain } = await import("./output.ts");

try {
  // Loaded here, so that a missing package is a sentence and no stack.
  const { createProgram } = await import("./program.ts");
  await createProgram().parseAsync();
} catch (error) {
  const { code = "", exitCode } = error as { readonly code?: string; readonly exitCode?: number };
  if (wasToldToStop()) process.exitCode = 0;
  else if (code.startsWith("commander.")) {
    const { usageError } = await import("./usage.ts");
    const refused = usageError(code, (error as Error).message);
    if (refused === null) process.exitCode = exitCode === 0 ? 0 : 1;
    else process.exitCode = complain(refused, words.includes("--json"));
  } else if (code === "ERR_MODULE_NOT_FOUND" && words[0] === "doctor") await bareDoctor();
  else process.exitCode = complain(error, words.includes("--json"));
}

/** Without the packages there is no parser either: the two options that matter are read by hand. */
async function bareDoctor(): Promise<void> {
  const { doctor } = await import("./doctor/doctor.ts");
  const { defaultData } = await import("./data-folder.ts");
  const data = words[words.indexOf("--data") + 1];
  const given = words.includes("--data") && data !== undefined ? data : defaultData;
  await doctor({ data: given, json: words.includes("--json") });
}
