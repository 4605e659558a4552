/** Who may talk to the till: pages of this very box, and programs of this computer. Never a page from elsewhere. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { RefusedError } from "./problem.ts";

/** The names under which a till answers. */
const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Where the connection itself comes from; a Host header is only what the other side says. */
const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(?:127\.|::1$|::ffff:127\.)/.test(address);

const nameOf = (host: string): string => host.replace(/:\d+$/, "").toLowerCase();

const everyAddress: ReadonlySet<string> = new Set(["0.0.0.0", "::", "[::]"]);

/**
 * The address of the till where a server was told to listen on `host`, and whether that takes a listener of its own: the
 * till answers on this computer only, so an address of the network alone would leave no till at all.
 */
export function tillAt(host: string): { readonly host: string; readonly isExtra: boolean } {
  const name = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host.toLowerCase();
  if (loopbackHosts.has(name)) return { host: name, isExtra: false };
  return { host: "127.0.0.1", isExtra: !everyAddress.has(host) };
}

/** A host name that isn't ours means a page that rebinds its name to this computer (DNS rebinding). */
export function guardTill(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    if (!isLoopback(request.socket.remoteAddress)) throw new RefusedError("host_not_allowed");
    if (!loopbackHosts.has(nameOf(request.headers.host ?? "")))
      throw new RefusedError("host_not_allowed");
    if (request.method !== "GET" && request.method !== "HEAD" && !sameOrigin(request))
      throw new RefusedError("origin_not_allowed");
  });
}

/** Browsers name the page that sends; programs don't. */
function sameOrigin(request: FastifyRequest): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}

export const pageHeaders: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** A page that is only to be read: no script, no form, nothing loaded, nothing kept. */
export const plainHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders,
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "x-robots-tag": "noindex",
};
