/**
 * Which start of a terminal is the newest. An epoch is granted, then stored by the terminal, then held: a terminal that
 * dies in between has printed nothing under it, and comes back as if it had never asked.
 */
import type { EpochAsk, EpochGrant, PayIntent } from "../ports/link.ts";
import type { HubDeps } from "./deps.ts";

interface Held {
  readonly epoch: number;
  readonly journalId: string;
  /** The highest number given until then: of several starts at once the first to hold its own ends the others. */
  readonly above: number;
}

interface Epoch {
  /** The highest number ever given. */
  readonly granted: number;
  readonly held: Held | null;
}

type Whose = Pick<EpochAsk, "merchantId" | "terminalId">;

const keyOf = ({ merchantId, terminalId }: Whose): string => `epoch_${merchantId}_${terminalId}`;

export class Epochs {
  readonly #deps: HubDeps;

  constructor(deps: HubDeps) {
    this.#deps = deps;
  }

  async grant(ask: EpochAsk): Promise<EpochGrant> {
    for (;;) {
      const { stored, epoch } = await this.#read(ask);
      const { granted, held } = epoch;
      // A ledger that is itself older than the journal gives no number twice.
      const next = Math.max(granted, ask.epoch ?? 0) + 1;
      const isUnbroken =
        held === null || (held.journalId === ask.journalId && isNewest(held, ask.epoch));
      const given = { epoch: next, isUnbroken };
      if (!(await this.#swap(ask, stored, { granted: next, held }))) continue;
      const { terminalId, epoch: presented } = ask;
      if (!given.isUnbroken)
        this.#deps.log("warn", "terminal_journal_broken", { terminalId, presented, held });
      return given;
    }
  }

  async hold(ask: EpochAsk): Promise<boolean> {
    const { journalId } = ask;
    for (;;) {
      const { stored, epoch } = await this.#read(ask);
      const { granted, held } = epoch;
      if (ask.epoch === null) return false;
      if (held?.epoch === ask.epoch) return held.journalId === journalId;
      if (!isNewest(held, ask.epoch)) return false;
      // A ledger that was set back may not have heard of it.
      const above = Math.max(granted, ask.epoch);
      const next = { granted: above, held: { epoch: ask.epoch, journalId, above } };
      if (await this.#swap(ask, stored, next)) return true;
    }
  }

  async isOlder(intent: PayIntent): Promise<boolean> {
    const { held } = (await this.#read(intent)).epoch;
    return !isNewest(held, intent.epoch);
  }

  async #read(whose: Whose): Promise<{ readonly stored: string | null; readonly epoch: Epoch }> {
    const stored = await this.#deps.ledger.setting(keyOf(whose));
    const none: Epoch = { granted: 0, held: null };
    return { stored, epoch: stored === null ? none : (JSON.parse(stored) as Epoch) };
  }

  async #swap(whose: Whose, from: string | null, to: Epoch): Promise<boolean> {
    const key = keyOf(whose);
    const swap = { kind: "swap_setting", key, from, to: JSON.stringify(to) } as const;
    return (await this.#deps.ledger.commit([swap], [])) === "committed";
  }
}

/** The one that is held, or one given since: stored, perhaps, by a start that died before it could say so. */
const isNewest = (held: Held | null, epoch: number | null): boolean =>
  held === null || (epoch !== null && (epoch === held.epoch || epoch > held.above));
