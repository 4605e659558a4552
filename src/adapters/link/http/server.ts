/** The hub's side of the link: every method of `Link` as a signed request with a signed answer. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { LINK_REFUSALS, type LinkRefusal } from "../../../core/link/refusals.ts";
import {
  readSignatureValue,
  replySignable,
  signatureValue,
  timeHeader,
} from "../../../core/link/signature.ts";
import { assert } from "../../../core/rules/assert.ts";
import { type Ledger, LedgerUnavailable } from "../../../ports/ledger.ts";
import type { Link } from "../../../ports/link.ts";
import type { Log } from "../../../ports/log.ts";
import type { World } from "../../../ports/world.ts";
import { digestOf, keyIdOf, type KeyPair, signText } from "../keys.ts";
import type { EnrolledTerminal, Registry } from "../registry.ts";
import { type Guard, type Incoming, newGuard, one, type Refused } from "./guard.ts";
import { type HubSettings, type Message, MESSAGES } from "./messages.ts";
import { type Newsstand, newNewsstand } from "./newsstand.ts";
import { newOwner, NotYours, type Owner } from "./owner.ts";

export interface LinkServerOptions {
  readonly hub: Link;
  readonly ledger: Pick<Ledger, "attemptsOfSale">;
  readonly registry: Registry;
  /** The key by which terminals know this hub. */
  readonly keys: KeyPair;
  readonly settings: (terminal: EnrolledTerminal) => HubSettings;
  readonly world: World;
  readonly log: Log;
}

export interface LinkRoutes {
  /** Terminals heard since the start, and when last, in epoch ms. */
  seen(): ReadonlyMap<string, number>;
  /** Ends every waiting poll; further calls are refused as `stopping`. */
  close(): void;
}

/** One request that passed the gate. */
interface Call {
  readonly terminal: EnrolledTerminal;
  readonly transitMs: number;
  readonly onGone: (end: () => void) => void;
}

type Handle<Ask, Answer> = (call: Call, ask: Ask) => Promise<Answer>;

/** Registers the routes inside `app`, which should be a scope of their own: they read bodies as bytes. */
export function linkRoutes(app: FastifyInstance, options: LinkServerOptions): LinkRoutes {
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  const server = new LinkServer(options);
  server.register(app);
  return {
    seen: () => server.seen,
    close: () => server.close(),
  };
}

class LinkServer {
  readonly seen = new Map<string, number>();
  readonly #options: LinkServerOptions;
  readonly #guard: Guard;
  readonly #owner: Owner;
  readonly #newsstand: Newsstand;
  #stopping = false;

  constructor(options: LinkServerOptions) {
    this.#options = options;
    this.#guard = newGuard(options.registry, options.world);
    this.#owner = newOwner(options.hub, options.ledger);
    this.#newsstand = newNewsstand(options.hub, options.world);
  }

  close(): void {
    this.#stopping = true;
    this.#newsstand.close();
  }

