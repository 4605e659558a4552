/** The line between one till and the hub, as it is at rush hour: slow, uneven, and losing a stretch now and then. */
import type { Text } from "../src/core/text/text.ts";
import { pause } from "../src/chaos/shop/calls.ts";
import { seeded } from "../src/sandbox/servers/wire/rules.ts";
import { startWire, type Wire } from "../src/sandbox/servers/wire/wire.ts";
import { words as w } from "./words.ts";

export interface Weather {
  /** There and back, without jitter. */
  readonly roundTripMs: number;
  /** At most so much more, each way. */
  readonly jitterMs: number;
  /** Between two losses, on average. */
  readonly calmMs: number;
  /** How long one lasts. */
  readonly lossMs: number;
}

/** What is lost, and how a line loses it: bytes vanish for a while, then the connection is no more. */
const LOSSES = [
  { what: w.lostUp, lose: "up" },
  { what: w.lostDown, lose: "down" },
  { what: w.lostCut, lose: null },
] as const;

export class RoughLine {
  readonly url: string;
  readonly #wire: Wire;
  readonly #random: () => number;
  #rough: Promise<void> | null = null;
  #over = false;
  losses = 0;

  private constructor(wire: Wire, random: () => number) {
    this.#wire = wire;
    this.#random = random;
    this.url = `http://${wire.host}:${wire.port}`;
  }

  static async open(hubUrl: string, seed: number): Promise<RoughLine> {
    const { hostname: host, port } = new URL(hubUrl);
    const wire = await startWire({ target: { host, port: Number(port) }, seed });
    return new RoughLine(wire, seeded(seed));
  }

  /** From now on until `calm`. `onLoss` hears what is being lost. */
  async rough(weather: Weather, onLoss: (what: Text) => void): Promise<void> {
    const lag = { delay_ms: weather.roundTripMs / 2, jitter_ms: weather.jitterMs };
    await this.#wire.set({ up: lag, down: lag });
    this.#over = false;
    this.#rough = this.#lose(weather, onLoss);
  }

  async #lose({ calmMs, lossMs }: Weather, onLoss: (what: Text) => void): Promise<void> {
    for (;;) {
      const waits = Math.round(calmMs * (0.5 + this.#random()));
      for (let waited = 0; waited < waits && !this.#over; waited += tickMs) await pause(tickMs);
      if (this.#over) return;
      const loss = LOSSES[Math.floor(this.#random() * LOSSES.length)] ?? LOSSES[0];
      onLoss(loss.what);
      this.losses += 1;
      await this.#wire.set({ lose: loss.lose });
      await pause(lossMs);
      // What comes after lost bytes can't be understood: as TCP does after too many retries, the connection is given up.
      this.#wire.cut("reset");
      await this.#wire.set({ lose: null });
    }
  }

  async calm(): Promise<void> {
    this.#over = true;
    await this.#rough;
    await this.#wire.calm();
  }

  async close(): Promise<void> {
    await this.calm();
    await this.#wire.close();
  }
}

const tickMs = 50;
