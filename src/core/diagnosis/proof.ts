/**
 * What can prove anything: the device's, the provider's or this computer's own word. A finding whose proof isn't on this
 * list is suspected, whatever its judge says. Total over all kinds of evidence.
 */
import type { Evidence, FactOf, Kind } from "./evidence.ts";

const PROVES: { readonly [K in Kind]: (fact: FactOf<K>) => boolean } = {
  reach: () => true,
  // That an answer couldn't be verified was seen here, whatever it says.
  provider_call: (fact) => fact.code !== null || fact.unknown === "verify",
  elsewhere: ({ failing, terminals }) => terminals >= 2 && failing > 0,
  printer: (fact) => fact.condition !== null || fact.paperLow,
  printer_line: (fact) => fact.what === "power_off",
  print_time: () => false,
  job: (fact) => fact.doubt !== null || fact.hold !== null,
  attempt: (fact) =>
    fact.code !== null || fact.state === "awaiting_buyer" || fact.unpaidEnd === "rolled_back",
  computer: () => true,
  clock: (fact) => fact.offsetMs !== 0,
  start: (fact) => !fact.clean && fact.rebooted !== null,
  self_check: (fact) => !fact.good,
  act: () => true,
  qualification: () => false,
  notice: () => true,
};

export const canProve = ({ fact }: Evidence): boolean =>
  (PROVES[fact.kind] as (one: typeof fact) => boolean)(fact);
