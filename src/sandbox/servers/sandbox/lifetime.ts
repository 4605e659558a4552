/** The sandbox outlives the process that started it, so that killing the till leaves the outside world standing. */

export interface Lifetime {
  /** A process that needs the sandbox. The first one makes it mortal. */
  adopt(pid: number): void;
  stop(): void;
}

export interface LifetimeOptions {
  readonly isAlive: (pid: number) => boolean;
  /** The owner's last sign of life lies so far back: ms. */
  readonly graceMs: number;
  readonly pollMs: number;
  readonly onEnd: () => void;
}

/** Signal 0 only asks. EPERM means that it lives and isn't ours. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Ends the sandbox when all its owners have been dead for a while and none came after them. */
export function watchOwners({ isAlive: lives, graceMs, pollMs, onEnd }: LifetimeOptions): Lifetime {
  const owners = new Set<number>();
  let seenAtMs = performance.now();
  let owned = false;
  const timer = setInterval(() => {
    for (const pid of owners) if (!lives(pid)) owners.delete(pid);
    if (owners.size > 0) seenAtMs = performance.now();
    if (!owned || performance.now() - seenAtMs < graceMs) return;
    clearInterval(timer);
    onEnd();
  }, pollMs);
  timer.unref();
  return {
    adopt(pid) {
      owned = true;
      owners.add(pid);
      seenAtMs = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}
