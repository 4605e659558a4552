/** What is known of the printer that is set up: by its own answers, by settings, and by the owner's word. */
import {
  isAnswered,
  isMuteByHand,
  type PrinterProfile,
  profile58,
  profile80,
} from "../core/printing/profile.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Pairing } from "../terminal/printing/deps.ts";
import type { Probed } from "../terminal/printing/probe.ts";
import type { BoxConfig } from "./config.ts";

type Journal = Terminal["deps"]["journal"];

/** Where the probe's answer is kept in the journal. */
const profileKey = "printer_profile";
/** Of which address: another printer in its place is asked anew. */
const pairedKey = "printer_paired";
/** No printer has this address. */
const noPrinter = "";

export class KnownPrinter {
  readonly #journal: Journal;
  readonly #settings: BoxConfig["printer"];
  /** As its port writes it; null without a printer. */
  readonly #address: string | null;

  constructor(journal: Journal, settings: BoxConfig["printer"], address: string | null) {
    this.#journal = journal;
    this.#settings = settings;
    this.#address = address;
  }

  /** A careful default for the paper's width, then what it answered or the owner's word for it. Single settings win. */
  profile(): PrinterProfile {
    const unasked = this.#settings.trust_mute ? muteByWord : {};
    return { ...this.#byWidth(), ...(this.#answered() ?? unasked), ...this.#byHand() };
  }

  /** It has answered, and what it said is kept. */
  isPaired(): boolean {
    return this.#answered() !== null;
  }

  pairing(terminal: Terminal): Pairing {
    return {
      isDue: () => !this.isPaired(),
      base: () => this.base(),
      isMuteByWord: this.#settings.trust_mute || isMuteByHand(this.#byHand()),
      keep: (probed) => this.keep(terminal, probed),
      forget: () => this.#forget(),
    };
  }

  async #forget(): Promise<void> {
    await this.#journal.commit([{ kind: "setting", key: pairedKey, value: noPrinter }], []);
  }

  async keep(terminal: Terminal, { profile, askedAll }: Probed): Promise<void> {
    const { settings, world } = terminal.deps;
    const { maker, model } = profile;
    await this.#journal.commit(
      [
        { kind: "setting", key: profileKey, value: JSON.stringify(profile) },
        { kind: "setting", key: pairedKey, value: this.#address ?? noPrinter },
      ],
      [
        {
          stream: settings.terminalId,
          saleId: null,
          atMs: world.nowMs(),
          actor: "printer",
          kind: "printer_paired",
          detail: { maker, model, askedAll },
        },
      ],
    );
  }

  /** What can't be asked for. */
  base(): PrinterProfile {
    return { ...this.#byWidth(), ...this.#byHand() };
  }

  #byWidth(): PrinterProfile {
    return this.#settings.paper_mm === 58 ? profile58 : profile80;
  }

  #byHand(): Partial<PrinterProfile> {
    return this.#settings.profile as Partial<PrinterProfile>;
  }

  /** Versions before this one kept silence as a profile; it is none. */
  #answered(): PrinterProfile | null {
    const stored = this.#journal.setting(profileKey);
    if (stored === null || this.#journal.setting(pairedKey) !== this.#address) return null;
    const profile = JSON.parse(stored) as PrinterProfile;
    return isAnswered(profile) ? profile : null;
  }
}

const muteByWord: Partial<PrinterProfile> = { realtimeStatus: false, inOrderStatus: false };
