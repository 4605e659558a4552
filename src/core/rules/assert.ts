/** Stops on a broken rule of our own. Refusals are values and outside noise is counted; neither comes here. */
export function assert(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${rule}`);
}
