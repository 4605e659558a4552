/** The terminal's side of one call: signed on the way out, checked on the way in, in the hub's time. */
import { z } from "zod";
import { type HubClock, hubTimeMs, learnHubClock } from "../../../core/link/hub-clock.ts";
import { isLinkRefusal, LINK_REFUSALS, type RefusalMeaning } from "../../../core/link/refusals.ts";
import {
  readSignatureValue,
  readTime,
  replySignable,
  requestSignable,
  signatureValue,
  timeHeader,
} from "../../../core/link/signature.ts";
import { LinkFailed, type ProviderHealth } from "../../../ports/link.ts";
import type { World } from "../../../ports/world.ts";
import { digestOf, keyIdOf, type KeyPair, publicKeyOf, signatureHolds, signText } from "../keys.ts";
import { one } from "./guard.ts";
import { answerBody, type Message, refusalBody } from "./messages.ts";
import { Broken, NeverLeft, type RawReply, type Transport } from "./transport.ts";

/** The hub said no, under its signature. */
export class HubRefused extends LinkFailed {
  /** In the hub's word, which may be one that only a newer version knows. */
  readonly refusal: string;
  /** Proven: nothing of what was asked was done, by this or an earlier try of the same call. */
  readonly nothingDone: boolean;
  constructor(refusal: string, { nothingDone, isOnlyThis }: RefusalMeaning) {
    super(`hub refused: ${refusal}`, isOnlyThis);
    this.refusal = refusal;
    this.nothingDone = nothingDone;
  }
}

/** Whoever answered isn't the hub, or doesn't speak as it should. */
export class NotTheHub extends Error {
  /** Nothing is known at this address of what was asked, as at a hub that is older than the question. */
  readonly isUnknownThere: boolean;
  constructor(message: string, status: number | null = null) {
    super(message);
    this.isUnknownThere = status === 404;
  }
}

export interface CallOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface Caller {
  /** `ask` is called just before the message leaves, once for each try. */
  call<Ask, Answer>(
    message: Message<Ask, Answer>,
    ask: () => Ask,
    options?: CallOptions,
  ): Promise<Answer>;
  /** As the last answer said it; null before the first. */
  health(): ProviderHealth | null;
  /** The hub's time now; the computer's own clock until the hub has answered. */
  timeMs(): number;
}

interface CallerOptions {
  readonly transport: Transport;
  readonly keys: KeyPair;
  /** The hub's public key; null only while enrolling, when the answer itself names it. */
  readonly hubKey: string | null;
  readonly world: World;
}

/** What the way takes, and clocks that are right, may differ by; beyond it the hub's moments are put into our time. */
const differenceMsMax = 5_000;

/** One try more: for a stale connection, or once the hub has told its time. */
const triesMax = 2;

