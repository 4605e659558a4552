/** Which single observations make everybody look at once, before anything is concluded from them. Total over all kinds. */
import type { Evidence, FactOf, Kind } from "./evidence.ts";

const ALARMS: { readonly [K in Kind]: (fact: FactOf<K>) => boolean } = {
  reach: ({ failure }) => failure !== null,
  provider_call: ({ unknown }) => unknown !== null,
  elsewhere: ({ failing }) => failing > 0,
  printer: ({ condition }) => condition !== null && condition !== "no_printer",
  printer_line: ({ what }) => what !== "opened",
  print_time: ({ ms, expectedMs }) => ms > expectedMs * 3,
  job: ({ hold, doubt }) => hold !== null || doubt !== null,
  attempt: ({ state, unpaidEnd }) => state === "unknown" || unpaidEnd === "declined",
  computer: ({ loopDelayMs }) => loopDelayMs >= 500,
  clock: () => false,
  start: ({ clean }) => !clean,
  self_check: ({ good }) => !good,
  act: () => false,
  qualification: () => false,
  notice: () => false,
};

export const alarms = ({ fact }: Evidence): boolean =>
  (ALARMS[fact.kind] as (one: typeof fact) => boolean)(fact);
