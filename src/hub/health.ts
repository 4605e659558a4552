/** How the provider has been answering lately. Only calls that were really made count. */
import type { Elsewhere, ProviderCall } from "../core/diagnosis/evidence.ts";
import type { ProviderCode, UnknownAnswer } from "../core/payment/answers.ts";
import type { ProviderHealth } from "../ports/link.ts";
import type { World } from "../ports/world.ts";

/** For whom the provider is asked, and what. */
export interface CallAbout {
  readonly asked: ProviderCall["asked"];
  readonly orderNo: string;
  readonly terminalId: string;
}

export interface MeteredCall {
  readonly about: CallAbout;
  readonly call: ProviderCall;
  /** How the other terminals fare; null where there are none. */
  readonly elsewhere: Elsewhere | null;
}

type Answered = { readonly kind: string; readonly code?: ProviderCode | null };

export interface HealthMeter {
  /** Times the call and notes whether anything came back; gives the call's own answer. */
  timed<T extends Answered>(about: CallAbout, call: () => Promise<T>): Promise<T>;
  health(): ProviderHealth;
}

const slowMs = 2_000;
/** What another terminal heard counts for so long. */
const elsewhereMs = 120_000;

export function createHealthMeter(
  world: World,
  onCall: (call: MeteredCall) => void = () => {},
): HealthMeter {
  let failuresInARow = 0;
  let lastAnswerMs: number | null = null;
  const heard = new Map<string, { readonly atMs: number; readonly silent: boolean }>();
  const elsewhereOf = (terminalId: string, nowMs: number): Elsewhere | null => {
    const others = [...heard].filter(
      ([id, one]) => id !== terminalId && nowMs - one.atMs <= elsewhereMs,
    );
    if (others.length === 0) return null;
    const failing = others.filter(([, one]) => one.silent).length;
    return { kind: "elsewhere", terminals: others.length, failing };
  };
  return {
    timed: async (about, call) => {
      const startedMs = world.monotonicMs();
      const answer = await call();
      const nowMs = world.monotonicMs();
      const silent = answer.kind === "unknown" && (answer.code ?? null) === null;
      failuresInARow = silent ? failuresInARow + 1 : 0;
      if (!silent) lastAnswerMs = nowMs - startedMs;
      heard.set(about.terminalId, { atMs: nowMs, silent });
      const elsewhere = elsewhereOf(about.terminalId, nowMs);
      onCall({ about, call: callFact(about, answer, nowMs - startedMs), elsewhere });
      return answer;
    },
    health: () => ({ state: stateOf(failuresInARow, lastAnswerMs), lastAnswerMs, failuresInARow }),
  };
}

function callFact({ asked, orderNo }: CallAbout, answer: Answered, ms: number): ProviderCall {
  const unknown = answer.kind === "unknown" ? (answer as unknown as UnknownAnswer) : null;
  const said = answer.code ?? unknown?.hint;
  return {
    kind: "provider_call",
    asked,
    orderNo,
    ms: Math.round(ms),
    unknown: unknown?.reason ?? null,
    httpStatus: unknown?.httpStatus ?? null,
    code: said?.code ?? null,
    subCode: said?.subCode ?? null,
  };
}

function stateOf(failuresInARow: number, lastAnswerMs: number | null): ProviderHealth["state"] {
  if (failuresInARow > 0) return "failing";
  if (lastAnswerMs === null) return "not_asked";
  return lastAnswerMs > slowMs ? "slow" : "answering";
}