export function newCaller(options: CallerOptions): Caller {
  const { world } = options;
  let clock: HubClock | null = null;
  let health: ProviderHealth | null = null;
  const timeMs = (): number =>
    clock === null ? world.nowMs() : hubTimeMs(clock, world.monotonicMs());

  async function attempt<Ask, Answer>(
    { path, answer, timeoutMs, moved }: Message<Ask, Answer>,
    body: string,
    { timeoutMs: otherTimeoutMs, signal }: CallOptions,
  ): Promise<Answer | HubRefused> {
    const { transport, keys } = options;
    const facts = { method: "POST", path, contentDigest: digestOf(body), keyId: keys.keyId };
    const signable = requestSignable({ ...facts, timeMs: timeMs(), nonce: world.newToken() });
    const signature = await signText(keys.privateKey, signable.base);
    const headers = {
      "content-digest": facts.contentDigest,
      [timeHeader]: String(signable.timeMs),
      "signature-input": signable.input,
      signature: signatureValue(signature),
    };
    const sentMs = world.monotonicMs();
    const reply = await transport.post(path, headers, body, otherTimeoutMs ?? timeoutMs, signal);
    const receivedMs = world.monotonicMs();
    const value = parse(reply);
    const hubMs = await verified(options, reply, value, signature);
    clock = learnHubClock(clock, { hubMs, sentMs, receivedMs });
    if (reply.status !== 200) return refusalOf(value);
    const read = answerBody(answer).safeParse(value);
    if (!read.success) throw new LinkFailed(`answer to ${path} can't be read`, true);
    health = read.data.health ?? health;
    const aheadMs = world.nowMs() - (read.data.wallMs ?? world.nowMs());
    const told = read.data.answer as Answer;
    return Math.abs(aheadMs) < differenceMsMax ? told : moved(told, Math.round(aheadMs));
  }

  return {
    timeMs,
    health: () => health,
    async call(message, ask, callOptions = {}) {
      let mayHaveArrived = false;
      for (let tries = 1; ; tries += 1) {
        try {
          const answer = await attempt(message, JSON.stringify(ask()), callOptions);
          if (!(answer instanceof HubRefused)) return answer;
          if (answer.refusal !== "clock_off" || tries >= triesMax) {
            const { refusal, isOnlyThis, nothingDone } = answer;
            throw new HubRefused(refusal, {
              isOnlyThis,
              nothingDone: nothingDone && !mayHaveArrived,
            });
          }
        } catch (error) {
          if (error instanceof NeverLeft && mayHaveArrived) throw new Broken(error.message, false);
          if (!(error instanceof Broken)) throw error;
          mayHaveArrived = true;
          if (!error.stale || tries >= triesMax) throw error;
        }
      }
    },
  };
}

function parse(reply: RawReply): unknown {
  try {
    return JSON.parse(reply.body.toString("utf8"));
  } catch {
    throw new NotTheHub(`status ${reply.status} and no answer of a hub`, reply.status);
  }
}

const enrolledHub = z.object({ answer: z.object({ hubKey: z.string() }) });

/** Gives the hub's time. Throws NotTheHub unless the pinned key signed exactly this answer to exactly this request. */
async function verified(
  { hubKey, keys }: CallerOptions,
  reply: RawReply,
  value: unknown,
  requestSignature: string,
): Promise<number> {
  const named = enrolledHub.safeParse(value);
  const expected = hubKey ?? (named.success ? named.data.answer.hubKey : null);
  const timeMs = readTime(one(reply, timeHeader));
  const signature = readSignatureValue(one(reply, "signature"));
  if (timeMs === null || signature === null) throw unsigned(reply, value, keys);
  // While enrolling, a refusal names no key; it can do no more than refuse.
  if (expected === null) return timeMs;
  const key = publicKeyOf(expected);
  const contentDigest = one(reply, "content-digest");
  if (key === null) throw unsigned(reply, value, keys);
  const { status } = reply;
  const facts = { status, contentDigest, timeMs, keyId: keyIdOf(expected), requestSignature };
  const signable = replySignable(facts);
  const right =
    one(reply, "signature-input") === signable.input && contentDigest === digestOf(reply.body);
  if (!right || !(await signatureHolds(key, signable.base, signature)))
    throw new NotTheHub("the answer isn't signed by this terminal's hub");
  return timeMs;
}

/** A hub doesn't sign for keys it has never seen; the word is worth showing and proves nothing. */
function unsigned(reply: RawReply, value: unknown, { keyId }: KeyPair): NotTheHub {
  const said = refusalBody.safeParse(value);
  const words = said.success ? said.data.refused : `status ${reply.status}`;
  return new NotTheHub(`unsigned answer: ${words} (key ${keyId.slice(0, 8)})`, reply.status);
}

function refusalOf(value: unknown): HubRefused {
  const said = refusalBody.safeParse(value);
  if (!said.success) throw new NotTheHub("a refusal that can't be read");
  const { refused, nothingDone = false, isOnlyThis = false } = said.data;
  // What a word unknown here means its hub says; where it doesn't, nothing is proven and nothing is passed over.
  const meaning = isLinkRefusal(refused) ? LINK_REFUSALS[refused] : { nothingDone, isOnlyThis };
  return new HubRefused(refused, meaning);
}
