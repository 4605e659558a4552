/** When a turn is over: at its end, or (in a simulation, whose turns are its own) at once. */
export type Soon = (flush: () => void) => unknown;

/**
 * Collects what is asked for in one turn of the event loop, so that it can share one commit and one message.
 * `run` gets the items in the order in which they came, when the turn's callbacks and promises have run.
 */
export function perTurn<T>(
  run: (items: readonly T[]) => void,
  soon: Soon = setImmediate,
): {
  add(item: T): void;
  /** Runs what has been collected now. */
  flush(): void;
} {
  let waiting: T[] = [];
  function flush(): void {
    if (waiting.length === 0) return;
    const items = waiting;
    waiting = [];
    run(items);
  }
  return {
    add(item) {
      if (waiting.push(item) === 1) soon(flush);
    },
    flush,
  };
}
