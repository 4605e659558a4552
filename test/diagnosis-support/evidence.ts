/** Evidence for tests, one builder for each kind; times are seconds before "now", so that rows read as a story. */
import type { Case } from "../../src/core/diagnosis/case.ts";
import { diagnose } from "../../src/core/diagnosis/diagnose.ts";
import type {
  Evidence,
  Fact,
  FactOf,
  OperatorAct,
  ReachFailure,
  SelfCheckId,
  Target,
} from "../../src/core/diagnosis/evidence.ts";
import type { Diagnosis, FamilyAnswer } from "../../src/core/diagnosis/finding.ts";
import { emptyPicture, type Picture, withEvidence } from "../../src/core/diagnosis/picture.ts";
import {
  defaultDiagnosisSettings,
  type DiagnosisSettings,
} from "../../src/core/diagnosis/settings.ts";
import type { SaleFacts } from "../../src/core/till/can.ts";
import type { CauseFamily } from "../../src/core/till/view.ts";

export const nowMs = Date.UTC(2026, 10, 29, 4);

export const ago = (seconds: number, fact: Fact): Evidence => ({
  atMs: nowMs - seconds * 1_000,
  fact,
});

/** `failure` null: answered in 12 ms. */
export const reach = (
  seconds: number,
  target: Target,
  failure: ReachFailure | null = null,
  ms = 12,
  path = "eth0",
): Evidence =>
  ago(seconds, { kind: "reach", target, path, ms: failure === null ? ms : null, failure });

/** A quiet minute some time ago: every rung of the path answered. */
export const wellBefore: readonly Evidence[] = (
  ["interface", "router", "dns", "internet", "provider"] as const
).map((target) => reach(300, target));

/** Every rung answers now. */
export const wellNow: readonly Evidence[] = (
  ["interface", "router", "dns", "internet", "provider"] as const
).map((target) => reach(1, target));

export const down = (failure: ReachFailure, ...targets: readonly Target[]): readonly Evidence[] =>
  [4, 2].flatMap((seconds) => targets.map((target) => reach(seconds, target, failure)));

export const call = (seconds: number, more: Partial<FactOf<"provider_call">> = {}): Evidence =>
  ago(seconds, {
    kind: "provider_call",
    asked: "query",
    orderNo: "O1",
    ms: 80,
    unknown: null,
    httpStatus: null,
    code: "10000",
    subCode: null,
    ...more,
  });

export const silence = (
  seconds: number,
  asked: FactOf<"provider_call">["asked"] = "pay",
): Evidence => call(seconds, { asked, unknown: "silence", code: null, ms: 5_000 });

export const probe = (seconds: number, unknown: "silence" | null = null): Evidence =>
  call(seconds, {
    asked: "probe",
    orderNo: null,
    unknown,
    code: unknown === null ? "40004" : null,
    subCode: unknown === null ? "ACQ.TRADE_NOT_EXIST" : null,
  });

export const printer = (
  seconds: number,
  condition: FactOf<"printer">["condition"],
  more: Partial<FactOf<"printer">> = {},
): Evidence =>
  ago(seconds, {
    kind: "printer",
    condition,
    paperLow: false,
    reachable: condition !== "unreachable" && condition !== "no_printer",
    ...more,
  });

export const line = (seconds: number, what: FactOf<"printer_line">["what"]): Evidence =>
  ago(seconds, { kind: "printer_line", what });

export const job = (seconds: number, more: Partial<FactOf<"job">>): Evidence =>
  ago(seconds, {
    kind: "job",
    saleId: "S1",
    jobId: "J1",
    state: "queued",
    hold: null,
    doubt: null,
    ...more,
  });

export const attempt = (seconds: number, more: Partial<FactOf<"attempt">>): Evidence =>
  ago(seconds, {
    kind: "attempt",
    saleId: "S1",
    orderNo: "O1",
    state: "unknown",
    unknown: null,
    unpaidEnd: null,
    late: false,
    code: null,
    subCode: null,
    ...more,
  });

export const declined = (seconds: number, subCode: string, code = "40004"): Evidence =>
  attempt(seconds, { state: "declined", unpaidEnd: "declined", code, subCode });

export const computer = (seconds: number, more: Partial<FactOf<"computer">> = {}): Evidence =>
  ago(seconds, {
    kind: "computer",
    loopDelayMs: 5,
    memoryFreeBytes: 2 ** 31,
    diskFreeBytes: 2 ** 34,
    diskWriteMs: 3,
    undervoltage: null,
    ...more,
  });

export const start = (seconds: number, clean: boolean, rebooted: boolean | null): Evidence =>
  ago(seconds, { kind: "start", clean, awayMs: 30_000, rebooted });

export const check = (id: SelfCheckId, good: boolean): Evidence =>
  ago(100, { kind: "self_check", check: id, good, detail: good ? "" : "wrong" });

export const act = (seconds: number, what: OperatorAct, saleId: string | null = null): Evidence =>
  ago(seconds, { kind: "act", act: what, saleId, operatorNo: "07", refusal: null });

export const notice = (
  scope: FactOf<"notice">["scope"],
  fromSeconds = 600,
  untilSeconds = -600,
): Evidence =>
  ago(60, {
    kind: "notice",
    id: scope,
    scope,
    fromMs: nowMs - fromSeconds * 1_000,
    untilMs: nowMs - untilSeconds * 1_000,
    title: "升级维护",
    source: "支付宝公告",
  });

export const elsewhere = (seconds: number, terminals: number, failing: number): Evidence =>
  ago(seconds, { kind: "elsewhere", terminals, failing });

export const pictureOf = (evidence: readonly Evidence[]): Picture =>
  evidence.toSorted((a, b) => a.atMs - b.atMs).reduce(withEvidence, emptyPicture);

export interface Given {
  readonly evidence: readonly Evidence[];
  readonly sale?: SaleFacts;
  /** Of the box; left out: the sale itself, if there is one. */
  readonly unsettled?: readonly SaleFacts[];
  readonly settings?: Partial<DiagnosisSettings>;
  readonly atMs?: number;
}

export const caseOf = ({ evidence, sale, unsettled, settings, atMs }: Given): Case => ({
  picture: pictureOf(evidence),
  sale: sale ?? null,
  unsettled: unsettled ?? (sale === undefined ? [] : [sale]),
  nowMs: atMs ?? nowMs,
  settings: { ...defaultDiagnosisSettings, ...settings },
});

export const judge = (...evidence: readonly (Evidence | readonly Evidence[])[]): Diagnosis =>
  diagnose(caseOf({ evidence: evidence.flat() }));

export const answer = (diagnosis: Diagnosis, family: CauseFamily): FamilyAnswer => {
  const found = diagnosis.families.find((one) => one.family === family);
  if (found === undefined) throw new Error(`no answer for ${family}`);
  return found;
};

/** "network confirmed line_down": what one family says, in one line. */
export const verdictOf = (diagnosis: Diagnosis, family: CauseFamily): string => {
  const { verdict, findings } = answer(diagnosis, family);
  return [verdict, ...findings.map((one) => one.cause)].join(" ");
};

/** "confirmed line_down" of what is to be acted on first. */
export const firstOf = ({ first }: Diagnosis): string =>
  first === null ? "nothing" : `${first.verdict} ${first.cause}`;
