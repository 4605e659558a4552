/**
 * A printer as a file: /dev/usb/lp0 and its like. The driver has no way to wake us for an answer, so it is asked at
 * short intervals: shortest just after something was said by either side.
 */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { PrinterOpenError } from "../../ports/printer.ts";
import type {
  PrinterConnection,
  PrinterEvents,
  PrinterPort,
  PrinterUnreachable,
} from "../../ports/printer.ts";

const unreachable: Readonly<Record<string, PrinterUnreachable>> = {
  ENOENT: "no_device",
  ENODEV: "no_device",
  ENXIO: "no_device",
  EBUSY: "busy",
  EACCES: "not_permitted",
  EPERM: "not_permitted",
};

const activePollMs = 2;
const activeForMs = 1_000;
const quietPollMs = 50;
/** The driver's buffer is full while the printer prints or stands still. */
const fullRetryMs = 10;

/** What is used of an open file. */
export interface DeviceFile {
  read(part: Uint8Array, offset: number, length: number): Promise<{ readonly bytesRead: number }>;
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
  ): Promise<{ readonly bytesWritten: number }>;
  close(): Promise<void>;
}

/**
 * What reading a device says that can only be written to: the kernel's usblp answers EINVAL where the printer has no way
 * back, and EIO where that way stands still from the start. Unplugged is ENODEV, and later EIO.
 */
const neverAnswers: ReadonlySet<string> = new Set(["EINVAL", "EIO"]);

/** `path` of a character device that can be written, and read where the printer answers. */
export function devicePrinter(
  path: string,
  openFile: (path: string, flags: number) => Promise<DeviceFile> = open,
): PrinterPort {
  return {
    address: path,
    open: async (events) => {
      try {
        const { O_RDWR, O_NONBLOCK, O_NOCTTY } = constants;
        return new DeviceConnection(await openFile(path, O_RDWR | O_NONBLOCK | O_NOCTTY), events);
      } catch (error) {
        const reason = unreachable[codeOf(error)] ?? "no_device";
        throw new PrinterOpenError(reason, `${path}: ${String(error)}`);
      }
    },
  };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

class DeviceConnection implements PrinterConnection {
  readonly #file: DeviceFile;
  readonly #events: PrinterEvents;
  #isClosed = false;
  #activeUntilMs = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #reading: Promise<void>;
  #writing: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(file: DeviceFile, events: PrinterEvents) {
    this.#file = file;
    this.#events = events;
    this.#reading = this.#read();
  }

  write(bytes: Uint8Array): Promise<void> {
    const done = this.#writing.then(() => this.#writeAll(bytes));
    this.#writing = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    this.#end("ended");
    await this.#reading;
    await this.#writing;
    await this.#file.close().catch(() => undefined);
  }

  #end(reason: "ended" | "reset"): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#wake();
    this.#events.closed(reason);
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    this.#stayActive();
    let at = 0;
    while (at < bytes.length) {
      if (this.#isClosed) throw new Error("the printer's device is closed");
      try {
        at += (await this.#file.write(bytes, at, bytes.length - at)).bytesWritten;
      } catch (error) {
        if (codeOf(error) !== "EAGAIN") {
          this.#end("reset");
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, fullRetryMs));
      }
    }
  }

  async #read(): Promise<void> {
    const part = new Uint8Array(4_096);
    let hasRead = false;
    while (!this.#isClosed) {
      try {
        const { bytesRead } = await this.#file.read(part, 0, part.length);
        hasRead = true;
        if (bytesRead > 0 && !this.#isClosed) {
          this.#stayActive();
          this.#events.bytes(part.slice(0, bytesRead));
          continue;
        }
      } catch (error) {
        const code = codeOf(error);
        // It takes bytes and never says a word: what it prints is for the cashier to see.
        if (!hasRead && neverAnswers.has(code)) return;
        // EIO and ENODEV: unplugged or switched off.
        if (code !== "EAGAIN") return this.#end("reset");
        hasRead = true;
      }
      await this.#rest();
    }
  }

  #stayActive(): void {
    this.#activeUntilMs = performance.now() + activeForMs;
    this.#wake();
  }

  #rest(): Promise<void> {
    const isActive = performance.now() < this.#activeUntilMs;
    return new Promise((resolve) => {
      this.#wake = () => {
        if (this.#timer !== null) clearTimeout(this.#timer);
        resolve();
      };
      this.#timer = setTimeout(resolve, isActive ? activePollMs : quietPollMs);
    });
  }
}
