/** A till works in one tab at a time: a Web Lock, held as long as the tab lives or until another takes it over. */
import { useCallback, useEffect, useState } from "react";

export type TabState = "asking" | "active" | "elsewhere" | "taken_over";

const lockName = "chupiao-till";

const locksOf = (): LockManager | null => (navigator.locks as LockManager | undefined) ?? null;

/** Waits for the lock; `takeOver` steals it. Without Web Locks (plain http in the LAN) every tab is active. */
export function useOneTab(): { readonly tab: TabState; readonly takeOver: () => void } {
  const [tab, setTab] = useState<TabState>(locksOf() === null ? "active" : "asking");
  const [round, setRound] = useState<{ readonly count: number; readonly steal: boolean }>({
    count: 0,
    steal: false,
  });

  useEffect(() => {
    const locks = locksOf();
    if (locks === null) return;
    let left = false;
    let release: () => void = () => undefined;
    const leaving = new AbortController();
    const hold = (): Promise<void> => {
      if (!left) setTab("active");
      return new Promise((resolve) => {
        release = resolve;
        if (left) resolve();
      });
    };
    const wait = (): void => {
      locks.request(lockName, { signal: leaving.signal }, hold).catch(lost);
    };
    // Rejected when another tab steals the lock; then wait in line for it to come back.
    const lost = (): void => {
      if (left) return;
      setTab("taken_over");
      wait();
    };
    if (round.steal) {
      locks.request(lockName, { steal: true }, hold).catch(lost);
    } else {
      void locks.query().then(({ held }) => {
        if (!left && held?.some(({ name }) => name === lockName)) setTab("elsewhere");
      });
      wait();
    }
    return () => {
      left = true;
      leaving.abort();
      release();
    };
  }, [round]);

  const takeOver = useCallback(
    () => setRound(({ count }) => ({ count: count + 1, steal: true })),
    [],
  );
  return { tab, takeOver };
}
