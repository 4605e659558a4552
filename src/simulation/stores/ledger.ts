/** The ledger as one hub holds it. Several hubs may hold the same one, each over a disk (a connection) of its own. */
import {
  type Ledger,
  LedgerUnavailable,
  type LedgerWrite,
  type StreamEvent,
} from "../../ports/ledger.ts";
import type { Life } from "../world/machine.ts";
import type { Device } from "./device.ts";

export type LedgerEar = (writes: readonly LedgerWrite[], events: readonly StreamEvent[]) => void;

export function ledgerOn(engine: Ledger, device: Device, life: Life, durable: LedgerEar): Ledger {
  const failure = (): Error => new LedgerUnavailable("the disk is full");
  return {
    ...engine,
    commit(writes, events) {
      const apply = async (): ReturnType<Ledger["commit"]> => {
        const done = await engine.commit(writes, events);
        if (done === "committed") durable(writes, events);
        return done;
      };
      return device.commit(life, apply, failure);
    },
    claimAttempts: (...how) => device.commit(life, () => engine.claimAttempts(...how), failure),
    claimRefunds: (...how) => device.commit(life, () => engine.claimRefunds(...how), failure),
  };
}
