/** A printer on the network: raw bytes on port 9100. */
import { createConnection } from "node:net";
import type { Socket } from "node:net";
import { PrinterOpenError } from "../../ports/printer.ts";
import type {
  PrinterConnection,
  PrinterEvents,
  PrinterPort,
  PrinterUnreachable,
} from "../../ports/printer.ts";

export interface TcpOptions {
  readonly connectMs?: number;
  /** How long `close` waits for the printer to end its side before the connection is given up. */
  readonly closeMs?: number;
}

const unreachable: Readonly<Record<string, PrinterUnreachable>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "busy",
  EPIPE: "busy",
  ETIMEDOUT: "timeout",
  EACCES: "not_permitted",
  EPERM: "not_permitted",
};

const codeOf = (error: Error): string => ("code" in error ? String(error.code) : "");

/** `host` and `port` of the printer, which is opened only when the spooler asks. */
export function tcpPrinter(host: string, port: number, options: TcpOptions = {}): PrinterPort {
  const { connectMs = 3_000, closeMs = 2_000 } = options;
  const address = `${host}:${port}`;
  return {
    address,
    open: async (events) => {
      const socket = await connected(host, port, connectMs, address);
      return attended(socket, events, closeMs);
    },
  };
}

function connected(
  host: string,
  port: number,
  connectMs: number,
  address: string,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port, noDelay: true });
    const fail = (reason: PrinterUnreachable, message: string): void => {
      socket.destroy();
      reject(new PrinterOpenError(reason, `${address}: ${message}`));
    };
    const timer = setTimeout(() => fail("timeout", `no answer in ${connectMs} ms`), connectMs);
    const onError = (error: Error): void => {
      clearTimeout(timer);
      fail(unreachable[codeOf(error)] ?? "no_route", error.message);
    };
    socket.once("error", onError);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", onError);
      socket.setKeepAlive(true, 1_000);
      resolve(socket);
    });
  });
}

/** Reads from the first moment to the last: bytes left unread would turn our end into a reset that loses paper. */
function attended(socket: Socket, events: PrinterEvents, closeMs: number): PrinterConnection {
  let isClosed = false;
  let error: Error | null = null;
  const tellClosed = (reason: "ended" | "reset" | "timeout"): void => {
    if (isClosed) return;
    isClosed = true;
    events.closed(reason);
  };
  socket.on("data", (part: Buffer) => {
    if (!isClosed) events.bytes(part);
  });
  socket.on("end", () => tellClosed("ended"));
  socket.on("error", (problem) => (error = problem));
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      if (error === null) tellClosed("ended");
      else tellClosed(codeOf(error) === "ETIMEDOUT" ? "timeout" : "reset");
      resolve();
    });
  });
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (isClosed) reject(new Error("the printer closed the connection"));
        else socket.write(bytes, (problem) => (problem ? reject(problem) : resolve()));
      }),
    close: async () => {
      socket.end();
      const giveUp = setTimeout(() => socket.destroy(), closeMs);
      await closed;
      clearTimeout(giveUp);
    },
  };
}
