/**
 * The lightest question there is: does somebody answer a TCP connect? An acceptance and a refusal both come from the
 * other end, so both prove the way; about 400 bytes. With TLS it also proves who answers.
 */
import { connect } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { ReachFailure } from "../../../core/diagnosis/evidence.ts";
import { sharedLookup } from "./lookup.ts";

export interface Spot {
  readonly host: string;
  readonly port: number;
}

export interface Touch {
  /** Until the last answer that was asked for: to the connect or the handshake; null when none came. */
  readonly ms: number | null;
  readonly failure: ReachFailure | null;
  /** Ours, once connected: tells the path that was really used. */
  readonly localAddress: string | null;
}

export interface TouchOptions {
  readonly timeoutMs: number;
  /** Bound to the path's own address. */
  readonly localAddress?: string | null;
  /** Shakes hands and checks the certificate, too. */
  readonly tls?: boolean;
}

/** A certificate of another name: a network that wants a login answers in everybody's name. */
const FAILURE_OF_CODE: Readonly<Record<string, ReachFailure>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  ETIMEDOUT: "timeout",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  EHOSTUNREACH: "timeout",
  EHOSTDOWN: "timeout",
  ENETUNREACH: "no_route",
  ENETDOWN: "down",
  EADDRNOTAVAIL: "no_address",
  ENOTFOUND: "no_name",
  EAI_AGAIN: "no_name",
  ENODATA: "no_name",
};

/** By the name that Node gives to the fault; null for one that isn't of the network. */
export function failureOfCode(code: string): ReachFailure | null {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return "portal";
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_/.test(code)) return "tls";
  if (/TIMEOUT|Timeout|in time$/.test(code)) return "timeout";
  return FAILURE_OF_CODE[code] ?? null;
}

/** Never rejects. */
export function touch({ host, port }: Spot, options: TouchOptions): Promise<Touch> {
  const { timeoutMs, localAddress = null, tls = false } = options;
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const socket = connect({
      host,
      port,
      ...(localAddress !== null && { localAddress }),
      lookup: sharedLookup,
    });
    let secure: TLSSocket | null = null;
    const end = (failure: ReachFailure | null): void => {
      clearTimeout(timer);
      // A refusal is an answer, too: it took a round trip.
      const answered = failure === null || failure === "refused";
      const ms = answered ? performance.now() - startedMs : null;
      resolve({ ms, failure, localAddress: socket.localAddress ?? null });
      // A socket under TLS is closed by what stands on it.
      secure?.destroy();
      socket.destroy();
    };
    const timer = setTimeout(() => end("timeout"), timeoutMs);
    socket.on("connect", () => {
      if (!tls) return end(null);
      const name = /^[\d.]+$/.test(host) ? {} : { servername: host };
      secure = connectTls({ socket, ...name }, () => end(null));
      secure.on("error", (error: NodeJS.ErrnoException) =>
        end(failureOfCode(error.code ?? "") ?? "tls"),
      );
      return undefined;
    });
    socket.on("error", (error: NodeJS.ErrnoException) =>
      end(failureOfCode(error.code ?? "") ?? "bad_answer"),
    );
  });
}
