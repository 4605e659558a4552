/**
 * The gate before a sale (收款前的闸): four lights. Amber warns; red network or provider stops before the code is used, and
 * only by proof. One good answer makes it green again.
 */
import { awaitsProof } from "../payment/states.ts";
import type { HoldCause } from "../printing/job.ts";
import type { RefusalCode } from "../rules/refusals.ts";
import type { Text } from "../text/text.ts";
import type { PrinterNews, ProviderNews as ProviderHealth } from "../till/lights.ts";
import { answering, lightsOf } from "../till/lights.ts";
import type { CauseFamily, Light } from "../till/view.ts";
import { holdExplained } from "./before-charge.ts";
import type { Case } from "./case.ts";
import type { Diagnosis, Finding, Verdict } from "./finding.ts";
import { announced, badRecord, refusedShop, worstOf } from "./gate-told.ts";
import type { NetworkCause } from "./causes/network.ts";
import type { MaintenanceCause } from "./causes/people.ts";
import { ladderOf } from "./ladder.ts";
import { toldCondition } from "./loading.ts";
import { isOfOutage, type ProviderNews, providerNews } from "./provider-news.ts";
import type { GateView, LightView } from "./view.ts";

export interface GateInput {
  /** Of the box, not of a sale. */
  readonly given: Case;
  readonly diagnosis: Diagnosis;
  readonly provider: ProviderHealth;
  readonly printer: PrinterNews;
  readonly receiptLinks: boolean;
  /** An owner's word holds until then. */
  readonly overriddenUntilMs: number | null;
}

export interface Gate {
  readonly network: LightView;
  readonly provider: LightView;
  readonly printer: LightView;
  readonly till: LightView;
  /** Why a code must not be used now; null: sales go on. */
  readonly refusal: Extract<RefusalCode, "gate_network_down" | "gate_provider_down"> | null;
  readonly needsEReceipt: boolean;
  readonly offers: GateView["offers"];
  /** While the owner's word holds. */
  readonly overriddenUntilMs: number | null;
  /** It isn't known of some charge of this box what became of it. */
  readonly isOutcomeOpen: boolean;
  /** Without what was only announced or recorded: about that probes could find out nothing sooner. */
  readonly measured: { readonly network: Light; readonly provider: Light };
}

export function gateOf(input: GateInput): Gate {
  const { given, diagnosis, overriddenUntilMs } = input;
  const condition = toldCondition(input.printer.condition, given);
  const plain = lightsOf(input.provider, { ...input.printer, condition });
  const { silent } = providerNews(given, ladderOf(given));
  const isUnheard = isSilentForSure(given, silent);
  // What was lost on the line that was out says nothing of Alipay.
  const isOfLine = isOfOutage(ladderOf(given));
  const isDown =
    isUnheard &&
    isSilentForSure(
      given,
      silent.filter((one) => !isOfLine(one)),
    );
  const network = networkLight(diagnosis, isUnheard);
  const provider = providerLight(
    input.provider,
    plain.provider,
    diagnosis,
    isDown && network.light !== "red",
  );
  const overridden = overriddenUntilMs !== null && given.nowMs < overriddenUntilMs;
  const isOutcomeOpen = given.unsettled.some((one) => one.attempts.some(awaitsProof));
  const refusal =
    network.light === "red"
      ? "gate_network_down"
      : provider.light === "red" && isDown
        ? "gate_provider_down"
        : null;
  const needsEReceipt = isPrinterRed(condition);
  return {
    network: worstOf(network, ...announced(given, diagnosis, "network_maintenance")),
    provider: worstOf(
      ...refusedShop(given),
      provider,
      ...badRecord(diagnosis),
      ...announced(given, diagnosis, "announced_maintenance"),
    ),
    printer: printerLight(plain.printer, condition, given),
    till: worstOf(tillLight(diagnosis), ...announced(given, diagnosis, "own_maintenance")),
    refusal: overridden ? null : refusal,
    needsEReceipt: needsEReceipt && !overridden,
    offers: offersOf(refusal, needsEReceipt, input.receiptLinks).filter(
      (one) => one !== "cash" || !isOutcomeOpen,
    ),
    overriddenUntilMs: overridden ? overriddenUntilMs : null,
    isOutcomeOpen,
    measured: { network: network.light, provider: provider.light },
  };
}

/** A shop without a printer has made that choice; a paper of one sale that can't be printed is no matter of the next. */
export const isPrinterRed = (condition: HoldCause | null): boolean =>
  condition !== null && condition !== "no_printer" && condition !== "not_printable";

/** These leave no way to the provider at all. */
const cutOff: ReadonlySet<string> = new Set([
  "interface_down",
  "no_address",
  "router_silent",
  "login_page",
  "line_down",
  "dns_failing",
]);

/** The line is back and nothing has answered over it since: what was silent so far was lost on it, and not the provider. */
const stillAsked = "line_back" satisfies NetworkCause;

const light = (of: Light, zh: string, en: string, why: Text | null = null): LightView => ({
  light: of,
  text: { zh, en },
  why,
});

