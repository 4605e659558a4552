/** The hub's gate: who speaks, whether it was said just now, for the first time, and exactly so. */
import {
  readRequestInput,
  readSignatureValue,
  readTime,
  requestSignable,
  timeHeader,
} from "../../../core/link/signature.ts";
import type { LinkRefusal } from "../../../core/link/refusals.ts";
import type { World } from "../../../ports/world.ts";
import { digestOf, publicKeyOf, sameText, signatureHolds } from "../keys.ts";
import type { EnrolledTerminal, Registry } from "../registry.ts";
import { Nonces } from "./nonces.ts";

/** Terminals reckon in the hub's time, so this only has to cover how long a message may be on its way. */
const windowMs = 120_000;

export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface Admitted {
  readonly terminal: EnrolledTerminal;
  /** How long the message was on its way, by the hub's clock. */
  readonly transitMs: number;
}

export interface Refused {
  readonly refused: LinkRefusal;
  /** Only to a key that has proven itself is a refusal worth a signature. */
  readonly known: boolean;
  /** Whose key it was, where that is proven. */
  readonly terminalId?: string | null;
}

export interface Guard {
  /** The hub's time as the link knows it: never jumps while the hub runs. */
  timeMs(): number;
  /** Of an enrolled terminal. */
  admit(incoming: Incoming): Promise<Admitted | Refused>;
  /** Whether the message is fresh and signed by this very key (32 bytes in base64url). */
  check(incoming: Incoming, keyId: string, publicKey: string): Promise<number | Refused>;
}

export function newGuard(registry: Pick<Registry, "byKey">, world: World): Guard {
  const startedMs = world.nowMs();
  const startedMonotonicMs = world.monotonicMs();
  const nonces = new Nonces(2 * windowMs, startedMonotonicMs);
  const timeMs = (): number => startedMs + Math.round(world.monotonicMs() - startedMonotonicMs);

  async function check(
    incoming: Incoming,
    keyId: string,
    publicKey: string,
  ): Promise<number | Refused> {
    const key = publicKeyOf(publicKey);
    const said = readSigned(incoming);
    if (key === null || said === null || said.keyId !== keyId)
      return { refused: "bad_signature", known: false };
    if (!(await signatureHolds(key, said.base, said.signature)))
      return { refused: "bad_signature", known: false };
    const ageMs = timeMs() - said.timeMs;
    // What was said before this process began could be a repeat that nobody here remembers.
    if (Math.abs(ageMs) > windowMs || said.timeMs < startedMs)
      return { refused: "clock_off", known: true };
    if (!nonces.use(`${keyId} ${said.nonce}`, world.monotonicMs()))
      return { refused: "replayed", known: true };
    return Math.max(0, ageMs);
  }

  return {
    timeMs,
    check,
    async admit(incoming) {
      const said = readRequestInput(one(incoming, "signature-input"));
      const terminal = said === null ? null : registry.byKey(said.keyId);
      if (terminal === null) return { refused: "unknown_key", known: false };
      const transitMs = await check(incoming, terminal.keyId, terminal.publicKey);
      if (typeof transitMs !== "number") return transitMs;
      if (terminal.revokedAtMs !== null)
        return { refused: "revoked", known: true, terminalId: terminal.terminalId };
      return { terminal, transitMs };
    },
  };
}

interface Said {
  readonly keyId: string;
  readonly nonce: string;
  readonly timeMs: number;
  readonly base: string;
  readonly signature: string;
}

/** Null for anything but exactly our own form with the digest of exactly this body. */
function readSigned(incoming: Incoming): Said | null {
  const input = one(incoming, "signature-input");
  const contentDigest = one(incoming, "content-digest");
  const said = readRequestInput(input);
  const signature = readSignatureValue(one(incoming, "signature"));
  const timeMs = readTime(one(incoming, timeHeader));
  if (said === null || signature === null || timeMs === null) return null;
  const { method, path } = incoming;
  const signable = requestSignable({ method, path, contentDigest, timeMs, ...said });
  if (signable.input !== input || !sameText(contentDigest, digestOf(incoming.body))) return null;
  return { ...said, timeMs, base: signable.base, signature };
}

/** A header that was sent once; empty otherwise, which fits nothing. */
export function one({ headers }: Pick<Incoming, "headers">, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}
