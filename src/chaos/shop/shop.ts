/** A shop and the world around it: the real one box, the real sandbox, each a process that can be killed by itself. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { call, type Method } from "./calls.ts";
import { Program } from "./program.ts";

/** Divides every waiting time of box and gateway: 60 s of waiting for a password are 6 s here. */
export const timeFactor = 10;
const codeLifeMs = 60_000 / timeFactor;
const printerSpeedMmPerS = 400;

export interface ShopPlace {
  /** What is started as box and as sandbox. */
  readonly program: string;
  /** Journal and ledger; may be a disk of its own. */
  readonly data: string;
  /** Gateway's book and papers: never on the shop's disk. */
  readonly outside: string;
  readonly boxEnv: Readonly<Record<string, string>>;
  readonly boxUnder?: readonly string[];
}

interface Ports {
  readonly box: number;
  readonly control: number;
  readonly gateway: number;
  readonly printer: number;
  readonly gatewayWire: number;
  readonly printerWire: number;
}

export class Shop {
  readonly place: ShopPlace;
  readonly box: Program;
  readonly sandbox: Program;
  readonly #ports: Ports;

  private constructor(place: ShopPlace, ports: Ports) {
    this.place = place;
    this.#ports = ports;
    const { program, data, outside, boxEnv, boxUnder = [] } = place;
    const boxArgs = ["start", "--data", data, "--port", String(ports.box), "--json"];
    this.box = new Program(program, boxArgs, boxEnv, boxUnder);
    this.sandbox = new Program(program, [
      "sandbox",
      "--data",
      outside,
      "--port",
      String(ports.control),
      "--gateway-port",
      String(ports.gateway),
      "--printer-port",
      String(ports.printer),
      "--gateway-wire-port",
      String(ports.gatewayWire),
      "--printer-wire-port",
      String(ports.printerWire),
      "--json",
    ]);
  }

  static async open(place: ShopPlace): Promise<Shop> {
    const ports = await freePorts();
    mkdirSync(place.data, { recursive: true });
    mkdirSync(place.outside, { recursive: true });
    symlinkSync(place.outside, join(place.data, "sandbox"));
    const printer = { address: `tcp://127.0.0.1:${ports.printerWire}` };
    const config = { time_factor: timeFactor, printer };
    writeFileSync(join(place.data, "config.json"), JSON.stringify(config));
    const shop = new Shop(place, ports);
    await shop.startSandbox();
    await shop.startBox();
    return shop;
  }

  async startSandbox(): Promise<void> {
    if (this.sandbox.isRunning) return;
    // A killed one leaves its announcement behind; the box must not take up its number.
    rmSync(join(this.place.outside, "sandbox.json"), { force: true });
    await this.sandbox.start();
    const settings = { time_factor: timeFactor, code_life_ms: codeLifeMs };
    await this.control("PATCH", "/control/settings", settings);
    await this.control("POST", "/printer/state", { speed_mm_per_s: printerSpeedMmPerS });
    await this.control("PATCH", "/control/wallets/lin", { balance_fen: 9_000_000_000 });
  }

  /** Without its sandbox the box would start one of its own. */
  async startBox(): Promise<void> {
    await this.startSandbox();
    if (!this.box.isRunning) await this.box.start();
  }

  ask<T>(method: Method, path: string, body?: unknown, key?: string): Promise<T> {
    const headers = key === undefined ? {} : { "idempotency-key": key };
    return call<T>(`http://127.0.0.1:${this.#ports.box}${path}`, method, body, headers);
  }

  control<T>(method: Method, path: string, body?: unknown): Promise<T> {
    return call<T>(`http://127.0.0.1:${this.#ports.control}${path}`, method, body);
  }

  /** Both end as a shop closes in the evening, or are killed when they don't. */
  async close(): Promise<void> {
    await this.box.end("SIGTERM");
    await this.sandbox.end("SIGTERM");
  }

  async kill(): Promise<void> {
    await this.box.end("SIGKILL");
    await this.sandbox.end("SIGKILL");
  }
}

/** All free at once, so that each process finds its own again after a kill. */
async function freePorts(): Promise<Ports> {
  const servers = Array.from({ length: 6 }, () => createServer());
  const found = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((done, fail) => {
          server.once("error", fail);
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            done(typeof address === "object" && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  const [box, control, gateway, printer, gatewayWire, printerWire] = found as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { box, control, gateway, printer, gatewayWire, printerWire };
}