/** What this light is about, in the order of F8: its family, and the window that names it. */
const about = (
  { ranked }: Diagnosis,
  family: CauseFamily,
  window: MaintenanceCause,
): readonly Finding[] => ranked.filter((one) => one.family === family || one.cause === window);

const verdictOf = ({ families }: Diagnosis, family: CauseFamily): Verdict | undefined =>
  families.find((one) => one.family === family)?.verdict;

/** A light is a view of what F8 says: by the same name, and as sure. */
const showing = (of: Light, { title, nextStep, cause, verdict }: Finding): LightView => ({
  light: of,
  text: title,
  why: nextStep,
  cause,
  verdict,
});

function networkLight(diagnosis: Diagnosis, isUnheard: boolean): LightView {
  const findings = about(diagnosis, "network", "network_maintenance");
  const isCut = findings.some(
    ({ verdict, cause }) =>
      verdict === "confirmed" && (cutOff.has(cause) || (isUnheard && cause === stillAsked)),
  );
  const [first] = findings;
  if (first !== undefined) return showing(isCut ? "red" : "amber", first);
  // Silence of the provider says nothing against a line that answers.
  return isUnheard && verdictOf(diagnosis, "network") !== "ruled_out"
    ? light("amber", "网络：可能不通", "Network: may be down")
    : light("green", "网络：正常", "Network: fine");
}

function providerLight(
  health: ProviderHealth,
  plain: Omit<LightView, "why">,
  diagnosis: Diagnosis,
  isDown: boolean,
): LightView {
  const [first] = about(diagnosis, "provider_api", "announced_maintenance");
  // One call without an answer is no outage: the first sale in one may still go out.
  if (first !== undefined) return showing(isDown ? "red" : "amber", first);
  if (isDown) return { ...plain, light: "red", why: null };
  if (plain.light !== "red") return { ...plain, why: null };
  // A harmless question has been answered since: no sale is needed to make the light green again.
  if (health.state === "failing" && verdictOf(diagnosis, "provider_api") === "ruled_out")
    return { ...answering, why: null };
  // What lies beyond a broken line can't be asked: that it is silent would be a cause that F8 doesn't name.
  return verdictOf(diagnosis, "network") === "confirmed"
    ? light("amber", "支付宝：现在问不到", "Alipay: can't be asked now")
    : health.state === "failing"
      ? light("amber", "支付宝：正在检查", "Alipay: being checked")
      : { ...plain, light: "amber", why: null };
}

/**
 * Nothing has come back from the provider for a while: several real calls or harmless queries in a row, among them a
 * fresh query made for this very question, and no sign of it on any path.
 */
function isSilentForSure({ settings, nowMs }: Case, silent: ProviderNews["silent"]): boolean {
  const [first, last] = [silent[0], silent.at(-1)];
  if (first === undefined || last === undefined) return false;
  const asked = silent.filter(({ fact }) => fact.asked === "probe");
  const isFresh = nowMs - (asked.at(-1)?.atMs ?? 0) <= settings.silentMs * 2;
  return (
    silent.length >= settings.silentCalls &&
    asked.length >= 2 &&
    isFresh &&
    last.atMs - first.atMs >= settings.silentMs
  );
}

const tillTroubles: ReadonlySet<string> = new Set([
  "check_disk",
  "till_frozen",
  "disk_full",
  "disk_slow",
  "memory_low",
  "undervoltage",
  "clock_wrong",
]);
const stopsSales: ReadonlySet<string> = new Set([
  "check_disk",
  "check_journal",
  "check_ledger",
  "check_not_replaced",
]);

const isOfTill = ({ family, cause }: Finding): boolean =>
  (family === "system" && cause.startsWith("check_")) ||
  cause === ("own_maintenance" satisfies MaintenanceCause) ||
  (family === "device" && tillTroubles.has(cause));

function tillLight({ ranked }: Diagnosis): LightView {
  const first = ranked.find(isOfTill);
  if (first === undefined) return light("green", "收银机：正常", "Till: fine");
  const of = first.verdict === "confirmed" && stopsSales.has(first.cause) ? "red" : "amber";
  return showing(of, first);
}

/** Red is what stops a paper that could come out; where none is meant to, that is worth a word and no incident. */
function printerLight(
  plain: Omit<LightView, "why">,
  condition: HoldCause | null,
  given: Case,
): LightView {
  if (condition === null) return { ...plain, why: null };
  const why = holdExplained(condition, given);
  return isPrinterRed(condition) ? { ...plain, why } : { ...plain, light: "amber", why };
}

function offersOf(
  refusal: Gate["refusal"],
  needsEReceipt: boolean,
  receiptLinks: boolean,
): GateView["offers"] {
  if (refusal !== null)
    return refusal === "gate_network_down" ? ["other_path", "cash", "wait"] : ["cash", "wait"];
  if (!needsEReceipt) return [];
  return receiptLinks ? ["e_receipt", "cash", "wait"] : ["cash", "wait"];
}

/** Which light is red, for an incident of the box itself. */
export const isGateRed = ({ network, provider, printer, till }: Gate): boolean =>
  [network, provider, printer, till].some((one) => one.light === "red");
