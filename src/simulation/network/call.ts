/** One request and its answer over a path, with everything that can come between. */
import { type Life, never } from "../world/machine.ts";
import type { Timeline } from "../world/timeline.ts";
import type { Path } from "./path.ts";

/** Why there is no answer. `never_left`: proven, not a byte of the request arrived. */
export type CallFailure =
  | "never_left"
  | "silence"
  | "broken"
  | "answer_truncated"
  | "answer_garbled"
  | "answer_unsigned"
  /** The other side answered that it can't. */
  | "refused";

export class CallFailed extends Error {
  readonly why: CallFailure;
  constructor(why: CallFailure) {
    super(why);
    this.why = why;
  }
}

export interface CallOptions<T> {
  readonly time: Timeline;
  readonly path: Path;
  /** Of the process that asks. */
  readonly life: Life;
  readonly isServerUp: () => boolean;
  readonly timeoutMs: number;
  /** How late a request of this kind can arrive at most. */
  readonly lateMsMax?: number;
  /** The order that it is about. */
  readonly subject: string | null;
  /** Runs at the other side once for each arrival. A rejection is its answer "I can't". */
  readonly serve: () => Promise<T>;
}

const connectMsMax = 5_000;

/** Rejects with CallFailed. A process that died meanwhile never hears of it. */
export function call<T>(options: CallOptions<T>): Promise<T> {
  const { life } = options;
  if (life.diesBefore()) return never();
  return new Promise((resolve, reject) => {
    const asked = new Asked(options, resolve, reject);
    asked.connect();
    // Dead just after the bytes left: they travel on.
    life.diesAfter();
  });
}

class Asked<T> {
  readonly #options: CallOptions<T>;
  readonly #resolve: (answer: T) => void;
  readonly #reject: (failure: CallFailed) => void;
  #isOver = false;
  #callOff: () => void = () => {};

  constructor(
    options: CallOptions<T>,
    resolve: (answer: T) => void,
    reject: (failure: CallFailed) => void,
  ) {
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  connect(): void {
    const { path, time, timeoutMs, isServerUp, subject } = this.#options;
    if (path.isCut) {
      path.struck("partition", subject);
      // An old connection swallows the request without a word; a new one doesn't come about.
      const isOld = path.chance.hits(0.5);
      const waitMs = isOld ? timeoutMs : Math.min(connectMsMax, timeoutMs);
      time.after(waitMs, () => this.#fail(isOld ? "silence" : "never_left"));
      return;
    }
    if (!isServerUp()) {
      time.after(path.chance.whole(1, 20), () => this.#fail("never_left"));
      return;
    }
    this.#send();
  }

  #send(): void {
    const { path, time, timeoutMs, subject, lateMsMax } = this.#options;
    this.#callOff = time.after(timeoutMs, () => this.#fail("silence"));
    const { afterMs, againAfterMs } = path.send("there", subject, lateMsMax);
    if (afterMs !== null) time.after(afterMs, () => this.#arrive());
    if (againAfterMs !== null) time.after(againAfterMs, () => this.#arrive());
  }

  #arrive(): void {
    const { isServerUp, serve, time, path } = this.#options;
    if (!isServerUp()) {
      time.after(path.chance.whole(1, 20), () => this.#fail("broken"));
      return;
    }
    serve().then(
      (answer) => this.#answer(answer),
      () => this.#answerFailure(),
    );
  }

  #answer(answer: T): void {
    const { path, time, subject } = this.#options;
    const { afterMs } = path.send("back", subject);
    if (afterMs === null) return;
    const spoiled = path.spoiled(subject);
    time.after(afterMs, () => {
      if (spoiled !== null) return this.#fail(spoiled);
      if (this.#end()) this.#resolve(answer);
    });
  }

  #answerFailure(): void {
    const { path, time, subject } = this.#options;
    const { afterMs } = path.send("back", subject);
    if (afterMs !== null) time.after(afterMs, () => this.#fail("refused"));
  }

  #fail(why: CallFailure): void {
    if (this.#end()) this.#reject(new CallFailed(why));
  }

  /** The first end counts, and only for a process that still lives. */
  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#callOff();
    return this.#options.life.alive;
  }
}
