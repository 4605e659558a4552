/**
 * How long the program was frozen at the worst. Node's own monitor forgets where it was when it is reset, so a freeze
 * that ends in a look would be lost; this one counts what is going on as well.
 */
export interface LoopDelay {
  /** The longest delay since the last call, in ms; finer than a tenth of a second it isn't told. */
  worstMs(): number;
  stop(): void;
}

/** Ten wake-ups a second: about 0.02 % of a core. */
const tickMs = 100;

export function watchLoopDelay(monotonicMs: () => number): LoopDelay {
  let lastMs = monotonicMs();
  let worst = 0;
  const look = (): void => {
    const nowMs = monotonicMs();
    worst = Math.max(worst, nowMs - lastMs - tickMs);
    lastMs = nowMs;
  };
  const timer = setInterval(look, tickMs);
  timer.unref();
  return {
    worstMs() {
      const sinceMs = monotonicMs() - lastMs - tickMs;
      const told = Math.max(worst, sinceMs, 0);
      worst = 0;
      // What has been told already isn't told again once the tick comes.
      if (sinceMs > 0) lastMs = monotonicMs();
      return Math.round(told);
    },
    stop: () => clearInterval(timer),
  };
}
