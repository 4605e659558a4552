/** How a terminal introduces itself: a fresh key, a proof over the code, and the hub's own proof back. */
import { terminalIdForm, type TerminalIdentity } from "../../../core/link/enrolment.ts";
import type { World } from "../../../ports/world.ts";
import type { KeyPair } from "../keys.ts";
import { proveCode } from "../registry.ts";
import { HubRefused, newCaller, NotTheHub } from "./calls.ts";
import { MESSAGES } from "./messages.ts";
import { openTransport, type TransportOptions } from "./transport.ts";

export interface Enrolled extends TerminalIdentity {
  /** To be pinned. */
  readonly hubKey: string;
}

/**
 * Null: the hub didn't accept the code (wrong, used, or older than ten minutes). Rejects where the hub isn't reached,
 * or where whoever answered doesn't know the code: then it isn't the hub that gave it out.
 */
export async function enrol(
  options: TransportOptions & {
    readonly code: string;
    readonly keys: KeyPair;
    readonly world: World;
  },
): Promise<Enrolled | null> {
  const { keys, world } = options;
  const proof = proveCode(options.code, keys.publicKey);
  if (proof === null) return null;
  const transport = openTransport(options);
  try {
    const caller = newCaller({ transport, keys, hubKey: null, world });
    const ask = { tag: proof.tag, terminalKey: keys.publicKey, proof: proof.proof };
    const answer = await caller.call(MESSAGES.enrol, () => ask);
    if (!proof.answerHolds(answer) || !terminalIdForm.test(answer.terminalId))
      throw new NotTheHub("whoever answered doesn't know this code");
    const { hubKey, merchantId, storeId, terminalId } = answer;
    return { hubKey, merchantId, storeId, terminalId };
  } catch (error) {
    if (error instanceof HubRefused && error.refusal === "enrol_refused") return null;
    throw error;
  } finally {
    transport.close();
  }
}
