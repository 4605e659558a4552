/** Ordinary sales with ordinary noise: the lines lag and jitter, customers take their time, codes are refused. No incident. */
import { Chance } from "./chance.ts";
import { pause, Place } from "./place.ts";

export interface Healthy {
  readonly sales: number;
  readonly incidents: number;
  /** Why, of those that opened. */
  readonly why: readonly string[];
}

const noiseEveryMs = 2_000;
const tillsBusy = 4;
/** One customer pays for all: an empty wallet is truly refused, and no ordinary noise. */
const refillEvery = 100;

/** `count` sales at one till, a few on their way at a time. */
export async function healthySales(
  count: number,
  seed: number,
  say: (done: number) => void,
): Promise<Healthy> {
  const place = await Place.open({});
  try {
    await place.settleIn();
    const before = (await place.incidents()).length;
    const ended = new AbortController();
    const weather = restless(place, new Chance(seed), ended.signal);
    let left = count;
    let done = 0;
    const sellOn = async (own: number): Promise<void> => {
      const chance = new Chance(seed * 10 + own);
      while (left > 0) {
        left -= 1;
        const saleId = await place.sell({ amount: chance.amount(), wait_ms: 30_000 });
        if (saleId === null) throw new Error("a healthy sale was refused");
        done += 1;
        if (done % refillEvery === 0) await place.box.control("POST", "/control/wallets/reset", {});
        if (done % 500 === 0) say(done);
      }
    };
    await Promise.all(Array.from({ length: tillsBusy }, (_, own) => sellOn(own)));
    ended.abort();
    await weather;
    const rows = (await place.incidents()).slice(0, (await place.incidents()).length - before);
    return { sales: done, incidents: rows.length, why: rows.map((one) => one.title.zh) };
  } finally {
    await place.close();
  }
}

/** Lag and jitter change all the time; now and then an answer comes late, or a name isn't found at once. */
async function restless(place: Place, chance: Chance, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const lag = () => ({ delay_ms: chance.whole(0, 40), jitter_ms: chance.whole(0, 60) });
    await place.wire({ up: lag(), down: lag() });
    await place.net({
      dns_delay_ms: chance.whole(0, 80),
      dns_loss_percent: chance.yes(0.1) ? 5 : 0,
    });
    if (chance.yes(0.1))
      await place.fault("slow_answer", { times: 1, ms: chance.whole(300, 1_500) });
    await pause(noiseEveryMs);
  }
}
