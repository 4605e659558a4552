/**
 * The system's own name look-up, but one at a time for each name. It blocks one of the few threads that disk and hashing
 * share, for many seconds where no name server answers, and can't be called off: probes that ask every second would take all.
 */
import { lookup } from "node:dns";
import type { LookupAddress, LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";

type Found = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

const waiting = new Map<string, Found[]>();

export const sharedLookup: LookupFunction = (hostname, options, callback) => {
  const found: Found = (error, addresses) => {
    const [first] = addresses;
    if (error !== null) callback(error, "");
    else if (wantsAll(options)) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family ?? 4);
  };
  const others = waiting.get(hostname);
  if (others !== undefined) {
    others.push(found);
    return;
  }
  waiting.set(hostname, [found]);
  lookup(hostname, { all: true }, (error, addresses) => {
    const all = waiting.get(hostname) ?? [];
    waiting.delete(hostname);
    for (const one of all) one(error, addresses ?? []);
  });
};

const wantsAll = (options: LookupOptions): boolean => options.all === true;