  register(app: FastifyInstance): void {
    const { hub, settings } = this.#options;
    const owner = this.#owner;
    this.#route(app, MESSAGES.hello, async ({ terminal }) => settings(terminal));
    this.#route(app, MESSAGES.pay, async ({ terminal, transitMs }, { intent, livemode }) => {
      await owner.pay(terminal, intent);
      if (livemode !== settings(terminal).livemode) throw new LinkRefused("settings_changed");
      return hub.pay({ ...intent, ageMs: intent.ageMs + transitMs });
    });
    this.#route(app, MESSAGES.withdraw, async ({ terminal }, { merchantId, orderNo }) => {
      await owner.order(terminal, merchantId, orderNo);
      return hub.withdraw(merchantId, orderNo);
    });
    this.#route(app, MESSAGES.attempt, async ({ terminal }, { merchantId, orderNo }) => {
      await owner.order(terminal, merchantId, orderNo);
      return hub.attempt(merchantId, orderNo);
    });
    this.#route(app, MESSAGES.ask, async ({ terminal }, { merchantId, orderNo, what }) => {
      await owner.order(terminal, merchantId, orderNo);
      return hub.ask(merchantId, orderNo, what);
    });
    this.#refundRoutes(app);
    this.#route(app, MESSAGES.putReceipt, async ({ terminal }, { merchantId, receipt }) => {
      await owner.receipt(terminal, merchantId, receipt);
      await hub.putReceipt(merchantId, receipt);
      return null;
    });
    // Of its own numbers and epochs only, whatever it asks for.
    this.#route(app, MESSAGES.highestReceipt, ({ terminal }) =>
      hub.highestReceipt(terminal.terminalId),
    );
    this.#route(app, MESSAGES.grantEpoch, ({ terminal }, ask) =>
      hub.grantEpoch({ ...ask, ...ownIds(terminal) }),
    );
    this.#route(app, MESSAGES.holdEpoch, ({ terminal }, ask) =>
      hub.holdEpoch({ ...ask, ...ownIds(terminal) }),
    );
    this.#route(app, MESSAGES.history, async ({ terminal }, { saleId }) =>
      (await owner.sale(terminal, saleId)) ? [...(await hub.history(saleId))] : [],
    );
    this.#route(app, MESSAGES.news, async ({ terminal, onGone }, { after, waitMs }) =>
      this.#newsstand.next(terminal.terminalId, after, waitMs, onGone),
    );
    app.post(MESSAGES.enrol.path, (request, reply) => this.#enrol(request, reply));
  }

  #refundRoutes(app: FastifyInstance): void {
    const { hub } = this.#options;
    const owner = this.#owner;
    this.#route(app, MESSAGES.refund, async ({ terminal }, intent) => {
      const { merchantId, orderNo, requestNo } = intent;
      await owner.order(terminal, merchantId, orderNo);
      // Answered, not turned away: the till ends its own request and is free to refund under another number.
      if (!(await owner.mayRefund(terminal, merchantId, requestNo)))
        return { kind: "refused", reason: "idempotency_key_reused" };
      return hub.refund(intent);
    });
    this.#route(app, MESSAGES.refundState, async ({ terminal }, { merchantId, requestNo }) => {
      await owner.refund(terminal, merchantId, requestNo);
      return hub.refundState(merchantId, requestNo);
    });
    this.#route(app, MESSAGES.refunds, async ({ terminal }, { merchantId, orderNo }) => {
      await owner.order(terminal, merchantId, orderNo);
      return [...(await hub.refunds(merchantId, orderNo))];
    });
    // Its own, whatever it asks for.
    this.#route(app, MESSAGES.refundsEndedAfter, async ({ terminal }, { after }) => {
      const { merchantId, terminalId } = terminal;
      const page = await hub.refundsEndedAfter(merchantId, terminalId, after);
      assert(page !== null, "a hub can tell which of its refunds have ended");
      return [...page];
    });
  }

  #route<Ask, Answer>(
    app: FastifyInstance,
    { path, ask }: Message<Ask, Answer>,
    handle: Handle<Ask, Answer>,
  ): void {
    app.post(path, async (request, reply) => {
      const incoming = incomingOf(request, path);
      const admitted = await this.#guard.admit(incoming);
      if ("refused" in admitted) return this.#refuse(incoming, reply, admitted);
      const { terminalId } = admitted.terminal;
      this.seen.set(terminalId, this.#guard.timeMs());
      if (this.#stopping) return this.#refuse(incoming, reply, known("stopping"));
      const onGone = (end: () => void): void => void reply.raw.once("close", end);
      try {
        const answer = await handle({ ...admitted, onGone }, parsed(ask, incoming.body));
        const health = this.#options.hub.health();
        const wallMs = this.#options.world.nowMs();
        return await this.#answer(incoming, reply, 200, { answer, health, wallMs });
      } catch (error) {
        const why = this.#whyOf(error, path, terminalId);
        return this.#refuse(incoming, reply, { ...known(why), terminalId });
      }
    });
  }

  /** The new key signs its own enrolment; the code's proof stands for everything else. */
  async #enrol(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { registry, keys } = this.#options;
    const { path, ask } = MESSAGES.enrol;
    const incoming = incomingOf(request, path);
    try {
      const hearing = registry.hearing();
      if (hearing !== "yes") return await this.#refuse(incoming, reply, known(hearing));
      const asked = parsed(ask, incoming.body);
      const { terminalKey } = asked;
      const checked = await this.#guard.check(incoming, keyIdOf(terminalKey), terminalKey);
      if (typeof checked !== "number") return await this.#refuse(incoming, reply, checked);
      const answer = await registry.enrol(asked, keys.publicKey);
      if (typeof answer === "string") return await this.#refuse(incoming, reply, known(answer));
      return await this.#answer(incoming, reply, 200, { answer, health: null });
    } catch (error) {
      return this.#refuse(incoming, reply, known(this.#whyOf(error, path, null)));
    }
  }

  #whyOf(error: unknown, path: string, terminalId: string | null): LinkRefusal {
    if (error instanceof LinkRefused) return error.refusal;
    if (error instanceof NotYours) return "not_yours";
    if (error instanceof LedgerUnavailable) return "ledger_unavailable";
    const { log } = this.#options;
    const { name, stack } = error instanceof Error ? error : new Error(String(error));
    log("error", "link_call_failed", { path, terminalId, error: name, stack: stack ?? "" });
    return "internal_error";
  }

  async #refuse(
    incoming: Incoming,
    reply: FastifyReply,
    { refused, known: isKnown, terminalId = null }: Refused,
  ): Promise<FastifyReply> {
    this.#options.log("warn", "link_refused", { why: refused, path: incoming.path, terminalId });
    const { status, ...meaning } = LINK_REFUSALS[refused];
    const body = { refused, ...meaning };
    return isKnown
      ? this.#answer(incoming, reply, status, body)
      : reply.code(status).type("application/json").send(JSON.stringify(body));
  }

  /** Signed, and bound to the request's own signature: nobody can pass it off as the answer to another. */
  async #answer(
    incoming: Incoming,
    reply: FastifyReply,
    status: number,
    body: unknown,
  ): Promise<FastifyReply> {
    const { keys } = this.#options;
    const text = JSON.stringify(body);
    const signable = replySignable({
      status,
      contentDigest: digestOf(text),
      timeMs: this.#guard.timeMs(),
      keyId: keys.keyId,
      requestSignature: readSignatureValue(one(incoming, "signature")) ?? "",
    });
    const signature = await signText(keys.privateKey, signable.base);
    return reply
      .code(status)
      .headers({
        "content-type": "application/json",
        "cache-control": "no-store",
        "content-digest": digestOf(text),
        [timeHeader]: String(signable.timeMs),
        "signature-input": signable.input,
        signature: signatureValue(signature),
      })
      .send(text);
  }
}

class LinkRefused extends Error {
  readonly refusal: LinkRefusal;
  constructor(refusal: LinkRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

const ownIds = ({ merchantId, terminalId }: EnrolledTerminal) => ({ merchantId, terminalId });

const known = (refused: LinkRefusal): Refused => ({ refused, known: true });

const incomingOf = (request: FastifyRequest, path: string): Incoming => ({
  method: request.method,
  path,
  headers: request.headers,
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
});

/** What it says isn't repeated in the error: a payment code may be in it. */
function parsed<Ask>(shape: z.ZodType<Ask>, body: Buffer): Ask {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new LinkRefused("bad_message");
  }
  const read = shape.safeParse(value);
  if (!read.success) throw new LinkRefused("bad_message");
  return read.data;
}
