/** Structured log lines by pino, to standard error. What could be a secret is cut out: see cut.ts. */
import { pino } from "pino";
import type { Log } from "../../ports/log.ts";
import { cutFields } from "./cut.ts";

export function createLog(level: string, destination: NodeJS.WritableStream = process.stderr): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination as never,
  );
  return (at, event, fields) => {
    if (logger.isLevelEnabled(at)) logger[at]({ event, ...cutFields(fields) });
  };
}
