/** Settings, keys, printer, network and provider. Their readers come from packages, so this file is loaded by itself. */
import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { type PrinterAddress, parsePrinterAddress } from "../../adapters/printer/open.ts";
import { touch } from "../../adapters/probe/network/touch.ts";
import { providerCheck } from "../../adapters/provider/alipay/check.ts";
import {
  type AlipayConfig,
  alipayIdentity,
  isConfigured,
  readAlipayConfig,
} from "../../adapters/provider/alipay/config.ts";
import type { Reach } from "../../core/diagnosis/evidence.ts";
import {
  identityText,
  type ProviderIdentity,
  sandboxIdentity,
} from "../../core/payment/provider-identity.ts";
import { DOCTOR_DETAILS } from "../../core/text/doctor.ts";
import { fill, type Text } from "../../core/text/text.ts";
import { type BoxConfig, readBoxConfig } from "../config.ts";
import { InputError } from "../output.ts";
import { networkProbes, pathsOf } from "../probes.ts";
import { refusalOf, type Ties, tieWords } from "../provider-tie.ts";
import { type AtRest, tieAtRest } from "../tie-at-rest.ts";
import { codeOf, type DoctorLine, well, wrong } from "./line.ts";

export interface Settings {
  readonly line: DoctorLine;
  /** Null when it can't be read. */
  readonly config: BoxConfig | null;
}

const plain = (said: string): Text => ({ zh: said, en: said });

export function settingsOf(data: string): Settings {
  const path = join(data, "config.json");
  try {
    const config = readBoxConfig(data);
    const where = existsSync(path) ? path : DOCTOR_DETAILS.settings_default;
    return { line: well("settings", where), config };
  } catch (error) {
    // Its sentence names each field already.
    const text = error instanceof InputError ? error.text : plain(codeOf(error));
    return { line: { ...wrong("settings", ""), text }, config: null };
  }
}

export interface Keys {
  readonly lines: readonly DoctorLine[];
  /** Neither here nor in the environment. */
  readonly isUnset: boolean;
  /** Null: none are set, or they are wrong. */
  readonly alipay: AlipayConfig | null;
  /** Whose money a start would take now; null while the keys are wrong. */
  readonly identity: ProviderIdentity | null;
}

export function keysOf(file: string | undefined): Keys {
  const source = { file, env: process.env, folder: process.cwd(), nowMs: Date.now() };
  if (!isConfigured(source))
    return {
      lines: [well("keys", DOCTOR_DETAILS.keys_sandbox)],
      isUnset: true,
      alipay: null,
      identity: sandboxIdentity,
    };
  const read = readAlipayConfig(source);
  if (read.kind === "problems")
    return {
      lines: read.problems.map((one) => wrong("keys", one.text)),
      isUnset: false,
      alipay: null,
      identity: null,
    };
  const lines = read.warnings.map((one) => ({ ...well("keys", one.text), todo: one.text }));
  return {
    lines: [well("keys", DOCTOR_DETAILS.keys_good), ...lines],
    isUnset: false,
    alipay: read.config,
    identity: alipayIdentity(read.config),
  };
}

/**
 * The keys, and whether a start with them would be refused because these sales are somebody else's. `account`: the running
 * box's, which alone can read its stores meanwhile, null where it doesn't tell; "rest": none runs.
 */
export function whoseLines(
  given: Omit<Ties, "identity"> & { readonly identity: ProviderIdentity | null },
  keys: Keys,
  account: ProviderIdentity | null | "rest",
): readonly DoctorLine[] {
  const { identity } = given;
  if (identity === null || account === null) return keys.lines;
  const ties = { ...given, identity };
  if (account === "rest") return [...keys.lines, ...accountLines(ties, tieAtRest(ties))];
  // It was started with keys that nobody gave the doctor; what it takes money with is what counts.
  if (keys.isUnset && account.kind !== "sandbox")
    return [well("keys", DOCTOR_DETAILS.keys_box), well("account", identityText(account))];
  const why = refusalOf(ties, account, "none");
  return [...keys.lines, ...accountLines(ties, { stored: account, why, earlier: "none" })];
}

function accountLines(ties: Ties, { stored, why, earlier }: AtRest): readonly DoctorLine[] {
  if (why === null) return stored === null ? [] : [well("account", identityText(stored))];
  const { so, todo } = tieWords(why, ties, stored, earlier);
  return [{ ...wrong("account", so), todo }];
}

/** One harmless signed query: keys, app, way and clock in one. */
export async function providerLine(alipay: AlipayConfig): Promise<DoctorLine> {
  const verdict = await providerCheck(alipay, { nowMs: Date.now });
  const line = verdict.ok ? well("provider", verdict.text) : wrong("provider", verdict.text);
  return { ...line, todo: verdict.clockWarning ?? (verdict.ok ? null : verdict.advice) };
}

const printerTimeoutMs = 3_000;

/** Only asked where no box has the printer: a printer has one owner. */
export async function printerLine(config: BoxConfig, isDemo: boolean): Promise<DoctorLine> {
  const { address } = config.printer;
  if (address === null)
    return well("printer", DOCTOR_DETAILS[isDemo ? "printer_sandbox" : "printer_none"]);
  let parsed: PrinterAddress;
  try {
    parsed = parsePrinterAddress(address);
  } catch {
    return wrong("printer", fill(DOCTOR_DETAILS.printer_wrong, { address }));
  }
  const why = await printerFault(parsed);
  return why === null
    ? well("printer", fill(DOCTOR_DETAILS.printer_there, { address }))
    : wrong("printer", fill(DOCTOR_DETAILS.printer_gone, { address, why }));
}

async function printerFault(at: PrinterAddress): Promise<string | null> {
  if (at.kind === "tcp") return (await touch(at, { timeoutMs: printerTimeoutMs })).failure;
  // On Windows a serial port is no file.
  if (process.platform === "win32") return null;
  try {
    accessSync(at.path, constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** Each rung from the card on, looked at once. With the sandbox nothing beyond this computer is needed. */
export async function networkLines(
  config: BoxConfig,
  alipay: AlipayConfig | null,
): Promise<readonly DoctorLine[]> {
  if (alipay === null) return [well("network", DOCTOR_DETAILS.network_here)];
  const probes = networkProbes({ config, alipay, net: null, hub: null });
  const looks = await Promise.all(
    probes.list.filter((one) => one.name !== "provider answer").map((one) => one.look()),
  );
  await probes.close();
  const reaches = looks
    .flat()
    .map(({ fact }) => fact)
    .filter((fact) => fact.kind === "reach");
  const rungs = reaches.map((one) =>
    one.failure === null ? well("network", rung(one)) : wrong("network", rung(one)),
  );
  return [...rungs, ...(await signalLines(config))];
}

/** Below this Wi-Fi loses more than it carries. */
const signalDbmMin = -80;

async function signalLines(config: BoxConfig): Promise<readonly DoctorLine[]> {
  const { all } = await pathsOf(config)();
  return all.flatMap(({ name, failure, signalDbm }) => {
    if (failure !== null || signalDbm === null) return [];
    const said = `Wi-Fi (${name}) ${signalDbm} dBm`;
    return [signalDbm < signalDbmMin ? wrong("network", said) : well("network", said)];
  });
}

const rung = ({ target, path, ms, failure }: Reach): string =>
  `${target} (${path}) ${failure ?? (ms === null ? "" : `${Math.round(ms)} ms`)}`.trim();
