/** A wire that can fail: a TCP proxy in front of the gateway or the printer, with every fault settable at run time. */
import { createServer, type Server, type Socket } from "node:net";
import { Connection, type Target } from "./connection.ts";
import { CALM_WIRE, changed, seeded, type WireChange, type WireRules } from "./rules.ts";

export interface StartWire {
  readonly target: Target;
  /** 0, the default: a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Of the generator that jitter is drawn from. */
  readonly seed?: number;
}

export interface WireState {
  readonly address: string;
  readonly target: string;
  readonly rules: WireRules;
  /** Rules for the next so many connections, before `rules` hold again. */
  readonly next: { readonly connections: number; readonly rules: WireRules } | null;
  readonly open_connections: number;
  readonly connections: number;
  /** Passed on, and swallowed by `lose`. */
  readonly bytes: { readonly up: number; readonly down: number };
  readonly lost_bytes: { readonly up: number; readonly down: number };
}

export interface Wire {
  readonly host: string;
  readonly port: number;
  state(): WireState;
  /** Changes what holds for all connections, living ones included. Resolves when the port is open or shut as asked. */
  set(change: WireChange): Promise<WireState>;
  /** These rules, on an otherwise calm wire, for the next connections only, each for as long as it lives. */
  setNext(connections: number, change: WireChange): WireState;
  /** No rules any more, for later connections and living ones. */
  calm(): Promise<WireState>;
  /** Ends all living connections now: `end` closes them, `reset` sends RST. */
  cut(how?: "end" | "reset"): WireState;
  close(): Promise<void>;
}

/** Starts a wire on loopback; rejects when the port is taken. */
export async function startWire(options: StartWire): Promise<Wire> {
  const wire = new TcpWire(options);
  await wire.calm();
  return wire;
}

class TcpWire implements Wire {
  readonly host: string;
  #port: number;
  #rules: WireRules = CALM_WIRE;
  /** Connections under rules of their own go back to the standing ones when the wire is calmed. */
  #generation = 0;
  #next: { connections: number; rules: WireRules } | null = null;
  #server: Server | null = null;
  #settling: Promise<void> = Promise.resolve();
  #closed = false;
  #count = 0;
  readonly #bytes = { up: 0, down: 0 };
  readonly #lost = { up: 0, down: 0 };
  readonly #connections = new Set<Connection>();
  readonly #target: Target;
  readonly #random: () => number;

  constructor(options: StartWire) {
    this.host = options.host ?? "127.0.0.1";
    this.#port = options.port ?? 0;
    this.#target = options.target;
    this.#random = seeded(options.seed ?? 1);
  }

  get port(): number {
    return this.#port;
  }

  state(): WireState {
    return {
      address: `${this.host}:${this.#port}`,
      target: `${this.#target.host}:${this.#target.port}`,
      rules: this.#rules,
      next: this.#next && { ...this.#next },
      open_connections: this.#connections.size,
      connections: this.#count,
      bytes: { ...this.#bytes },
      lost_bytes: { ...this.#lost },
    };
  }

  async set(change: WireChange): Promise<WireState> {
    this.#rules = changed(this.#rules, change);
    await this.#settlePort();
    return this.state();
  }

  setNext(connections: number, change: WireChange): WireState {
    this.#next = connections > 0 ? { connections, rules: changed(CALM_WIRE, change) } : null;
    return this.state();
  }

  calm(): Promise<WireState> {
    this.#next = null;
    this.#generation += 1;
    return this.set(CALM_WIRE);
  }

  cut(how: "end" | "reset" = "end"): WireState {
    for (const connection of this.#connections) {
      if (how === "reset") connection.reset();
      else connection.cut();
    }
    return this.state();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#settlePort();
    this.cut();
  }

  #settlePort(): Promise<void> {
    const next = this.#settling.then(() => {
      const wanted = !this.#closed && !this.#rules.refuse;
      if (wanted && !this.#server) return this.#bind();
      if (!wanted && this.#server) {
        this.#server.close();
        this.#server = null;
      }
      return undefined;
    });
    this.#settling = next.catch(() => undefined);
    return next;
  }

  #bind(): Promise<void> {
    return new Promise((resolve, reject) => {
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
        this.#accept(client),
      );
      server.once("error", reject);
      server.listen({ host: this.host, port: this.#port }, () => {
        const address = server.address();
        if (typeof address === "object" && address) this.#port = address.port;
        server.off("error", reject);
        this.#server = server;
        resolve();
      });
    });
  }

  #accept(client: Socket): void {
    const own = this.#takeNext();
    const generation = this.#generation;
    const rules = (): WireRules => (own && generation === this.#generation ? own : this.#rules);
    this.#count += 1;
    if (this.#closed || rules().refuse) {
      client.on("error", () => client.destroy());
      client.resetAndDestroy();
      return;
    }
    const connection: Connection = new Connection({
      client,
      target: this.#target,
      rules,
      random: this.#random,
      passed: (direction, bytes) => {
        this.#bytes[direction] += bytes;
      },
      lost: (direction, bytes) => {
        this.#lost[direction] += bytes;
      },
      closed: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
  }

  #takeNext(): WireRules | null {
    const next = this.#next;
    if (!next) return null;
    this.#next = next.connections > 1 ? { ...next, connections: next.connections - 1 } : null;
    return next.rules;
  }
}
