/** One loopback HTTP server for everything that steers the sandbox: parts plug in by prefix. */
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginCallback,
} from "fastify";
import { refuse } from "../problem.ts";

/** A part of the sandbox as the control server sees it. */
export interface ControlPart {
  /** Where it is mounted, e.g. /printer; "" for the root. */
  readonly prefix: string;
  readonly plugin: FastifyPluginCallback;
}

export interface ControlServer {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const host = "127.0.0.1";

/** Resolves when it listens; rejects when the port is taken. */
export async function startControlServer(
  port: number,
  parts: readonly ControlPart[],
): Promise<ControlServer> {
  const app = fastify({ forceCloseConnections: true });
  onlyFromHere(app);
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    return refuse(reply, status, status < 500 ? "bad_request" : "internal", error.message);
  });
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, "no_such_page", "Nothing is here; docs/reference/sandbox.md lists what is."),
  );
  for (const { prefix, plugin } of parts) await app.register(plugin, { prefix });
  await app.listen({ host, port });
  const address = app.server.address();
  const listening = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host}:${listening}`,
    port: listening,
    close: () => app.close(),
  };
}

/** A page of another site that is open in the same browser may neither look nor act. */
function onlyFromHere(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    const { host: asked = "", origin } = request.headers;
    const local = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(asked);
    if (local && (origin === undefined || origin === `http://${asked}`)) return;
    return refuse(reply, 403, "other_site", "Only pages of the sandbox itself may steer it.");
  });
}
