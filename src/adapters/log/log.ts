/** Structured log lines by pino, to standard error. Names that could hold a secret are cut out whatever the caller does. */
import { pino } from "pino";
import type { Log } from "../../ports/log.ts";
import { newRepeats } from "./repeats.ts";

const secretNames = [
  "code",
  "payment_code",
  "paymentCode",
  "auth_code",
  "authCode",
  "private_key",
  "privateKey",
  "pin",
  "sign",
  "token",
  "buyer_user_id",
  "buyer_logon_id",
];

export function createLog(level: string, destination: NodeJS.WritableStream = process.stderr): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretNames, censor: "[cut]" },
    },
    destination as never,
  );
  const repeats = newRepeats();
  return (at, event, fields) => {
    const told = repeats(performance.now(), event, fields);
    if (told !== null) logger[at]({ event, ...told });
  };
}
