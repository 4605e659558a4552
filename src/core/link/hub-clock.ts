/**
 * The hub's clock as a terminal knows it. Till computers have wrong clocks, so messages carry the hub's time, reckoned
 * from the terminal's monotonic clock: each reply is a sample, as in NTP (RFC 5905 section 8).
 */
export interface HubClock {
  /** Hub's epoch ms less the terminal's monotonic ms. */
  readonly offsetMs: number;
  /** The offset was right to within this when it was taken. */
  readonly errorMs: number;
  /** Monotonic. */
  readonly takenAtMs: number;
}

export interface ClockSample {
  readonly hubMs: number;
  /** Monotonic, both. */
  readonly sentMs: number;
  readonly receivedMs: number;
}

/** Two cheap quartz clocks part by no more than this, in ms a ms. */
const drift = 0.0005;

export const hubTimeMs = (clock: HubClock, monotonicMs: number): number =>
  Math.round(clock.offsetMs + monotonicMs);

/** Keeps the sharper of what is known and the sample; a sample that contradicts what is known means a clock jumped. */
export function learnHubClock(known: HubClock | null, sample: ClockSample): HubClock {
  const { hubMs, sentMs, receivedMs } = sample;
  const seen: HubClock = {
    offsetMs: hubMs - (sentMs + receivedMs) / 2,
    errorMs: (receivedMs - sentMs) / 2,
    takenAtMs: receivedMs,
  };
  if (known === null) return seen;
  const knownErrorMs = known.errorMs + (receivedMs - known.takenAtMs) * drift;
  const apartMs = Math.abs(seen.offsetMs - known.offsetMs);
  // One ms because the hub says whole ones.
  const contradicts = apartMs > knownErrorMs + seen.errorMs + 1;
  return contradicts || seen.errorMs <= knownErrorMs ? seen : known;
}
