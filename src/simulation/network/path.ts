/** The way between two parties, in both directions: how long a message takes, and what may become of it. */
import type { Chance } from "../world/chance.ts";
import type { Timeline } from "../world/timeline.ts";

export type Direction = "there" | "back";

/** Shares are of messages, in [0, 1]. */
export interface PathWeather {
  readonly delayMs: readonly [number, number];
  readonly lost: Readonly<Record<Direction, number>>;
  readonly doubled: number;
  /** Overtaken by what was sent later, by up to this many ms. */
  readonly delayed: number;
  readonly delayedMsMax: number;
  readonly truncated: number;
  readonly garbled: number;
  readonly unsigned: number;
}

export const clearPath: PathWeather = {
  delayMs: [1, 30],
  lost: { there: 0, back: 0 },
  doubled: 0,
  delayed: 0,
  delayedMsMax: 0,
  truncated: 0,
  garbled: 0,
  unsigned: 0,
};

export type PathFault =
  | "message_lost"
  | "answer_lost"
  | "message_doubled"
  | "message_delayed"
  | "answer_truncated"
  | "answer_garbled"
  | "answer_unsigned"
  | "partition";

/** What arrives at the other end. */
export interface Passage {
  /** Null: it never does. */
  readonly afterMs: number | null;
  /** A second arrival of the same message. */
  readonly againAfterMs: number | null;
}

const lostPassage: Passage = { afterMs: null, againAfterMs: null };

export class Path {
  readonly #time: Timeline;
  readonly #chance: Chance;
  /** Told of every fault that meets a message. */
  readonly #struck: (fault: PathFault, subject: string | null) => void;
  weather: PathWeather = clearPath;
  #cutUntilMs = 0;

  constructor(time: Timeline, chance: Chance, struck: Path["struck"]) {
    this.#time = time;
    this.#chance = chance;
    this.#struck = struck;
  }

  get struck(): (fault: PathFault, subject: string | null) => void {
    return this.#struck;
  }

  get chance(): Chance {
    return this.#chance;
  }

  get isCut(): boolean {
    return this.#time.nowMs < this.#cutUntilMs;
  }

  cut(ms: number): void {
    this.#cutUntilMs = Math.max(this.#cutUntilMs, this.#time.nowMs + ms);
  }

  heal(): void {
    this.#cutUntilMs = 0;
    this.weather = clearPath;
  }

  /** `subject`: the order number that it is about, where there is one. `lateMsMax`: no later than this. */
  send(direction: Direction, subject: string | null, lateMsMax = Infinity): Passage {
    const { weather } = this;
    if (this.isCut) {
      this.#struck("partition", subject);
      return lostPassage;
    }
    if (this.#chance.hits(weather.lost[direction])) {
      this.#struck(direction === "there" ? "message_lost" : "answer_lost", subject);
      return lostPassage;
    }
    const afterMs = Math.min(this.#travelMs(subject), lateMsMax);
    const isDoubled = direction === "there" && this.#chance.hits(weather.doubled);
    if (!isDoubled) return { afterMs, againAfterMs: null };
    this.#struck("message_doubled", subject);
    return { afterMs, againAfterMs: Math.min(afterMs + this.#travelMs(subject), lateMsMax) };
  }

  #travelMs(subject: string | null): number {
    const { delayMs, delayed, delayedMsMax } = this.weather;
    const usualMs = this.#chance.skewed(delayMs[0], delayMs[1]);
    if (!this.#chance.hits(delayed)) return usualMs;
    this.#struck("message_delayed", subject);
    return usualMs + this.#chance.whole(1, delayedMsMax);
  }

  /** What arrived as an answer can't be used. */
  spoiled(
    subject: string | null,
  ): "answer_truncated" | "answer_garbled" | "answer_unsigned" | null {
    const { truncated, garbled, unsigned } = this.weather;
    if (truncated + garbled + unsigned === 0) return null;
    const draw = this.#chance.next();
    const fault =
      draw < truncated
        ? "answer_truncated"
        : draw < truncated + garbled
          ? "answer_garbled"
          : draw < truncated + garbled + unsigned
            ? "answer_unsigned"
            : null;
    if (fault !== null) this.#struck(fault, subject);
    return fault;
  }
}
