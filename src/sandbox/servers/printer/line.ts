/**
 * The printer's network side: a listening port that can be shut, one owner of the print job at a time, and what
 * happens to a second one. One line carries bytes and ends; what they mean is the model's business.
 */
import { createServer, type Server, type Socket } from "node:net";
import type { SecondConnection } from "./state.ts";

export interface LineHost {
  connected(): void;
  /** Bytes of the owner; gives how many were taken, the rest is offered again by `pump`. */
  bytes(part: Uint8Array): number;
  /** Whether the owner reads what it is sent. */
  ready(ready: boolean): void;
  disconnected(): void;
  changed(): void;
}

interface Peer {
  readonly socket: Socket;
  backlog: Uint8Array | null;
}

export class Line {
  secondConnection: SecondConnection = "queue";
  #server: Server | null = null;
  #port: number;
  #open = true;
  /** Dark, until it is reset: what is connected isn't even heard to end. */
  #silent = false;
  #listening: Promise<void> = Promise.resolve();
  #owner: Peer | null = null;
  #waiting: Peer[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #address: string;
  readonly #idleMs: number;
  readonly #host: LineHost;

  constructor(options: { host: string; port: number; idleMs: number }, host: LineHost) {
    this.#address = options.host;
    this.#port = options.port;
    this.#idleMs = options.idleMs;
    this.#host = host;
  }

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Opens or shuts the port, as asked and as the owner of a printer that refuses a second host makes it. */
  listen(open: boolean): Promise<void> {
    this.#open = open;
    return this.#settlePort();
  }

  /** Settles one change of the port after the other; each looks at what is wanted by then. */
  #settlePort(): Promise<void> {
    const next = this.#listening.then(() => {
      const full = this.secondConnection === "refuse" && this.#owner !== null;
      const wanted = this.#open && !full;
      if (wanted && !this.#server) return this.#bind();
      if (!wanted && this.#server) {
        this.#server.close();
        this.#server = null;
      }
      return undefined;
    });
    this.#listening = next.catch(() => undefined);
    return next;
  }

  #bind(): Promise<void> {
    return new Promise((resolve, reject) => {
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
        this.#accept(socket),
      );
      server.once("error", reject);
      server.listen({ host: this.#address, port: this.#port }, () => {
        const address = server.address();
        if (typeof address === "object" && address) this.#port = address.port;
        server.off("error", reject);
        this.#server = server;
        resolve();
      });
    });
  }

  #accept(socket: Socket): void {
    const peer: Peer = { socket, backlog: null };
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#left(peer));
    // Also of one that waits: heard by nobody, its end would make it an owner that never leaves.
    socket.on("end", () => {
      if (!this.#silent) socket.end();
    });
    if (!this.#open || (this.#owner && this.secondConnection === "refuse")) {
      socket.resetAndDestroy();
      return;
    }
    socket.pause();
    if (!this.#owner) this.#serve(peer);
    else if (this.secondConnection === "queue") this.#waiting.push(peer);
    this.#host.changed();
  }

  #serve(peer: Peer): void {
    const { socket } = peer;
    this.#owner = peer;
    socket.setTimeout(this.#idleMs, () => socket.end(() => socket.destroySoon()));
    socket.on("data", (part: Buffer) => this.#data(peer, part));
    socket.on("drain", () => {
      if (this.#owner === peer) this.#host.ready(true);
    });
    this.#host.connected();
    if (this.secondConnection === "refuse") void this.#settlePort();
    socket.resume();
  }

  #data(peer: Peer, part: Uint8Array): void {
    if (this.#owner !== peer) return;
    const taken = this.#host.bytes(part);
    if (taken >= part.length || this.#owner !== peer) return;
    peer.backlog = part.slice(taken);
    peer.socket.pause();
  }

  /** Offers what couldn't be taken before. */
  pump(): void {
    const peer = this.#owner;
    const waiting = peer?.backlog;
    if (!peer || !waiting) return;
    peer.backlog = null;
    this.#data(peer, waiting);
    if (!peer.backlog) peer.socket.resume();
  }

  send(bytes: Uint8Array): void {
    const socket = this.#owner?.socket;
    if (!socket || socket.destroyed || !socket.writable) return;
    if (!socket.write(bytes)) this.#host.ready(false);
  }

  #left(peer: Peer): void {
    this.#sockets.delete(peer.socket);
    this.#waiting = this.#waiting.filter((other) => other !== peer);
    if (this.#owner === peer) {
      this.#owner = null;
      this.#host.disconnected();
      this.#serveNext();
    }
    this.#host.changed();
  }

  #serveNext(): void {
    const next = this.#waiting.shift();
    if (next) this.#serve(next);
    else void this.#settlePort();
  }

  /** The device is dark: what is connected hears nothing any more, not even an end. */
  fallSilent(): void {
    this.#silent = true;
    this.#owner = null;
    this.#waiting = [];
    for (const socket of this.#sockets) socket.pause();
    for (const socket of this.#sockets) socket.setTimeout(0);
  }

  /** RST to every connection, as a device that knows nothing of them sends. */
  reset(): void {
    this.#silent = false;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    await this.listen(false);
    for (const socket of this.#sockets) socket.destroy();
  }
}
