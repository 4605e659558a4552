/** One call after the other, or so many at once that each worker makes its next call when its last has ended. */
export type Call = (index: number, code: string) => Promise<void>;

export interface Took {
  /** Of each call, in the order in which they ended. */
  readonly tookMs: readonly number[];
  readonly seconds: number;
}

export async function callAll(codes: readonly string[], atOnce: number, call: Call): Promise<Took> {
  const tookMs: number[] = [];
  let index = 0;
  const startedMs = performance.now();
  const worker = async (): Promise<void> => {
    while (index < codes.length) {
      const mine = index;
      index += 1;
      const sentMs = performance.now();
      await call(mine, codes[mine] ?? "");
      tookMs.push(performance.now() - sentMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { tookMs, seconds: (performance.now() - startedMs) / 1_000 };
}
