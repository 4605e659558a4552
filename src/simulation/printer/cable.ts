/** The printer's port as the spooler sees it: one connection at a time, in order, that can break in the middle. */
import {
  type PrinterConnection,
  type PrinterEvents,
  PrinterOpenError,
  type PrinterPort,
} from "../../ports/printer.ts";
import type { Path } from "../network/path.ts";
import { type Life, never } from "../world/machine.ts";
import type { Timeline } from "../world/timeline.ts";
import type { CableEnd, Printer } from "./printer.ts";

const connectMsMax = 3_000;

export interface PrinterCable extends PrinterPort {
  /** The process at this end died. */
  drop(): void;
}

export function printerCable(
  printer: Printer,
  path: Path,
  time: Timeline,
  life: Life,
): PrinterCable {
  let current: Cable | null = null;
  return {
    address: printer.id,
    drop: () => current?.drop(),
    open: (events) => {
      if (life.diesBefore()) return never();
      return new Promise((resolve, reject) => {
        const refuse = (ms: number, reason: "timeout" | "refused" | "busy"): void => {
          time.after(ms, () => {
            if (life.alive) reject(new PrinterOpenError(reason, reason));
          });
        };
        if (path.isCut || !printer.isPowered) return refuse(connectMsMax, "timeout");
        const { afterMs } = path.send("there", null);
        if (afterMs === null) return refuse(connectMsMax, "timeout");
        time.after(afterMs, () => {
          if (!life.alive) return;
          if (!printer.isPowered) return refuse(connectMsMax, "timeout");
          if (printer.isTaken) return refuse(1, "busy");
          current = new Cable(printer, path, time, life, events);
          resolve(current);
        });
      });
    },
  };
}

class Cable implements PrinterConnection, CableEnd {
  readonly #printer: Printer;
  readonly #path: Path;
  readonly #time: Timeline;
  readonly #life: Life;
  readonly #events: PrinterEvents;
  #isOpen = true;
  /** Bytes keep their order, each way. */
  #thereAtMs = 0;
  #backAtMs = 0;

  constructor(printer: Printer, path: Path, time: Timeline, life: Life, events: PrinterEvents) {
    this.#printer = printer;
    this.#path = path;
    this.#time = time;
    this.#life = life;
    this.#events = events;
    printer.plug(this);
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#life.diesBefore()) return never();
    if (!this.#isOpen) return Promise.reject(new Error("the printer closed the connection"));
    const { afterMs } = this.#path.send("there", null);
    if (afterMs === null) this.#breakAfter(bytes);
    else {
      this.#thereAtMs = Math.max(this.#thereAtMs, this.#time.nowMs + afterMs);
      this.#time.at(this.#thereAtMs, () => this.#printer.receive(this, bytes));
    }
    return this.#life.diesAfter() ? never() : Promise.resolve();
  }

  close(): Promise<void> {
    if (!this.#life.alive) return never();
    this.#end("ended");
    // What was written before still arrives; then the printer's side ends too.
    return new Promise((resolve) => {
      const lastMs = Math.max(this.#thereAtMs, this.#time.nowMs) + 1;
      this.#time.at(lastMs, () => {
        this.#printer.unplug(this);
        if (this.#life.alive) resolve();
      });
    });
  }

  bytes(part: Uint8Array): void {
    const { afterMs } = this.#path.send("back", null);
    if (afterMs === null) return this.#hangUp("timeout", 2_000);
    this.#backAtMs = Math.max(this.#backAtMs, this.#time.nowMs + afterMs);
    this.#time.at(this.#backAtMs, () => {
      if (this.#isOpen && this.#life.alive) this.#events.bytes(part);
    });
  }

  dead(): void {
    this.#hangUp("timeout", this.#path.chance.whole(500, 4_000));
  }

  /** The process at this end died: the printer learns of it at once, or when it tires of waiting. */
  drop(): void {
    this.#isOpen = false;
    this.#time.after(this.#path.chance.whole(1, 3_000), () => this.#printer.unplug(this));
  }

  /** The first part of the bytes arrives, and then the connection is no more. */
  #breakAfter(bytes: Uint8Array): void {
    const part = bytes.subarray(0, this.#path.chance.whole(0, bytes.length));
    this.#thereAtMs = Math.max(this.#thereAtMs, this.#time.nowMs + 1);
    this.#time.at(this.#thereAtMs, () => {
      if (part.length > 0) this.#printer.receive(this, part);
      this.#printer.unplug(this);
    });
    this.#hangUp("reset", this.#path.chance.whole(1, 3_000));
  }

  #hangUp(reason: "reset" | "timeout", ms: number): void {
    this.#time.after(ms, () => {
      this.#printer.unplug(this);
      this.#end(reason);
    });
  }

  #end(reason: "ended" | "reset" | "timeout"): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (this.#life.alive) this.#events.closed(reason);
  }
}
