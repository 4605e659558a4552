/** What has to be put away when somebody stops the run: processes that would go on alone, disks that would stay mounted. */

const open = new Set<() => void>();

/** Gives the way to call it off, for what was put away in the ordinary way. */
export function whenLeft(putAway: () => void): () => void {
  open.add(putAway);
  return () => open.delete(putAway);
}

const exitOnSignal = 130;

export function putAwayOnSignal(): void {
  const leave = (): void => {
    // The last opened first: a disk can go once the processes on it are gone.
    for (const putAway of [...open].toReversed()) putAway();
    process.exit(exitOnSignal);
  };
  process.once("SIGINT", leave);
  process.once("SIGTERM", leave);
}
