/** Keys and certificates as shops paste them: PEM or bare Base64, PKCS#1 or PKCS#8, text or path. */
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

export type KeyProblem =
  | "file_missing"
  | "file_unreadable"
  | "not_a_private_key"
  | "private_key_encrypted"
  | "not_a_public_key"
  | "not_rsa_2048"
  | "not_a_certificate";

export interface Material {
  readonly text: string;
  /** The file it came from; null when the setting held the text itself. */
  readonly path: string | null;
  /** Others on this machine may read the file. */
  readonly open: boolean;
}

/** True for key text itself, false for what can only be a path. */
export const isKeyText = (value: string): boolean =>
  value.includes("-----BEGIN") || /^[0-9A-Za-z+/=\s]{200,}$/.test(value);

/** A setting that holds key text is taken as it is, anything else is a path, relative to `base`. */
export function readMaterial(value: string, base: string): Material | KeyProblem {
  // In environment variables the lines of a PEM often come as one, with `\\n` written out.
  if (isKeyText(value)) {
    return { text: value.replaceAll("\\n", "\n").trim(), path: null, open: false };
  }
  const path = resolve(base, value);
  try {
    return { text: readFileSync(path, "utf8").trim(), path, open: openToOthers(path) };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return missing ? "file_missing" : "file_unreadable";
  }
}

/** Mode bits mean nothing on Windows. */
export const openToOthers = (path: string): boolean =>
  process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0;

const pem = (label: string, base64: string): string =>
  `-----BEGIN ${label}-----\n${base64.replaceAll(/\s/g, "")}\n-----END ${label}-----\n`;

const readings = (text: string, labels: readonly string[]): readonly string[] =>
  text.includes("-----BEGIN") ? [text] : labels.map((label) => pem(label, text));

function firstKey(texts: readonly string[], read: (text: string) => KeyObject): KeyObject | null {
  for (const text of texts) {
    try {
      return read(text);
    } catch {
      // Not in this form; the next one may fit.
    }
  }
  return null;
}

const isRsa2048 = (key: KeyObject): boolean =>
  key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;

export function privateKeyOf(text: string): KeyObject | KeyProblem {
  if (/BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(text)) return "private_key_encrypted";
  const labels = ["RSA PRIVATE KEY", "PRIVATE KEY"];
  const key = firstKey(readings(text, labels), (one) => createPrivateKey(one));
  if (key === null) return "not_a_private_key";
  return isRsa2048(key) ? key : "not_rsa_2048";
}

export function publicKeyOf(text: string): KeyObject | KeyProblem {
  // `createPublicKey` would quietly derive one from a private key, and hide the mistake.
  if (text.includes("PRIVATE KEY")) return "not_a_public_key";
  const labels = ["PUBLIC KEY", "RSA PUBLIC KEY"];
  const key = firstKey(readings(text, labels), (one) => createPublicKey(one));
  if (key === null) return "not_a_public_key";
  return isRsa2048(key) ? key : "not_rsa_2048";
}

export const sameKey = (one: KeyObject, other: KeyObject): boolean => spki(one).equals(spki(other));

const spki = (key: KeyObject): Buffer =>
  (key.type === "private" ? createPublicKey(key) : key).export({ type: "spki", format: "der" });

/** The first certificate of the text: the one of the app or of Alipay itself. */
export function certificateOf(text: string): X509Certificate | KeyProblem {
  try {
    return new X509Certificate(text);
  } catch {
    return "not_a_certificate";
  }
}

/** Every certificate of the text that can be read; those with Chinese algorithms may be passed over. */
const certificatesOf = (text: string): readonly X509Certificate[] =>
  text
    .split(/(?<=-----END CERTIFICATE-----)/)
    .map(certificateOf)
    .filter((one) => typeof one !== "string");

/** Alipay's root file holds several roots, some with Chinese algorithms that are passed over; one with RSA must be there. */
export const holdsRsaRoot = (text: string): boolean => certificatesOf(text).some(isRsaSigned);

const chainLengthMax = 5;

/**
 * Whether a root of `rootText` stands behind the first certificate of `text`, over those that come along with it.
 * `not_known`: an issuer in between is in neither file.
 */
export function issuedBy(text: string, rootText: string): "yes" | "no" | "not_known" {
  const roots = certificatesOf(rootText);
  const own = certificatesOf(text);
  // A file without any root isn't a root file at all: some other certificate stands in its place.
  if (!roots.some((one) => one.subject === one.issuer)) return "no";
  let [current] = own;
  for (let length = 1; length <= chainLengthMax && current !== undefined; length += 1) {
    const child: X509Certificate = current;
    const named = roots.filter((one) => one.subject === child.issuer);
    if (named.length > 0) return named.some((one) => hasSigned(one, child)) ? "yes" : "no";
    current = own.find((one) => one.subject === child.issuer && hasSigned(one, child));
  }
  return "not_known";
}

function hasSigned(issuer: X509Certificate, child: X509Certificate): boolean {
  try {
    return child.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function isRsaSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.publicKey.asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
