import assert from "node:assert/strict";
import { PrinterOpenError } from "../../src/ports/printer.ts";
import type {
  PrinterConnection,
  PrinterEvents,
  PrinterPort,
  PrinterUnreachable,
} from "../../src/ports/printer.ts";
import type { PrinterModel } from "./printer-model.ts";

/** A cable in memory between the spooler and the model; it can be refused, cut without a word, or torn. */
export class ModelPort implements PrinterPort {
  readonly address = "in memory";
  readonly #model: PrinterModel;
  refuses: PrinterUnreachable | null = null;
  closesAtOnce = false;
  opened = 0;
  #events: PrinterEvents | null = null;
  #isDead = false;
  writes: string[] = [];

  constructor(model: PrinterModel) {
    this.#model = model;
  }

  open(events: PrinterEvents): Promise<PrinterConnection> {
    assert.equal(this.#events, null, "one owner, one connection");
    const reason = this.refuses ?? (this.#model.hasPower ? null : "timeout");
    if (reason !== null) return Promise.reject(new PrinterOpenError(reason, reason));
    this.opened += 1;
    this.#events = events;
    this.#isDead = false;
    if (this.closesAtOnce) events.closed("ended");
    this.#model.connect((bytes) => {
      if (!this.#isDead) queueMicrotask(() => events.bytes(bytes));
    });
    return Promise.resolve({
      write: (bytes) => {
        this.writes.push(Buffer.from(bytes).toString("hex"));
        if (!this.#isDead) queueMicrotask(() => this.#model.receive(bytes));
        return Promise.resolve();
      },
      close: () => {
        this.#events = null;
        if (!this.#isDead) this.#model.disconnect();
        events.closed("ended");
        return Promise.resolve();
      },
    });
  }

  /** The cable is pulled: nothing arrives any more, and nobody is told. */
  cut(): void {
    this.#isDead = true;
    this.#model.disconnect();
  }
  tear(reason: "ended" | "reset"): void {
    this.cut();
    this.#events?.closed(reason);
  }
}
