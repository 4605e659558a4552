import type { Log } from "../../ports/log.ts";
import type { Life } from "../world/machine.ts";

/** The log of one process in one of its lives. */
export type LogLine = (machine: string, life: Life) => Log;
