/** The network's page and control interface, a fastify plugin. Documented in docs/reference/sandbox-net.md. */
import type { FastifyPluginCallback } from "fastify";
import { refuse, whatIsWrong } from "../problem.ts";
import { type Net, netChange } from "./net.ts";
import { netPage } from "./page.ts";

/** Mount at /net. */
export function netControl(net: Net): FastifyPluginCallback {
  return (app, _options, done) => {
    // A browser gets the page, everybody else the state.
    app.get("/", (request, reply) =>
      (request.headers.accept ?? "").includes("text/html")
        ? reply.type("text/html; charset=utf-8").send(netPage())
        : reply.send(net.state()),
    );
    app.post("/", async (request, reply) => {
      const parsed = netChange.safeParse(request.body);
      if (!parsed.success) return refuse(reply, 400, "bad_change", whatIsWrong(parsed.error));
      return net.set(parsed.data);
    });
    app.post("/calm", () => net.calm());
    app.post("/restart", () => net.restartComputer());
    done();
  };
}
