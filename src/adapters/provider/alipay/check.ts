/**
 * Proves keys, app and way to Alipay before the first sale: one signed query of an order number that can't exist.
 * "No such trade", signed by Alipay, means that everything works. No money is involved.
 */
import { randomUUID } from "node:crypto";
import type { ProviderCode, UnknownReason } from "../../../core/payment/answers.ts";
import { codeRow, plainSubCode } from "../../../core/payment/codes/codes.ts";
import { fill } from "../../../core/text/text.ts";
import type { Text } from "../../../core/text/text.ts";
import { CHECK_TEXT, CLOCK_WARNING } from "./check-text.ts";
import type { Finding } from "./check-text.ts";
import { createClient } from "./client.ts";
import type { AlipayClient, AlipayDeps, Reply } from "./client.ts";
import type { AlipayConfig } from "./config.ts";
import { isLive } from "./config.ts";
import { queryAnswer } from "./outcome.ts";

export interface ProviderVerdict {
  readonly ok: boolean;
  readonly finding: Finding;
  readonly text: Text;
  readonly advice: Text;
  readonly gateway: string;
  readonly livemode: boolean;
  readonly tookMs: number;
  /** Our clock minus the gateway's, whole seconds (its header counts in seconds); null when it wasn't heard. */
  readonly clockAheadSeconds: number | null;
  /** Set when that is more than a minute: `time_expire` is then wrong by as much. */
  readonly clockWarning: Text | null;
  /** What the gateway said, its code or the name of the fault on the wire. */
  readonly said: string | null;
}

const clockSecondsMax = 60;

/** Never rejects; takes at most `config.timeoutMs`. */
export async function providerCheck(
  config: AlipayConfig,
  deps: Pick<AlipayDeps, "nowMs">,
): Promise<ProviderVerdict> {
  const client = createClient(config, deps);
  const { reply, orderNo, tookMs } = await harmlessQuery(client);
  await client.disconnect();
  const { finding, said } = findingOf(reply, orderNo, config.keys.mode);
  const { serverTimeMs } = reply.seen;
  const aheadSeconds =
    serverTimeMs === null ? null : Math.round((deps.nowMs() - serverTimeMs) / 1_000);
  const clockIsWrong = aheadSeconds !== null && Math.abs(aheadSeconds) > clockSecondsMax;
  const values = { gateway: new URL(config.gateway).host, said: said ?? "", app_id: config.appId };
  return {
    ok: finding === "good",
    finding,
    text: fill(CHECK_TEXT[finding].text, values),
    advice: fill(CHECK_TEXT[finding].advice, values),
    gateway: config.gateway,
    livemode: isLive(config),
    tookMs,
    clockAheadSeconds: aheadSeconds,
    clockWarning: clockIsWrong ? fill(CLOCK_WARNING, { seconds: Math.abs(aheadSeconds) }) : null,
    said,
  };
}

export interface Harmless {
  readonly reply: Reply;
  readonly orderNo: string;
  readonly tookMs: number;
}

/** Asks for an order that can't exist: signed by both sides, and no money is near. */
export async function harmlessQuery(client: AlipayClient): Promise<Harmless> {
  const orderNo = `CHECK${randomUUID().replaceAll("-", "")}`;
  const startedMs = performance.now();
  const reply = await client.call("alipay.trade.query", { out_trade_no: orderNo });
  return { reply, orderNo, tookMs: Math.round(performance.now() - startedMs) };
}

/** Codes that name their own cure; any other refusal is shown as it is. */
const FINDING_OF_CODE = new Map<string, Finding>([
  ["INVALID_SIGNATURE", "app_key"],
  ["MISSING_SIGNATURE_CONFIG", "no_app_key"],
  ["INVALID_APP_ID", "app_id"],
  ["NOT_ONLINE_APP", "app_offline"],
  ["APP_CERT_EXPIRED", "app_cert"],
  ["MISSING_APP_CERT_SN", "cert_mode"],
  ["MISSING_ALIPAY_ROOT_CERT_SN", "cert_mode"],
  ["INVALID_TIMESTAMP", "clock"],
  ["INSUFFICIENT_ISV_PERMISSIONS", "permissions"],
  ["INSUFFICIENT_USER_PERMISSIONS", "permissions"],
  ["ACQ.ACCESS_FORBIDDEN", "permissions"],
  ["FORBIDDEN_API", "permissions"],
]);

const FINDING_OF_REASON: Readonly<Record<UnknownReason, Finding>> = {
  silence: "silence",
  broken: "broken",
  unreadable: "unreadable",
  verify: "alipay_key",
  mismatch: "refused",
  provider: "refused",
  unlisted: "refused",
};

type Mode = AlipayConfig["keys"]["mode"];

function findingOf(
  reply: Reply,
  orderNo: string,
  mode: Mode,
): { finding: Finding; said: string | null } {
  if (reply.kind === "none") {
    const byHint = reply.hint === null ? undefined : findingOfCode(reply.hint, mode);
    const fault =
      reply.seen.fault ?? (reply.seen.status === null ? null : `HTTP ${reply.seen.status}`);
    const finding = byHint ?? networkFinding(fault) ?? FINDING_OF_REASON[reply.reason];
    return { finding, said: reply.hint === null ? fault : saidOf(reply.hint) };
  }
  const answer = queryAnswer(reply.body, orderNo);
  if (answer.kind === "not_exist") return { finding: "good", said: saidOf(answer.code) };
  if (answer.kind !== "unknown") return { finding: "refused", said: saidOf(answer.code) };
  const { code, reason } = answer;
  const byCode = code === null ? undefined : (findingOfCode(code, mode) ?? busyOf(code));
  return {
    finding: byCode ?? FINDING_OF_REASON[reason],
    said: code === null ? null : saidOf(code),
  };
}

function findingOfCode(code: ProviderCode, mode: Mode): Finding | undefined {
  const word = plainSubCode(code.subCode ?? "");
  return mode === "certificate" && ofCertificates(word) ? "certs" : FINDING_OF_CODE.get(word);
}

/** The query itself is always well formed: what is wrong in it beside its numbers of certificates would be ours. */
const ofCertificates = (word: string): boolean =>
  word === "INVALID_PARAMETER" || word.includes("CERT_SN");

/** Only what passes by itself: an error of Alipay's own, or too many calls. */
function busyOf({ code, subCode }: ProviderCode): Finding | undefined {
  const row = codeRow("alipay.trade.pay", code, subCode);
  const passes = row?.family === "provider_api" || row?.action === "retry_slower";
  return code === "20000" || passes ? "busy" : undefined;
}

const saidOf = (code: ProviderCode): string =>
  code.subCode === null ? code.code : `${code.code} ${code.subCode}`;

/** Names of Node and OpenSSL for faults before any request was sent. */
function networkFinding(fault: string | null): Finding | undefined {
  if (fault === null) return undefined;
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(fault)) return "dns";
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_/.test(fault)) return "tls";
  return undefined;
}
