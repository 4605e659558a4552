/** The sandbox outlives the process that started it, so that killing the till leaves the outside world standing. */

/** Signal 0 only asks. EPERM means that it lives and isn't ours. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The processes that need the sandbox. Without any it lives until it is told to end. */
export class Owners {
  readonly #pids = new Set<number>();
  readonly #lives: (pid: number) => boolean;
  readonly #graceMs: number;
  /** When an owner was last seen alive, on the monotonic clock; null before the first. */
  #seenAtMs: number | null = null;

  constructor(lives: (pid: number) => boolean, graceMs: number) {
    this.#lives = lives;
    this.#graceMs = graceMs;
  }

  adopt(pid: number, nowMs: number): void {
    this.#pids.add(pid);
    this.#seenAtMs = nowMs;
  }

  /** True when all owners have been dead for the grace time and none came after them. */
  gone(nowMs: number): boolean {
    for (const pid of this.#pids) if (!this.#lives(pid)) this.#pids.delete(pid);
    if (this.#pids.size > 0) this.#seenAtMs = nowMs;
    return this.#seenAtMs !== null && nowMs - this.#seenAtMs >= this.#graceMs;
  }
}

/** Asks once a second; calls `end` once. Gives the way to stop asking. */
export function watch(owners: Owners, end: () => void): () => void {
  const timer = setInterval(() => {
    if (!owners.gone(performance.now())) return;
    clearInterval(timer);
    end();
  }, 1_000);
  timer.unref();
  return () => clearInterval(timer);
}
