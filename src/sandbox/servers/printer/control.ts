/**
 * The printer's control interface, a fastify plugin: a page at the prefix root and a JSON API under it.
 * Documented in docs/reference/sandbox-printer.md.
 */
import type { FastifyInstance, FastifyPluginCallback, FastifyReply } from "fastify";
import { rfc3339ChinaMillis } from "../../../core/rules/time.ts";
import { paperText, type Paper } from "../../model/printer/paper.ts";
import { printerPage, trayItem } from "./page.ts";
import { paperJson } from "./paper-store.ts";
import type { SandboxPrinter } from "./printer.ts";
import { oneOf, refuse, whatIsWrong } from "../problem.ts";
import { ACTIONS, stateChange } from "./state.ts";

const summaryOf = (paper: Paper): object => ({
  n: paper.n,
  started_at: rfc3339ChinaMillis(paper.startedAtMs),
  ended_at: rfc3339ChinaMillis(paper.endedAtMs),
  end: paper.end,
  length_mm: Math.round(paper.length / 8),
  text: paperText(paper),
});

const stripsOf = (printer: SandboxPrinter): string[] =>
  printer.hanging().elements.map((element) => printer.svgOfElement(element));

/** `12`, `last`, or `hanging` for what isn't cut yet. */
function paperNamed(printer: SandboxPrinter, name: string): Paper | null {
  if (name === "hanging") return printer.hanging();
  if (name === "last") return printer.papers().at(-1) ?? null;
  return printer.paper(Number(name));
}

const FORMATS: Readonly<
  Record<string, readonly [type: string, body: (printer: SandboxPrinter, paper: Paper) => unknown]>
> = {
  txt: ["text/plain; charset=utf-8", (_printer, paper) => `${paperText(paper)}\n`],
  svg: ["image/svg+xml; charset=utf-8", (printer, paper) => printer.svg(paper)],
  png: ["image/png", (printer, paper) => printer.png(paper)],
  json: ["application/json; charset=utf-8", (_printer, paper) => paperJson(paper)],
};

function statePart(app: FastifyInstance, printer: SandboxPrinter): void {
  app.get("/state", () => printer.state());
  app.post("/state", async (request, reply) => {
    const change = stateChange.safeParse(request.body);
    if (!change.success) return refuse(reply, 400, "bad_state", whatIsWrong(change.error));
    return printer.set(change.data);
  });
  app.post<{ Params: { name: string } }>("/actions/:name", async (request, reply) => {
    const action = ACTIONS.find((name) => name === request.params.name);
    if (!action) return refuse(reply, 404, "unknown_action", oneOf(ACTIONS));
    return printer.act(action);
  });
}

function papersPart(app: FastifyInstance, printer: SandboxPrinter): void {
  app.get<{ Querystring: { after?: string } }>("/papers", (request) => {
    const after = Number(request.query.after ?? 0);
    return {
      papers: printer
        .papers()
        .filter((paper) => paper.n > after)
        .map(summaryOf),
    };
  });
  app.get<{ Params: { file: string } }>("/papers/:file", async (request, reply) => {
    const [, name, format] = /^(\d+|last|hanging)\.(\w+)$/.exec(request.params.file) ?? [];
    const known = FORMATS[format ?? ""];
    const paper = known && name !== undefined ? paperNamed(printer, name) : null;
    if (!known || !paper)
      return refuse(reply, 404, "no_such_paper", {
        zh: "没有这张纸。可以要 N.txt、N.svg、N.png 和 N.json，N 是编号、last 或 hanging",
        en: "There is no such paper. They are N.txt, N.svg, N.png and N.json; N is a number, last or hanging",
      });
    const [type, body] = known;
    return reply.type(type).send(await body(printer, paper));
  });
}

/** A page that can't keep up is let go; it loads itself anew when it comes back. */
const unreadBytesMax = 4 * 1024 * 1024;

/** One reader of the live page; it hears of every line, cut and change. Gives the way to stop. */
function follow(printer: SandboxPrinter, reply: FastifyReply): () => void {
  const { raw } = reply;
  raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const tell = (event: string, data: unknown): void => {
    if (raw.writableLength > unreadBytesMax) raw.destroy();
    else raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  tell("state", printer.state());
  return printer.listen({
    printed: (element) => tell("strip", printer.svgOfElement(element)),
    paper: (paper) => tell("paper", { item: trayItem(paper), strips: stripsOf(printer).join("") }),
    state: (state) => tell("state", state),
    cleared: () => tell("cleared", {}),
  });
}

function livePart(app: FastifyInstance, printer: SandboxPrinter): void {
  const open = new Set<() => void>();
  app.get("/events", (_request, reply) => {
    reply.hijack();
    const stop = follow(printer, reply);
    const end = (): void => {
      stop();
      open.delete(end);
      reply.raw.end();
    };
    open.add(end);
    reply.raw.on("close", end);
  });
  app.addHook("preClose", (done) => {
    for (const end of open) end();
    done();
  });
  app.get("/", (_request, reply) =>
    reply.type("text/html; charset=utf-8").send(
      printerPage({
        base: `${app.prefix}/`,
        state: printer.state(),
        papers: printer.papers(),
        strips: stripsOf(printer),
      }),
    ),
  );
}

/** Mount with a prefix, e.g. `app.register(printerControl(printer), { prefix: "/printer" })`. */
export function printerControl(printer: SandboxPrinter): FastifyPluginCallback {
  return (app, _options, done) => {
    statePart(app, printer);
    papersPart(app, printer);
    livePart(app, printer);
    done();
  };
}
