/** A shop and the world around it: the real one box, the real sandbox, each a process that can be killed by itself. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { call, type Method } from "./calls.ts";
import type { Ports } from "./ports.ts";
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
  readonly ports: Ports;
}

export class Shop {
  readonly place: ShopPlace;
  readonly box: Program;
  readonly sandbox: Program;

  private constructor(place: ShopPlace) {
    this.place = place;
    const { program, data, outside, boxEnv, boxUnder = [], ports } = place;
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
    mkdirSync(place.data, { recursive: true });
    mkdirSync(place.outside, { recursive: true });
    symlinkSync(place.outside, join(place.data, "sandbox"));
    const printer = { address: `tcp://127.0.0.1:${place.ports.printerWire}` };
    const config = { time_factor: timeFactor, printer };
    writeFileSync(join(place.data, "config.json"), JSON.stringify(config));
    const shop = new Shop(place);
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
    return call<T>(`http://127.0.0.1:${this.place.ports.box}${path}`, method, body, headers);
  }

  control<T>(method: Method, path: string, body?: unknown): Promise<T> {
    return call<T>(`http://127.0.0.1:${this.place.ports.control}${path}`, method, body);
  }

  /** The last that both wrote to standard error. */
  get words(): string {
    return `${this.box.words}\n${this.sandbox.words}`;
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
