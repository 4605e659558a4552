/** The journal as a process holds it: reads come from the engine at once, commits go through the disk. */
import { type Journal, JournalFailed, type JournalWrite } from "../../ports/journal.ts";
import type { StreamEvent } from "../../ports/ledger.ts";
import type { Life } from "../world/machine.ts";
import type { Device } from "./device.ts";

/** Hears of what is asked for and of what has become durable. */
export interface JournalEars {
  asked(writes: readonly JournalWrite[]): void;
  durable(writes: readonly JournalWrite[], events: readonly StreamEvent[]): void;
}

export function journalOn(engine: Journal, device: Device, life: Life, ears: JournalEars): Journal {
  return {
    ...engine,
    commit(writes, events) {
      if (life.alive) ears.asked(writes);
      const apply = (): Promise<void> => {
        const done = engine.commit(writes, events);
        ears.durable(writes, events);
        return done;
      };
      return device.commit(life, apply, () => new JournalFailed("the disk is full"));
    },
  };
}
