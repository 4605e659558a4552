/** Ends things in order. One that fails must not leave the next ones running: each is tried, then the first failure is told. */
export type Stop = () => Promise<void> | void;

export async function stopEach(stops: readonly Stop[]): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of stops) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** A journal that can't be opened is tried again for hours: nothing may be left behind each time. */
export function openOr<T>(open: () => T, giveUp: () => Promise<void> | undefined): T {
  try {
    return open();
  } catch (error) {
    void giveUp();
    throw error;
  }
}
