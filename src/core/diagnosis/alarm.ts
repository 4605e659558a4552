/** Which single observations make everybody look at once, before anything is concluded from them. Total over all kinds. */
import type { Evidence, FactOf, Kind } from "./evidence.ts";
import type { Picture } from "./picture.ts";

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

/** What never was any better is no news: a router that answers nobody must not keep everybody looking for ever. */
const isNews = (picture: Picture, { fact }: Evidence): boolean => {
  if (fact.kind === "reach")
    return (picture.reach ?? []).some(
      (one) =>
        one.fact.target === fact.target && one.fact.path === fact.path && one.fact.failure === null,
    );
  if (fact.kind === "self_check")
    return (picture.self_check ?? []).every(
      (one) => one.fact.check !== fact.check || one.fact.good,
    );
  return true;
};

/** `picture`: what was known before. */
export const alarms = (picture: Picture, evidence: Evidence): boolean =>
  (ALARMS[evidence.fact.kind] as (one: Evidence["fact"]) => boolean)(evidence.fact) &&
  isNews(picture, evidence);
