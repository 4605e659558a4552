/** The wires' control interface, a fastify plugin. Documented in docs/reference/sandbox-printer.md. */
import type { FastifyPluginCallback } from "fastify";
import { z } from "zod";
import { oneOf, refuse, whatIsWrong } from "../problem.ts";
import { wireChange } from "./rules.ts";
import type { Wire, WireState } from "./wire.ts";

/** `next_connections` makes the rules hold for so many connections instead of all. */
const body = wireChange.extend({ next_connections: z.int().min(0).max(1_000_000).optional() });
const cutBody = z.strictObject({ how: z.enum(["end", "reset"]).default("end") });

/** Mount with a prefix, e.g. `app.register(wireControl({ gateway, printer }), { prefix: "/wire" })`. */
export function wireControl(wires: Readonly<Record<string, Wire>>): FastifyPluginCallback {
  const named = (name: string): Wire | null =>
    Object.hasOwn(wires, name) ? (wires[name] ?? null) : null;
  const unknown = oneOf(Object.keys(wires));
  return (app, _options, done) => {
    app.get("/", () => ({
      wires: Object.entries(wires).map(([name, wire]) => ({ name, ...wire.state() })),
    }));
    app.get<{ Params: { name: string } }>("/:name", async (request, reply) => {
      const wire = named(request.params.name);
      return wire ? wire.state() : refuse(reply, 404, "unknown_wire", unknown);
    });
    app.post<{ Params: { name: string } }>("/:name", async (request, reply) => {
      const wire = named(request.params.name);
      if (!wire) return refuse(reply, 404, "unknown_wire", unknown);
      const parsed = body.safeParse(request.body);
      if (!parsed.success) return refuse(reply, 400, "bad_rules", whatIsWrong(parsed.error));
      const { next_connections: count, ...change } = parsed.data;
      return count === undefined ? wire.set(change) : wire.setNext(count, change);
    });
    app.post<{ Params: { name: string } }>("/:name/calm", async (request, reply) => {
      const wire = named(request.params.name);
      return wire ? wire.calm() : refuse(reply, 404, "unknown_wire", unknown);
    });
    app.post<{ Params: { name: string } }>("/:name/cut", async (request, reply) => {
      const wire = named(request.params.name);
      if (!wire) return refuse(reply, 404, "unknown_wire", unknown);
      const parsed = cutBody.safeParse(request.body ?? {});
      if (!parsed.success) return refuse(reply, 400, "bad_cut", whatIsWrong(parsed.error));
      const state: WireState = wire.cut(parsed.data.how);
      return state;
    });
    done();
  };
}
