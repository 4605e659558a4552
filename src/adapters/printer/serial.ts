/** A printer on a serial line (or the virtual one of its USB driver). */
import type { SerialPort } from "serialport";
import { PrinterOpenError } from "../../ports/printer.ts";
import type {
  PrinterConnection,
  PrinterEvents,
  PrinterPort,
  PrinterUnreachable,
} from "../../ports/printer.ts";

export interface SerialOptions {
  readonly baud: number;
  readonly flow: "none" | "rtscts" | "xonxoff";
  readonly parity: "none" | "even" | "odd";
}

const closeMs = 2_000;

/** The library gives sentences, not codes; its own words on Linux, macOS and Windows. */
const reasons: readonly (readonly [RegExp, PrinterUnreachable])[] = [
  [/permission denied|access denied/i, "not_permitted"],
  [/lock|busy|temporarily unavailable|in use/i, "busy"],
  [/no such|not found|cannot open|unknown device/i, "no_device"],
];

const reasonOf = (message: string): PrinterUnreachable =>
  reasons.find(([pattern]) => pattern.test(message))?.[1] ?? "no_device";

/** `path`: "/dev/ttyUSB0", "COM3". The library is loaded only when a serial printer is opened. */
export function serialPrinter(path: string, options: SerialOptions): PrinterPort {
  return {
    address: path,
    open: async (events) => {
      const { SerialPort: Port } = await import("serialport");
      const port = new Port({
        path,
        autoOpen: false,
        baudRate: options.baud,
        dataBits: 8,
        stopBits: 1,
        parity: options.parity,
        rtscts: options.flow === "rtscts",
        xon: options.flow === "xonxoff",
        xoff: options.flow === "xonxoff",
      });
      await new Promise<void>((resolve, reject) => {
        port.open((error) => {
          if (error) reject(new PrinterOpenError(reasonOf(error.message), error.message));
          else resolve();
        });
      });
      return attended(port, events);
    },
  };
}

function attended(port: SerialPort, events: PrinterEvents): PrinterConnection {
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    port.once("close", (error: Error | null) => {
      isClosed = true;
      events.closed(error ? "reset" : "ended");
      resolve();
    });
  });
  port.on("data", (part: Buffer) => events.bytes(part));
  // An error of the line closes it too; the reason is told with that.
  port.on("error", () => undefined);
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error("the serial line is closed"));
        port.write(Buffer.from(bytes), (error) => {
          if (error) reject(error);
        });
        port.drain((error) => (error ? reject(error) : resolve()));
      }),
    close: async () => {
      if (isClosed) return;
      // What was given to the line goes out first, unless the printer stopped taking it.
      await new Promise<void>((resolve) => {
        const giveUp = setTimeout(resolve, closeMs);
        port.drain(() => {
          clearTimeout(giveUp);
          resolve();
        });
      });
      if (port.isOpen) port.close();
      await closed;
    },
  };
}
