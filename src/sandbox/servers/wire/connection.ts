/** One client's way through the wire, under the rules that hold while its bytes pass. */
import { connect, type Socket } from "node:net";
import { Lane, type Pace } from "./lane.ts";
import type { Direction, WireRules } from "./rules.ts";

export interface Target {
  readonly host: string;
  readonly port: number;
}

export interface ConnectionOptions {
  readonly client: Socket;
  readonly target: Target;
  /** Asked anew for each piece of data, so that rules can change under a living connection. */
  readonly rules: () => WireRules;
  readonly random: () => number;
  readonly passed: (direction: Direction, bytes: number) => void;
  readonly lost: (direction: Direction, bytes: number) => void;
  readonly closed: () => void;
}

const opposite = { up: "down", down: "up" } as const;

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #client: Socket;
  readonly #target: Socket;
  readonly #lanes: Readonly<Record<Direction, Lane>>;
  readonly #passedBytes: Record<Direction, number> = { up: 0, down: 0 };
  #copy: { readonly socket: Socket; readonly lane: Lane } | null = null;
  #requested = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#client = options.client;
    this.#target = connect({ ...options.target, allowHalfOpen: true, noDelay: true });
    const { random } = options;
    this.#lanes = {
      up: new Lane(this.#client, this.#target, () => this.#pace("up"), random),
      down: new Lane(this.#target, this.#client, () => this.#pace("down"), random),
    };
    this.#watch("up", this.#client, this.#target);
    this.#watch("down", this.#target, this.#client);
  }

  /** Closes both sides in the ordinary way, whatever was still on its way. */
  cut(): void {
    this.#client.destroy();
    this.#target.destroy();
    this.#dropCopy();
  }

  #dropCopy(): void {
    this.#copy?.lane.stop();
    this.#copy?.socket.destroy();
  }

  /** RST to both sides. */
  reset(): void {
    this.#client.resetAndDestroy();
    this.#target.resetAndDestroy();
    this.#dropCopy();
  }

  #pace(direction: Direction): Pace {
    const { bytes_per_s: bytesPerSecond, ...rules } = this.#options.rules();
    const { delay_ms: delayMs, jitter_ms: jitterMs } = rules[direction];
    return { delayMs, jitterMs, bytesPerSecond };
  }

  #loses(direction: Direction): boolean {
    const { lose } = this.#options.rules();
    return lose === direction || lose === "both";
  }

  #watch(direction: Direction, from: Socket, to: Socket): void {
    let failed = false;
    from.on("data", (bytes: Buffer) => this.#data(direction, bytes));
    from.on("end", () => {
      if (!this.#loses(direction)) this.#lanes[direction].end();
      if (direction === "up") this.#copy?.lane.end();
    });
    from.on("error", () => {
      failed = true;
    });
    from.on("close", () => {
      this.#lanes[opposite[direction]].stop();
      if (!this.#loses(direction)) {
        if (failed) to.resetAndDestroy();
        else if (!from.readableEnded) to.destroy();
      }
      this.#settleClosed();
    });
  }

  #data(direction: Direction, bytes: Uint8Array): void {
    const rules = this.#options.rules();
    if (direction === "up" && !this.#request(rules, bytes)) return;
    if (direction === "down" && rules.reset === "after_delivery" && this.#requested) {
      this.#client.resetAndDestroy();
      this.#target.destroy();
      return;
    }
    if (this.#loses(direction)) this.#options.lost(direction, bytes.length);
    else this.#pass(direction, bytes, rules);
  }

  /** Over when nothing of it is left, a copy that is still on its way included. */
  #settleClosed(): void {
    const copyOver = this.#copy === null || this.#copy.socket.destroyed;
    if (this.#client.destroyed && this.#target.destroyed && copyOver) this.#options.closed();
  }

  /** A client's bytes: false when they don't reach the target. */
  #request(rules: WireRules, bytes: Uint8Array): boolean {
    if (rules.reset === "before_delivery") {
      this.#client.resetAndDestroy();
      this.#target.resetAndDestroy();
      return false;
    }
    this.#requested = rules.reset === "after_delivery";
    if (rules.duplicate_after_ms !== null) this.#copyTo(rules.duplicate_after_ms).push(bytes);
    return true;
  }

  #pass(direction: Direction, bytes: Uint8Array, rules: WireRules): void {
    const { truncate } = rules;
    const left =
      truncate?.direction === direction
        ? truncate.after_bytes - this.#passedBytes[direction]
        : Number.POSITIVE_INFINITY;
    const part = bytes.subarray(0, Math.max(0, Math.min(left, bytes.length)));
    this.#passedBytes[direction] += part.length;
    this.#options.passed(direction, part.length);
    if (part.length > 0) this.#lanes[direction].push(part);
    if (part.length === bytes.length) return;
    // Both ends see an ordinary end of stream, the receiving one after the bytes that were let through.
    this.#client.pause();
    this.#target.pause();
    this.#lanes.up.end();
    this.#lanes.down.end();
    this.#client.removeAllListeners("data");
    this.#target.removeAllListeners("data");
    this.#client.resume();
    this.#target.resume();
  }

  /** The copy's answers go nowhere, and it ends when the original has. */
  #copyTo(afterMs: number): Lane {
    if (this.#copy) return this.#copy.lane;
    const socket = connect({ ...this.#options.target, noDelay: true });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#settleClosed());
    socket.resume();
    const pace = { delayMs: afterMs, jitterMs: 0, bytesPerSecond: null };
    const lane = new Lane(this.#client, socket, () => pace, this.#options.random);
    this.#client.on("close", () => lane.end());
    this.#copy = { socket, lane };
    return lane;
  }
}
