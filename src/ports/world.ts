/** Time, chance and ids: the one small door through which they come in. */
export interface World {
  /** Wall clock, epoch ms; may jump. For people and providers, never for order. */
  nowMs(): number;
  /** Never jumps; for leases, timeouts and scan gaps. */
  monotonicMs(): number;
  /** In [0, 1). */
  random(): number;
  /** A new unique id. */
  newId(): string;
  /** An unguessable text of at least 128 bits, safe in an address. */
  newToken(): string;
  /** Lower-case hex SHA-256 of the text's UTF-8 bytes. */
  sha256(text: string): string;
  /** Calls back once, not before `ms` have passed; gives the way to call it off. */
  after(ms: number, call: () => void): () => void;
}
