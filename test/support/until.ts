/** Waits for a fact that real sockets and processes bring about: a condition with a deadline, never a sleep. */

/** Gives what `look` sees once it is neither undefined nor false. Throws when that doesn't come in time. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false,
  maxMs = 60_000,
): Promise<T> {
  const endsAtMs = performance.now() + maxMs;
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > endsAtMs) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
