/** Which keys were given, whether they can be read, and whether they belong together: the usual mix-ups are named. */
import type { KeyObject, X509Certificate } from "node:crypto";
import { AlipaySdk } from "alipay-sdk";
import { sdkKeys } from "./client.ts";
import { CONFIG_TEXT, KEY_TEXT } from "./config-text.ts";
import type { Field } from "./config-text.ts";
import { note } from "./config-note.ts";
import type { ConfigNote } from "./config-note.ts";
import type { AlipayConfig, AlipaySettings } from "./config.ts";
import {
  certificateOf,
  holdsRsaRoot,
  issuedBy,
  privateKeyOf,
  publicKeyOf,
  readMaterial,
  sameKey,
} from "./keys.ts";
import type { KeyProblem } from "./keys.ts";

export interface KeysRead {
  readonly privateKey: KeyObject | null;
  readonly keys: AlipayConfig["keys"] | null;
  readonly problems: ConfigNote[];
  readonly warnings: ConfigNote[];
}

const certFields = ["app_cert", "alipay_cert", "alipay_root_cert"] as const;
const certWarningMs = 30 * 86_400_000;

class Reader {
  readonly problems: ConfigNote[] = [];
  readonly warnings: ConfigNote[] = [];
  private readonly settings: AlipaySettings;
  private readonly base: (field: Field) => string;

  constructor(settings: AlipaySettings, base: (field: Field) => string) {
    this.settings = settings;
    this.base = base;
  }

  /** The field's text, from the setting or from its file; null when it is missing or a problem was noted. */
  text(field: "private_key" | "alipay_public_key" | (typeof certFields)[number]): string | null {
    const value = this.settings[field];
    if (value === undefined) {
      this.problems.push(note(field, CONFIG_TEXT.missing));
      return null;
    }
    const material = readMaterial(value, this.base(field));
    if (typeof material === "string") {
      this.problems.push(note(field, KEY_TEXT[material]));
      return null;
    }
    if (field === "private_key" && material.open) {
      this.warnings.push(note(field, CONFIG_TEXT.key_file_open, { path: material.path ?? "" }));
    }
    return material.text;
  }

  parse<Value extends object>(
    field: Field,
    text: string | null,
    read: (text: string) => Value | KeyProblem,
  ): Value | null {
    const value = text === null ? null : read(text);
    if (typeof value !== "string") return value;
    this.problems.push(note(field, KEY_TEXT[value]));
    return null;
  }
}

export function readKeys(
  settings: AlipaySettings,
  base: (field: Field) => string,
  nowMs: number,
): KeysRead {
  const reader = new Reader(settings, base);
  const privateKey = reader.parse("private_key", reader.text("private_key"), privateKeyOf);
  const certificates = certFields.some((field) => settings[field] !== undefined);
  if (certificates && settings.alipay_public_key !== undefined) {
    reader.problems.push(note("alipay_public_key", CONFIG_TEXT.two_modes));
  }
  const keys = certificates
    ? certificateMode(reader, privateKey, nowMs)
    : keyMode(reader, privateKey);
  return { privateKey, keys, problems: reader.problems, warnings: reader.warnings };
}

function keyMode(reader: Reader, privateKey: KeyObject | null): AlipayConfig["keys"] | null {
  const text = reader.text("alipay_public_key");
  const alipayPublicKey = reader.parse("alipay_public_key", text, publicKeyOf);
  if (alipayPublicKey === null) return null;
  if (privateKey !== null && sameKey(privateKey, alipayPublicKey)) {
    reader.problems.push(note("alipay_public_key", CONFIG_TEXT.own_public_key));
  }
  return { mode: "key", alipayPublicKey };
}

function certificateMode(
  reader: Reader,
  privateKey: KeyObject | null,
  nowMs: number,
): AlipayConfig["keys"] | null {
  const [appCert, alipayCert, alipayRootCert] = certFields.map((field) => reader.text(field));
  const app = reader.parse("app_cert", appCert ?? null, certificateOf);
  const alipay = reader.parse("alipay_cert", alipayCert ?? null, certificateOf);
  if (app !== null) checkDates(reader, "app_cert", app, nowMs);
  if (alipay !== null) checkDates(reader, "alipay_cert", alipay, nowMs);
  if (app !== null && privateKey !== null && !sameKey(privateKey, app.publicKey)) {
    reader.problems.push(note("app_cert", CONFIG_TEXT.cert_of_another_key));
  }
  if (alipay !== null && privateKey !== null && sameKey(privateKey, alipay.publicKey)) {
    reader.problems.push(note("alipay_cert", CONFIG_TEXT.own_cert));
  }
  if (typeof alipayRootCert === "string" && !holdsRsaRoot(alipayRootCert)) {
    reader.problems.push(note("alipay_root_cert", KEY_TEXT.not_a_certificate));
  } else if (
    typeof alipayRootCert === "string" &&
    typeof alipayCert === "string" &&
    alipay !== null
  )
    checkRoot(reader, alipayCert, alipayRootCert);
  if (typeof appCert !== "string" || typeof alipayCert !== "string") return null;
  if (typeof alipayRootCert !== "string") return null;
  const keys = { mode: "certificate", appCert, alipayCert, alipayRootCert } as const;
  if (privateKey !== null && reader.problems.length === 0 && !sdkTakes({ privateKey, keys })) {
    reader.problems.push(note("alipay_root_cert", KEY_TEXT.not_a_certificate));
  }
  return keys;
}

/** The SDK reads certificates by a stricter parser of its own, and throws where one of the roots can't be read. */
function sdkTakes(config: Pick<AlipayConfig, "privateKey" | "keys">): boolean {
  try {
    new AlipaySdk({ appId: "0", ...sdkKeys(config) });
    return true;
  } catch {
    return false;
  }
}

/** Alipay refuses the number of a wrong root with every call, and names no file: it shows here before anything is sent. */
function checkRoot(reader: Reader, alipayCert: string, rootCert: string): void {
  const issued = issuedBy(alipayCert, rootCert);
  if (issued === "no") reader.problems.push(note("alipay_root_cert", CONFIG_TEXT.not_the_root));
  if (issued === "not_known")
    reader.warnings.push(note("alipay_root_cert", CONFIG_TEXT.root_not_proven));
}

function checkDates(
  reader: Reader,
  field: "app_cert" | "alipay_cert",
  certificate: X509Certificate,
  nowMs: number,
): void {
  const endsMs = Date.parse(certificate.validTo);
  const date = new Date(endsMs).toISOString().slice(0, 10);
  if (endsMs <= nowMs) reader.problems.push(note(field, CONFIG_TEXT.cert_expired, { date }));
  else if (endsMs - nowMs < certWarningMs) {
    reader.warnings.push(note(field, CONFIG_TEXT.cert_expires_soon, { date }));
  }
}
