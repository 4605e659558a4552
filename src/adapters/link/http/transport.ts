/** One request over HTTP or HTTPS that says for sure whether any of it can have left this computer. */
import http from "node:http";
import https from "node:https";
import { isLoopback } from "./address.ts";

/** No byte of the request left: nobody answered the connection, or TLS didn't come about. */
export class NeverLeft extends Error {}
/** The request may have arrived. */
export class Broken extends Error {
  /** The connection was an old one that the other side had closed: asking again at once is sensible. */
  readonly stale: boolean;
  constructor(message: string, stale: boolean) {
    super(message);
    this.stale = stale;
  }
}

export interface RawReply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Transport {
  post(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<RawReply>;
  close(): void;
}

export interface TransportOptions {
  /** The hub's address, e.g. https://hub.example.com:7443. */
  readonly url: string;
  /** PEM of the authority that signed the hub's certificate, where it isn't a public one. */
  readonly ca?: string;
  readonly insecureLan?: boolean;
}

const connectMsMax = 5_000;
const replyBytesMax = 8 << 20;
/** Shorter than any server or NAT keeps a quiet connection, so that a stale one is rarely used. */
const idleMsMax = 10_000;

/** Throws an Error in plain words for an address that can't or mustn't be used. */
export function openTransport({ url, ca, insecureLan = false }: TransportOptions): Transport {
  if (!URL.canParse(url))
    throw new Error(`${url} 不是网址，例如 https://hub.example.com:7443 (not an address)`);
  const base = new URL(url);
  const secure = base.protocol === "https:";
  if (!secure && base.protocol !== "http:") throw new Error(`${url}: http or https only`);
  if (!secure && !insecureLan && !isLoopback(base.hostname))
    throw new Error(
      `${url} 是明文连接：付款码会在网络上被看到。请在中心用 --tls-cert 和 --tls-key 开启 https，或在可信的局域网里加 --insecure-lan。(Plain http would show payment codes to the network. Use https at the hub, or --insecure-lan on a network that you trust.)`,
    );
  const agentOptions = { keepAlive: true, timeout: idleMsMax, maxSockets: 64 };
  const agent = secure
    ? new https.Agent({ ...agentOptions, ...(ca === undefined ? {} : { ca }) })
    : new http.Agent(agentOptions);
  const client = secure ? https : http;
  const prefix = base.pathname.replace(/\/+$/, "");
  return {
    close: () => agent.destroy(),
    post(path, headers, body, timeoutMs, signal) {
      const options: http.RequestOptions = {
        method: "POST",
        hostname: base.hostname.replace(/^\[|\]$/g, ""),
        port: base.port || (secure ? 443 : 80),
        path: `${prefix}${path}`,
        agent,
        headers: {
          ...headers,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        },
        ...(signal === undefined ? {} : { signal }),
      };
      return exchange(client.request(options), body, secure, timeoutMs);
    },
  };
}

function exchange(
  request: http.ClientRequest,
  body: string,
  secure: boolean,
  timeoutMs: number,
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    let mayHaveLeft = false;
    const connecting = setTimeout(
      () => request.destroy(new Error("no connection in time")),
      Math.min(connectMsMax, timeoutMs),
    );
    const answering = setTimeout(() => request.destroy(new Error("no answer in time")), timeoutMs);
    const end = (): void => {
      clearTimeout(connecting);
      clearTimeout(answering);
    };
    const connected = (): void => {
      mayHaveLeft = true;
      clearTimeout(connecting);
    };
    request.once("socket", (socket) => {
      if (request.reusedSocket || !socket.connecting) connected();
      else socket.once(secure ? "secureConnect" : "connect", connected);
    });
    const fail = (error: NodeJS.ErrnoException): void => {
      end();
      const words = error.code ?? error.message;
      const stale = request.reusedSocket && (words === "ECONNRESET" || words === "EPIPE");
      reject(mayHaveLeft ? new Broken(words, stale) : new NeverLeft(words));
    };
    request.once("error", fail);
    request.once("response", (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes > replyBytesMax) request.destroy(new Error("answer too large"));
        parts.push(part);
      });
      response.once("error", fail);
      response.once("end", () => {
        end();
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(parts) });
      });
    });
    request.end(body);
  });
}
