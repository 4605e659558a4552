/** Which single observations make everybody look at once, before anything is concluded from them. Total over all kinds. */
import type { Evidence, FactOf, Kind } from "./evidence.ts";
import { allOf, type Picture } from "./picture.ts";

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

/** The silence of what never answered is no news: it would keep everybody looking for ever. */
export function alarms({ fact }: Evidence, picture: Picture): boolean {
  if (!(ALARMS[fact.kind] as (one: typeof fact) => boolean)(fact)) return false;
  if (fact.kind !== "reach") return true;
  const { target, path } = fact;
  return allOf(picture, "reach").some(
    (one) => one.fact.target === target && one.fact.path === path && one.fact.failure === null,
  );
}
