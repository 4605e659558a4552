/** A box that says what a test tells it to: the till's API with a script in place of money and paper. */
import type { AddressInfo, Socket } from "node:net";
import type { ServerResponse } from "node:http";
import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { DiagnosisView, IncidentView } from "../../../src/core/diagnosis/view.ts";
import type { DisplayView, SaleView, TillView } from "../../../src/core/till/view.ts";
import * as views from "../../web-support/views.ts";
import { answers } from "./scripted-answers.ts";
import { diagnosisAnswers } from "./scripted-diagnosis.ts";
import type { WebFile } from "./web-files.ts";

export interface SeenPost {
  readonly path: string;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export class ScriptedBox {
  view: TillView = views.till();
  display: DisplayView = views.display();
  readonly posts: SeenPost[] = [];
  /** What the page told that it had refused by itself. */
  readonly acts: string[] = [];
  readonly sales = new Map<string, SaleView>();
  /** Incidents that are asked for, by their sale. */
  readonly incidents = new Map<string, IncidentView>();
  /** What F8 is told while no incident is open; null: nothing is wrong. */
  diagnosis: Pick<DiagnosisView, "families" | "first"> | null = null;
  /** What a charge leads to at once; tests put the later states with `put`. */
  onAttempt: (sale: SaleView, body: SeenPost["body"]) => Partial<SaleView> = () => {
    const { attempt, attempts, can } = views.charging();
    return { attempt, attempts, can };
  };
  /** Without any nobody signs off. */
  hasPins = true;
  /** How many further POSTs are answered 503, as by a box that is starting. */
  refusals = 0;
  url = "";
  private readonly server: FastifyInstance;
  private readonly sockets = new Set<Socket>();
  private readonly tills = new Set<ServerResponse>();
  private readonly displays = new Set<ServerResponse>();
  private port = 0;
  private made = 0;

  constructor(files: ReadonlyMap<string, WebFile>) {
    this.server = fastify({ forceCloseConnections: true });
    this.server.server.on("connection", (socket: Socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
    });
    this.server.get("/api/till/stream", (_, reply) =>
      this.stream(reply, this.tills, "till", () => this.view),
    );
    this.server.get("/api/display/stream", (_, reply) =>
      this.stream(reply, this.displays, "display", () => this.display),
    );
    this.server.addHook("preHandler", async (request, reply) => this.record(request, reply));
    answers(this.server, this);
    diagnosisAnswers(this.server, this);
    this.server.post("/api/acts", async () => ({}));
    this.server.get("/*", async (request, reply) => {
      const file = files.get(request.url.split("?")[0] ?? "");
      if (file === undefined) return reply.code(404).send("");
      return reply.type(file.type).send(file.body);
    });
  }

  async start(): Promise<void> {
    await this.server.listen({ host: "127.0.0.1", port: this.port });
    this.port = (this.server.server.address() as AddressInfo).port;
    this.url = `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.dropAll();
    await this.server.close();
  }

  /** Cuts every connection, as a crash would; the page's next tries are cut too until `back`. */
  away(): void {
    this.isAway = true;
    this.dropAll();
  }

  back(): void {
    this.isAway = false;
  }

  private isAway = false;

  private dropAll(): void {
    for (const socket of this.sockets) socket.destroy();
    this.tills.clear();
    this.displays.clear();
  }

  newSale(amountFen: number): SaleView {
    this.made += 1;
    const sale_id = `S-${String(480 + this.made).padStart(6, "0")}`;
    return { ...views.showCode(), sale_id, amount_fen: amountFen };
  }

  /** A sale's new state: kept, shown as the till's sale, and sent to every page. */
  put(sale: SaleView): SaleView {
    this.sales.set(sale.sale_id, sale);
    this.say({ sale });
    return sale;
  }

  say(change: Partial<TillView>): void {
    this.view = {
      ...this.view,
      ...change,
      now: new Date(Date.now() + 8 * 3_600_000).toISOString().replace("Z", "+08:00"),
    };
    send(this.tills, "till", this.view);
  }

  show(change: Partial<DisplayView>): void {
    this.display = { ...views.display(), ...change };
    send(this.displays, "display", this.display);
  }

  private async record(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.isAway) {
      request.raw.socket.destroy();
      return;
    }
    if (request.url === "/api/acts")
      return void this.acts.push((request.body as { act: string }).act);
    if (request.method !== "POST") return;
    this.posts.push({
      path: request.url,
      key: String(request.headers["idempotency-key"] ?? ""),
      body: (request.body ?? {}) as SeenPost["body"],
    });
    if (this.refusals === 0) return;
    this.refusals -= 1;
    await reply.code(503).send({});
  }

  private stream(
    reply: FastifyReply,
    listeners: Set<ServerResponse>,
    event: string,
    first: () => object,
  ): void {
    reply.hijack();
    reply.raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    listeners.add(reply.raw);
    reply.raw.on("close", () => listeners.delete(reply.raw));
    send(new Set([reply.raw]), event, first());
  }
}

function send(listeners: ReadonlySet<ServerResponse>, event: string, view: object): void {
  for (const listener of listeners) {
    listener.write(`event: ${event}\ndata: ${JSON.stringify(view)}\n\n`);
  }
}
