/** The box's HTTP server: till API and pages for this computer; receipts and notifications for the outside. */
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import fastifyStatic from "@fastify/static";
import fastifySwagger from "@fastify/swagger";
import Fastify, { type FastifyError, type FastifyInstance } from "fastify";
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import type { ProviderIdentity } from "../../core/payment/provider-identity.ts";
import { JournalFailed } from "../../ports/journal.ts";
import { LedgerUnavailable } from "../../ports/ledger.ts";
import type { Log } from "../../ports/log.ts";
import type { RecordsDesk } from "../../ports/records.ts";
import type { Counter, Till } from "../../ports/till.ts";
import { guardTill, pageHeaders, tillAt } from "./guard.ts";
import { badRequest, problemOf, RefusedError, sendProblem } from "./problem.ts";
import { publicRoutes } from "./public-routes.ts";
import { recordRoutes } from "./record-routes.ts";
import { streamRoutes } from "./streams.ts";
import { tillRoutes } from "./till-routes.ts";

export interface BoxServerOptions {
  readonly host: string;
  readonly port: number;
  readonly till: Till;
  readonly records: RecordsDesk;
  /** Null on a terminal: receipts and notifications are its hub's. */
  readonly counter: Counter | null;
  /** Folder of the built pages. */
  readonly pages: string;
  readonly version: string;
  /** Whose money is taken here; null on a terminal, whose hub knows. */
  readonly account: ProviderIdentity | null;
  readonly log: Log;
}

export interface BoxServer {
  /** Of the till: on this computer, whatever else the receipts are reached by. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function startBoxServer(options: BoxServerOptions): Promise<BoxServer> {
  const app = Fastify({
    logger: false,
    bodyLimit: 262_144,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  problems(app, options.log);
  emptyIsNone(app);
  await app.register(fastifySwagger, {
    openapi: { openapi: "3.1.0", info: { title: "Chupiao", version: options.version } },
    transform: jsonSchemaTransform,
  });
  let closeStreams = (): void => {};
  await app.register(async (inside) => {
    guardTill(inside);
    tillRoutes(inside, options.till);
    recordRoutes(inside, options.records);
    closeStreams = streamRoutes(inside, options.till).close;
    const { version, account } = options;
    inside.get("/api/version", async () => ({ version, account }));
    inside.get("/api/openapi.json", async () => app.swagger());
    if (existsSync(options.pages)) await pages(inside, options.pages);
  });
  const { counter } = options;
  if (counter !== null)
    await app.register(async (outside) => publicRoutes(outside, counter, options.till.casebook));
  await app.listen({ host: options.host, port: options.port });
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  const till = tillAt(options.host);
  const beside = createServer((request, response) => app.routing(request, response));
  const close = async (): Promise<void> => {
    closeStreams();
    beside.closeAllConnections();
    beside.close();
    await app.close();
  };
  try {
    if (till.isExtra) await listen(beside, till.host, port);
  } catch (error) {
    await close();
    throw error;
  }
  return { port, url: `http://${till.host}:${port}`, close };
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });

async function pages(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(pageHeaders)) response.header(name, value);
    },
  });
  app.get("/display", (_request, reply) => reply.sendFile("display.html"));
}

/** Many clients name the type of a body that they don't send. What a route needs is then missing by its name. */
function emptyIsNone(app: FastifyInstance): void {
  const read = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser<string>(
    "application/json",
    { parseAs: "string" },
    (request, body, done) => (body === "" ? done(null, undefined) : void read(request, body, done)),
  );
}

/** Every error leaves as a problem; what it was is in the log. */
export function problems(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problemOf("not_found")));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof RefusedError) return sendProblem(reply, error.problem);
    if (error instanceof JournalFailed)
      return sendProblem(reply, problemOf(error.isFull ? "journal_full" : "journal_unavailable"));
    if (error instanceof LedgerUnavailable)
      return sendProblem(reply, problemOf("ledger_unavailable"));
    const { statusCode = 500, validation } = error;
    if (validation !== undefined) {
      const field = validation[0]?.instancePath?.slice(1) ?? "";
      return sendProblem(reply, badRequest(field, validation[0]?.message ?? ""));
    }
    // The server of the pages refuses a path that leads out of them: there is nothing there.
    if (statusCode === 403) return sendProblem(reply, problemOf("not_found"));
    if (statusCode < 500)
      return sendProblem(reply, { ...problemOf("bad_json"), status: statusCode });
    // The stack is for the log; the message of a foreign error may hold what must not be shown.
    log("error", "request_failed", {
      route: request.routeOptions.url ?? "",
      error: error.name,
      stack: error.stack ?? "",
    });
    return sendProblem(reply, problemOf("internal_error"));
  });
}
