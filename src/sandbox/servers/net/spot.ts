/**
 * A place in the network that answers a connect, refuses it, or says nothing at all: a router, or some address out there.
 *
 * Saying nothing is hard for a living process, since the kernel answers in its place. A listening socket whose owner
 * takes no connections and whose queue is full does: then the kernel drops what comes. So a thread listens, goes to
 * sleep, and the queue is filled from here.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import type { SpotMode } from "./modes.ts";

export interface NetSpot {
  /** "127.0.0.1:port" */
  readonly address: string;
  mode(): SpotMode;
  /** Resolves once it behaves so. */
  set(mode: SpotMode): Promise<void>;
  close(): Promise<void>;
}

const host = "127.0.0.1";

export async function startSpot(): Promise<NetSpot> {
  const spot = new Spot();
  await spot.open();
  return spot;
}

class Spot implements NetSpot {
  #port = 0;
  #mode: SpotMode = "refused";
  #server: Server | null = null;
  #silence: Silence | null = null;
  #turn: Promise<void> = Promise.resolve();

  get address(): string {
    return `${host}:${this.#port}`;
  }

  mode(): SpotMode {
    return this.#mode;
  }

  open(): Promise<void> {
    return this.set("up");
  }

  close(): Promise<void> {
    return this.set("refused");
  }

  set(mode: SpotMode): Promise<void> {
    const done = this.#turn.then(() => this.#change(mode));
    this.#turn = done.catch(() => {});
    return done;
  }

  async #change(mode: SpotMode): Promise<void> {
    if (mode === this.#mode) return;
    await this.#shut();
    if (mode === "up") this.#server = await listening(this.#port);
    const address = this.#server?.address();
    if (typeof address === "object" && address !== null) this.#port = address.port;
    if (mode === "silent") this.#silence = await silence(this.#port);
    this.#mode = mode;
  }

  async #shut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
    await this.#silence?.end();
    this.#silence = null;
    this.#mode = "refused";
  }
}

function listening(port: number): Promise<Server> {
  // Ends at once: whoever knocked has had the answer, and a close of the server waits for nobody.
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.end(() => socket.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

interface Silence {
  end(): Promise<void>;
}

/** Listens with the shortest queue there is, says so, and sleeps until it is woken up. */
const sleeper = `
const { createServer } = require("node:net");
const { parentPort, workerData } = require("node:worker_threads");
const server = createServer((socket) => socket.destroy());
server.listen({ host: workerData.host, port: workerData.port, backlog: 1 }, () => {
  parentPort.postMessage("listening");
  Atomics.wait(new Int32Array(workerData.bell), 0, 0);
  server.close();
});
`;

const fillMsMax = 150;
const fillCountMax = 16;

async function silence(port: number): Promise<Silence> {
  const bell = new SharedArrayBuffer(4);
  const worker = new Worker(sleeper, { eval: true, workerData: { host, port, bell } });
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
  });
  const fillers: Socket[] = [];
  let full = false;
  while (!full && fillers.length < fillCountMax) full = !(await fill(port, fillers));
  return {
    async end() {
      for (const socket of fillers) socket.destroy();
      Atomics.store(new Int32Array(bell), 0, 1);
      Atomics.notify(new Int32Array(bell), 0);
      await ended;
    },
  };
}

/** One more connection into the queue; false once nobody answers any more. */
function fill(port: number, fillers: Socket[]): Promise<boolean> {
  const socket = connect({ host, port });
  fillers.push(socket);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), fillMsMax);
    socket.on("error", () => {});
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
