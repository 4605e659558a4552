/** What has to be put away when a run stops early: processes that would go on alone, disks that would stay mounted. */

const open = new Set<() => void>();

/** Gives the way to call it off, for what was put away in the ordinary way. */
export function whenLeft(putAway: () => void): () => void {
  open.add(putAway);
  return () => open.delete(putAway);
}

/** The last opened first: a disk can go once the processes on it are gone. */
export function leave(exitCode: number): never {
  for (const putAway of [...open].toReversed()) putAway();
  process.exit(exitCode);
}

const exitOnSignal = 130;

/** Also when the process that this one works for is gone. */
export function leaveOnSignal(): void {
  for (const news of ["SIGINT", "SIGTERM", "disconnect"])
    process.once(news, () => leave(exitOnSignal));
}
