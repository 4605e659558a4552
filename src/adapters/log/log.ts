/** Structured log lines by pino, to standard error. What could be a secret is cut out: see cut.ts. */
import { pino } from "pino";
import type { Log } from "../../ports/log.ts";
import { cutFields } from "./cut.ts";
import { newRepeats } from "./repeats.ts";

export function createLog(level: string, destination: NodeJS.WritableStream = process.stderr): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination as never,
  );
  const repeats = newRepeats();
  return (at, event, fields) => {
    if (!logger.isLevelEnabled(at)) return;
    const told = repeats(performance.now(), event, fields);
    if (told !== null) logger[at]({ event, ...cutFields(told) });
  };
}
