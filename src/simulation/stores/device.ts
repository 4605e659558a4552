/**
 * The disk under a store. A commit takes its time and is all or nothing; what the machine's death meets on its way may
 * have become durable or not. A disk that failed takes nothing more until the process has been started again.
 */
import type { Chance } from "../world/chance.ts";
import { type Life, never } from "../world/machine.ts";
import type { Timeline } from "../world/timeline.ts";

interface Waiting {
  readonly apply: () => void;
}

export class Device {
  readonly #time: Timeline;
  readonly #chance: Chance;
  /** Of one sync; 0: done within the same turn. */
  syncMs: readonly [number, number] = [0, 0];
  isFull = false;
  /** Latched by the first commit that failed; a new start clears it. */
  #hasFailed = false;
  #batch: Waiting[] = [];
  #isSyncing = false;

  constructor(time: Timeline, chance: Chance) {
    this.#time = time;
    this.#chance = chance;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Makes one commit durable, or rejects with what `failure` makes. */
  commit<T>(life: Life, apply: () => Promise<T>, failure: () => Error): Promise<T> {
    if (life.diesBefore()) return never();
    if (this.#hasFailed) return Promise.reject(failure());
    if (this.isFull) {
      this.#hasFailed = true;
      // An error of the sync says nothing about what reached the medium.
      if (this.#chance.hits(0.3)) apply().catch(() => {});
      return Promise.reject(failure());
    }
    if (this.syncMs[1] === 0) {
      const done = apply();
      return life.diesAfter() ? never() : done;
    }
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        const done = apply();
        if (life.alive && !life.diesAfter()) done.then(resolve, reject);
      };
      this.#batch.push({ apply: finish });
      this.#syncSoon();
    });
  }

  /** The machine died: of what was under way the disk may have the first few. */
  lose(): void {
    const kept = this.#batch.splice(0, this.#chance.whole(0, this.#batch.length));
    for (const one of kept) one.apply();
    this.#batch = [];
    this.#isSyncing = false;
  }

  reopen(): void {
    this.#hasFailed = false;
  }

  #syncSoon(): void {
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    const batch = this.#batch;
    const [least, most] = this.syncMs;
    this.#time.after(this.#chance.whole(least, most), () => {
      if (this.#batch !== batch) return;
      this.#batch = [];
      this.#isSyncing = false;
      for (const one of batch) one.apply();
    });
  }
}
