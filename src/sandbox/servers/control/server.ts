/** One loopback HTTP server for everything that steers the sandbox: parts plug in by prefix. */
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginCallback,
} from "fastify";
import type { Text } from "../../../core/text/text.ts";
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
  emptyIsNone(app);
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    return status < 500
      ? refuse(reply, status, "bad_request", badBody)
      : refuse(reply, status, "internal", { zh: `沙盒出错：${error.message}`, en: error.message });
  });
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, "no_such_page", {
      zh: "沙盒没有这个地址，见 docs/reference/sandbox.md",
      en: "Nothing is here; docs/reference/sandbox.md lists what is",
    }),
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

/** Many clients name the type of a body that they don't send. */
function emptyIsNone(app: FastifyInstance): void {
  const read = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser<string>(
    "application/json",
    { parseAs: "string" },
    (request, body, done) => (body === "" ? done(null, undefined) : void read(request, body, done)),
  );
}

const badBody: Text = {
  zh: "请求内容不是有效的 JSON，没有执行。请检查格式后重发",
  en: "The body is no valid JSON, so nothing was done. Check it and send it again",
};

/** A page of another site that is open in the same browser may neither look nor act. */
function onlyFromHere(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    const { host: asked = "", origin } = request.headers;
    const local = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(asked);
    if (local && (origin === undefined || origin === `http://${asked}`)) return;
    return refuse(reply, 403, "other_site", {
      zh: "只有沙盒自己的页面能操作它",
      en: "Only pages of the sandbox itself may steer it",
    });
  });
}
