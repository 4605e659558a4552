/**
 * One call, one request on the wire.
 *
 * The official SDK's HTTP client (urllib 4) sends a POST again when the socket breaks, and follows redirects with the
 * signed body; no option switches either off. A payment sent twice is the one thing we can't afford, so the dispatcher
 * under it lets each call pass once: every call has its own `alipay-request-id`, which a re-send repeats.
 */
import { Agent } from "urllib";
import type { Dispatcher } from "urllib";

/** No reply of these APIs comes near this; beyond it nobody is answering us. */
const replyBytesMax = 1_048_576;
/** Short, so that a socket which the gateway is about to close is rarely used again. */
const keepAliveMs = 4_000;

/** What was seen on the wire of one call. */
export interface Exchange {
  /** The request was handed to a connected socket. False proves that the provider never got it. */
  sent: boolean;
  status: number | null;
  /** The gateway's clock by its `Date` header, epoch ms. */
  serverTimeMs: number | null;
  /** The whole body, once it has arrived. */
  body: Buffer | null;
  /** The name of the fault on the wire, e.g. ECONNRESET; never its message. */
  fault: string | null;
}

class Watched {
  readonly seen: Exchange = {
    sent: false,
    status: null,
    serverTimeMs: null,
    body: null,
    fault: null,
  };
  dispatched = false;
  private over: Error | null = null;
  private abort: ((reason: Error) => void) | null = null;
  private parts: Buffer[] = [];
  private bytes = 0;

  /** Ends the call: what was sent is cut off, and what still waits for a connection never leaves. */
  end(reason: string): void {
    this.over ??= new Error(reason);
    this.abort?.(this.over);
  }

  /** The SDK's own handler, with an eye on what passes by. */
  through(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
    return {
      onConnect: (abort) => {
        this.abort = abort;
        if (this.over !== null) return abort(this.over);
        this.seen.sent = true;
        handler.onConnect?.(abort);
      },
      onResponseStarted: () => handler.onResponseStarted?.(),
      onHeaders: (status, headers, resume, statusText) => {
        this.seen.status = status;
        this.seen.serverTimeMs = dateOf(headers);
        return handler.onHeaders?.(status, headers, resume, statusText) ?? true;
      },
      onData: (part) => {
        this.bytes += part.length;
        if (this.bytes > replyBytesMax) this.end("reply too long");
        else this.parts.push(Buffer.from(part));
        return handler.onData?.(part) ?? true;
      },
      onComplete: (trailers) => {
        this.seen.body = Buffer.concat(this.parts);
        handler.onComplete?.(trailers);
      },
      onError: (error) => {
        this.seen.fault = faultName(error);
        handler.onError?.(error);
      },
    };
  }
}

export class OneRequestAgent extends Agent {
  private readonly open = new Map<string, Watched>();

  /** As many connections as calls at once, kept alive between calls. */
  constructor(connect: NonNullable<Agent.Options["connect"]>) {
    super({ connect, keepAliveTimeout: keepAliveMs, pipelining: 1, allowH2: false });
  }

  /** Ends every call, then closes the connections. `destroy` would fail: urllib marks its one error on each socket anew. */
  async disconnect(): Promise<void> {
    for (const watched of this.open.values()) watched.end("disconnected");
    await this.close();
  }

  /** Opens the gate for the one request of this id. The caller closes it with `forget`. */
  expect(requestId: string): { readonly seen: Exchange; end(reason: string): void } {
    const watched = new Watched();
    this.open.set(requestId, watched);
    return watched;
  }

  forget(requestId: string): void {
    this.open.delete(requestId);
  }

  override dispatch(options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const watched = this.open.get(requestIdOf(options.headers));
    if (watched === undefined || watched.dispatched) {
      throw new Error("a second request for one call is refused");
    }
    watched.dispatched = true;
    return super.dispatch(options, watched.through(handler));
  }
}

function requestIdOf(headers: Agent.DispatchOptions["headers"]): string {
  const id = (headers as Readonly<Record<string, unknown>> | null | undefined)?.[
    "alipay-request-id"
  ];
  return typeof id === "string" ? id : "";
}

function dateOf(headers: readonly Buffer[] | readonly string[] | null): number | null {
  const names = headers ?? [];
  for (let at = 0; at + 1 < names.length; at += 2) {
    if (String(names[at]).toLowerCase() !== "date") continue;
    const epochMs = Date.parse(String(names[at + 1]));
    return Number.isNaN(epochMs) ? null : epochMs;
  }
  return null;
}

/** ECONNRESET, ENOTFOUND, CERT_HAS_EXPIRED …: names only, since messages can quote the request. */
function faultName(error: Error): string {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : error.name;
}
