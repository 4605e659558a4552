/** A hub's HTTP server: its terminals, customers' receipts and the provider's notifications. Nothing else. */
import Fastify, { type FastifyInstance } from "fastify";
import type { Log } from "../../../ports/log.ts";
import type { Counter } from "../../../ports/till.ts";
import { publicRoutes } from "../../http/public-routes.ts";
import { problems } from "../../http/server.ts";
import { linkRoutes, type LinkServerOptions } from "./server.ts";

export interface HubServerOptions {
  readonly host: string;
  readonly port: number;
  /** PEM; null: plain http. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly counter: Counter;
  readonly link: LinkServerOptions;
  readonly version: string;
  readonly log: Log;
}

export interface HubServer {
  readonly url: string;
  /** Terminals heard since the start, and when last, in epoch ms. */
  seen(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export async function startHubServer(options: HubServerOptions): Promise<HubServer> {
  const { host, tls, counter, log } = options;
  const base = { logger: false, bodyLimit: 262_144, forceCloseConnections: true } as const;
  // The same server on node:https; Fastify's types keep the two apart, our routes don't care.
  const app =
    tls === null
      ? Fastify(base)
      : (Fastify({ ...base, https: { ...tls } }) as unknown as FastifyInstance);
  problems(app, log);
  app.get("/api/version", async () => ({ version: options.version }));
  await app.register(async (outside) => publicRoutes(outside, counter, null));
  let link: ReturnType<typeof linkRoutes> | null = null;
  await app.register(async (inside) => {
    link = linkRoutes(inside, options.link);
  });
  await app.listen({ host, port: options.port });
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  const routes = link as ReturnType<typeof linkRoutes> | null;
  return {
    url: `${tls === null ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`,
    seen: () => routes?.seen() ?? new Map(),
    close: async () => {
      routes?.close();
      await app.close();
    },
  };
}
