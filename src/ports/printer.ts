/** Why no connection to the printer could be made. */
export type PrinterUnreachable =
  | "refused"
  | "busy"
  | "timeout"
  | "no_route"
  | "no_device"
  | "not_permitted";

/** Raised by `open`; anything else that a printer adapter throws is a bug. */
export class PrinterOpenError extends Error {
  readonly reason: PrinterUnreachable;
  constructor(reason: PrinterUnreachable, message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface PrinterEvents {
  bytes(part: Uint8Array): void;
  /** The connection ended; nothing is heard from the printer after it. Called once, also after our own `close`. */
  closed(reason: "ended" | "reset" | "timeout"): void;
}

/** The least that a printer is to us: bytes out, bytes back. Reading never stops while it is open. */
export interface PrinterConnection {
  /** Resolves when the system took the bytes, which proves nothing about paper. Rejects when the connection is gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Half-closes, waits for the other side to end, and never cuts off what is still in flight. */
  close(): Promise<void>;
}

/** One printer, one owner: a second `open` before the first is closed is a bug of the caller. */
export interface PrinterPort {
  /** For people: "192.168.1.50:9100", "/dev/usb/lp0". */
  readonly address: string;
  open(events: PrinterEvents): Promise<PrinterConnection>;
}
