/**
 * Does Alipay answer, and is it Alipay? A harmless signed query now and then: the answer of a network that wants a
 * login, of a proxy or of nobody can't be mistaken for the gateway's. Its Date header tells how wrong our clock is.
 */
import type {
  ClockSeen,
  Evidence,
  Fact,
  ProviderCall,
  Reach,
  ReachFailure,
} from "../../../core/diagnosis/evidence.ts";
import type { UnknownReason } from "../../../core/payment/answers.ts";
import type { Probe } from "../../../ports/probe.ts";
import { sharedLookup } from "../../probe/network/lookup.ts";
import { failureOfCode } from "../../probe/network/touch.ts";
import { type Harmless, harmlessQuery } from "./check.ts";
import { type AlipayClient, type AlipayDeps, createClient } from "./client.ts";
import type { AlipayConfig } from "./config.ts";
import { codeOf } from "./fields.ts";
import { queryAnswer } from "./outcome.ts";

export interface AlipayProbe extends Probe {
  /** Cuts what is in flight. */
  close(): Promise<void>;
}

export interface AlipayProbeDeps extends Pick<AlipayDeps, "nowMs"> {
  /** The path in use, by name. */
  readonly path: () => Promise<string>;
  readonly everyMs: number;
}

/** Shorter than a sale's call: a probe is asked again soon. */
const timeoutMs = 5_000;

export function alipayProbe(config: AlipayConfig, deps: AlipayProbeDeps): AlipayProbe {
  const bounded = { ...config, timeoutMs: Math.min(timeoutMs, config.timeoutMs) };
  const client = createClient(bounded, deps, sharedLookup);
  return {
    name: "provider answer",
    everyMs: deps.everyMs,
    everyMsInTrouble: 3_000,
    look: () => look(client, deps),
    close: () => client.disconnect(),
  };
}

async function look(client: AlipayClient, deps: AlipayProbeDeps): Promise<readonly Evidence[]> {
  const path = await deps.path();
  const asked = await harmlessQuery(client);
  const atMs = deps.nowMs();
  const call = callOf(asked);
  const facts: readonly Fact[] = [call, ...reachOf(asked, path), ...clockOf(asked, atMs)];
  return facts.map((fact) => ({ atMs, fact }));
}

function callOf({ reply, orderNo, tookMs }: Harmless): ProviderCall {
  const answer = reply.kind === "verified" ? queryAnswer(reply.body, orderNo) : null;
  const code = reply.kind === "verified" ? codeOf(reply.body) : reply.hint;
  return {
    kind: "provider_call",
    asked: "probe",
    orderNo: null,
    ms: tookMs,
    unknown: answer === null ? reasonOf(reply) : answer.kind === "unknown" ? answer.reason : null,
    httpStatus: reply.seen.status,
    code: code?.code ?? null,
    subCode: code?.subCode ?? null,
  };
}

const reasonOf = (reply: Harmless["reply"]): UnknownReason | null =>
  reply.kind === "none" ? reply.reason : null;

/**
 * Whether the way to it is open, whatever it says: a refusal in the gateway's own words came all the way. What happened
 * once the request was on a connected socket says nothing of the way: then it is left out.
 */
function reachOf({ reply, tookMs }: Harmless, path: string): readonly Reach[] {
  const failure = reply.kind === "verified" ? null : failureOf(reply);
  if (failure === "not_known") return [];
  const ms = failure === null ? tookMs : null;
  return [{ kind: "reach", target: "provider", path, ms, failure }];
}

function failureOf(
  reply: Extract<Harmless["reply"], { kind: "none" }>,
): ReachFailure | "not_known" | null {
  const { seen, reason, hint } = reply;
  if (seen.status !== null) return hint === null ? strangerOf(seen.status, seen.body) : null;
  if (seen.sent) return "not_known";
  if (reason === "silence") return "timeout";
  return failureOfCode(seen.fault ?? "") ?? "reset";
}

/** A page or a redirect where a signed answer belongs comes from a network that wants a login; a 5xx is a server's own. */
function strangerOf(status: number, body: Buffer | null): ReachFailure | null {
  if (status >= 500 && status !== 511) return null;
  const isPage = /^\s*</.test(body?.toString("latin1", 0, 200) ?? "");
  return isPage || status === 511 || (status >= 300 && status < 400) ? "portal" : "bad_answer";
}

/** Its header counts in whole seconds, cut off: the truth lies half a second later, give or take. */
function clockOf({ reply, tookMs }: Harmless, atMs: number): readonly ClockSeen[] {
  const { serverTimeMs } = reply.seen;
  if (serverTimeMs === null || reply.kind !== "verified") return [];
  const offsetMs = Math.round(atMs - tookMs / 2 - (serverTimeMs + 500));
  return [{ kind: "clock", against: "provider", offsetMs }];
}
