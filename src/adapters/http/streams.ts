/** Live streams (server-sent events): each message is a whole view, so a lost one costs nothing. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Till } from "../../ports/till.ts";

const frameMs = 40;
const heartbeatMs = 15_000;

export interface Streams {
  /** Ends every open stream; browsers come back by themselves. */
  close(): void;
}

export function streamRoutes(app: FastifyInstance, till: Till): Streams {
  const open = new Set<() => void>();
  const stream = (reply: FastifyReply, event: string, view: () => unknown): void => {
    reply.hijack();
    reply.raw.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    let last = "";
    let waiting: NodeJS.Timeout | null = null;
    const send = (): void => {
      waiting = null;
      const text = JSON.stringify(view());
      if (text !== last) reply.raw.write(`event: ${event}\ndata: ${text}\n\n`);
      last = text;
    };
    const stopListening = till.onChange(() => (waiting ??= setTimeout(send, frameMs)));
    const heartbeat = setInterval(() => reply.raw.write(": here\n\n"), heartbeatMs);
    const end = (): void => {
      open.delete(end);
      stopListening();
      clearInterval(heartbeat);
      if (waiting !== null) clearTimeout(waiting);
      reply.raw.end();
    };
    open.add(end);
    reply.raw.on("close", end);
    send();
  };
  app.get("/api/till/stream", (_request, reply) => stream(reply, "till", () => till.view()));
  app.get("/api/display/stream", (_request, reply) =>
    stream(reply, "display", () => till.display()),
  );
  return {
    close: () => {
      for (const end of open) end();
    },
  };
}
