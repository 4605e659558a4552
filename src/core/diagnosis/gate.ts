/**
 * The gate before a sale (收款前的闸): four lights. Amber warns; red network or provider stops before the code is used, and
 * only by proof. One good answer makes it green again.
 */
import { awaitsProof } from "../payment/states.ts";
import type { HoldCause } from "../printing/job.ts";
import type { RefusalCode } from "../rules/refusals.ts";
import type { Text } from "../text/text.ts";
import type { PrinterNews, ProviderNews as ProviderHealth } from "../till/lights.ts";
import { lightsOf } from "../till/lights.ts";
import type { CauseFamily, Light } from "../till/view.ts";
import { holdExplained } from "./before-charge.ts";
import type { Case } from "./case.ts";
import type { Diagnosis, Finding } from "./finding.ts";
import { againstShop, announced } from "./gate-told.ts";
import type { MaintenanceCause } from "./causes/people.ts";
import { ladderOf } from "./ladder.ts";
import { providerNews } from "./provider-news.ts";
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
  const plain = lightsOf(input.provider, input.printer);
  const isDown = isSilentForSure(given);
  const network = networkLight(diagnosis, isDown);
  const provider = providerLight(plain.provider, diagnosis, isDown && network.light !== "red");
  const shop = againstShop(given, diagnosis) ?? announced(given, "provider");
  const overridden = overriddenUntilMs !== null && given.nowMs < overriddenUntilMs;
  const isOutcomeOpen = given.unsettled.some((one) => one.attempts.some(awaitsProof));
  const refusal =
    network.light === "red"
      ? "gate_network_down"
      : provider.light === "red" && isDown
        ? "gate_provider_down"
        : null;
  const needsEReceipt = isPrinterRed(input.printer.condition);
  return {
    network: orTold(network, announced(given, "network")),
    provider: orTold(provider, shop),
    printer: printerLight(plain.printer, input.printer.condition, given),
    till: orTold(tillLight(diagnosis), announced(given, "hub", "terminal")),
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

const orTold = (measured: LightView, told: LightView | null): LightView =>
  measured.light === "green" ? (told ?? measured) : measured;

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

const light = (of: Light, zh: string, en: string, why: Text | null = null): LightView => ({
  light: of,
  text: { zh, en },
  why,
});

const ofFamily = (diagnosis: Diagnosis, family: CauseFamily): readonly Finding[] =>
  diagnosis.families.find((one) => one.family === family)?.findings ?? [];

/** A window is the matter of the light that it names. */
const windows = (diagnosis: Diagnosis, cause: MaintenanceCause): readonly Finding[] =>
  ofFamily(diagnosis, "maintenance").filter((one) => one.cause === cause);

function networkLight(diagnosis: Diagnosis, isDown: boolean): LightView {
  const findings = [
    ...windows(diagnosis, "network_maintenance"),
    ...ofFamily(diagnosis, "network"),
  ];
  const cut = findings.find((one) => one.verdict === "confirmed" && cutOff.has(one.cause));
  if (cut !== undefined) return { light: "red", text: cut.title, why: cut.nextStep };
  const [first] = findings;
  if (first !== undefined) return { light: "amber", text: first.title, why: first.nextStep };
  return isDown
    ? light("amber", "网络：可能不通", "Network: may be down")
    : light("green", "网络：正常", "Network: fine");
}

function providerLight(
  plain: Omit<LightView, "why">,
  diagnosis: Diagnosis,
  isDown: boolean,
): LightView {
  const [first] = [
    ...windows(diagnosis, "announced_maintenance"),
    ...ofFamily(diagnosis, "provider_api"),
  ];
  const why = first?.nextStep ?? null;
  if (isDown) return { light: "red", text: first?.title ?? plain.text, why };
  // One call without an answer is no outage: the first sale in one may still go out.
  // What stands there is what its advice is about, in the words of F8.
  if (plain.light === "red") return { light: "amber", text: first?.title ?? plain.text, why };
  if (first !== undefined) return { light: "amber", text: first.title, why };
  return { ...plain, why };
}

/**
 * Nothing has come back from the provider for a while: several real calls or harmless queries in a row, among them a
 * fresh query made for this very question, and no sign of it on any path.
 */
function isSilentForSure(given: Case): boolean {
  const { settings, nowMs } = given;
  const ladder = ladderOf(given);
  const { silent } = providerNews(given, ladder);
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
  "disk_full",
  "check_disk",
  "check_journal",
  "check_ledger",
  "check_not_replaced",
]);

function tillLight(diagnosis: Diagnosis): LightView {
  const findings = [
    ...ofFamily(diagnosis, "system").filter((one) => one.cause.startsWith("check_")),
    ...windows(diagnosis, "own_maintenance"),
    ...ofFamily(diagnosis, "device").filter((one) => tillTroubles.has(one.cause)),
  ];
  const [first] = findings.toSorted((a, b) => a.rank - b.rank);
  if (first === undefined) return light("green", "收银机：正常", "Till: fine");
  const of = first.verdict === "confirmed" && stopsSales.has(first.cause) ? "red" : "amber";
  return { light: of, text: first.title, why: first.nextStep };
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
