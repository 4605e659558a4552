/** Ed25519 keys of terminals and hubs. Private keys stay in a file of mode 0600; public ones travel as base64url. */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { writeWhole } from "./files.ts";

export interface KeyPair {
  readonly privateKey: KeyObject;
  /** The 32 bytes in base64url. */
  readonly publicKey: string;
  readonly keyId: string;
}

/** SHA-256 of the public key's bytes in base64url: 43 characters. */
export const keyIdOf = (publicKey: string): string =>
  hash("sha256", Buffer.from(publicKey, "base64url"), "base64url");

export function newKeys(): KeyPair {
  return pairOf(generateKeyPairSync("ed25519").privateKey);
}

/** Reads the key file. Throws where others may read it too, or where it holds anything but an Ed25519 key. */
export function readKeys(path: string): KeyPair | null {
  if (!existsSync(path)) return null;
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    throw new Error(
      `${path} 别的用户也能读。请先运行 chmod 600 ${path} (others can read this key; run chmod 600 first)`,
    );
  const key = createPrivateKey(readFileSync(path, "utf8"));
  if (key.asymmetricKeyType !== "ed25519") throw new Error(`${path} isn't an Ed25519 key`);
  return pairOf(key);
}

/** Durable when it returns. */
export function writeKeys(path: string, keys: KeyPair): void {
  writeWhole(path, keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
}

export function keysAt(path: string): KeyPair {
  const known = readKeys(path);
  if (known !== null) return known;
  const made = newKeys();
  writeKeys(path, made);
  return made;
}

function pairOf(privateKey: KeyObject): KeyPair {
  const publicKey = createPublicKey(privateKey).export({ format: "jwk" }).x ?? "";
  return { privateKey, publicKey, keyId: keyIdOf(publicKey) };
}

/** Null for a text that isn't 32 bytes in base64url. */
export function publicKeyOf(text: string): KeyObject | null {
  if (!/^[\w-]{43}$/.test(text)) return null;
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: text }, format: "jwk" });
  } catch {
    return null;
  }
}

/** In the thread pool: a verification on the main thread costs 121 µs, which no hub can spare. */
export const signText = (key: KeyObject, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    sign(null, Buffer.from(text), key, (error, signature) =>
      error === null ? resolve(signature.toString("base64")) : reject(error),
    );
  });

export const signatureHolds = (key: KeyObject, text: string, base64: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    verify(null, Buffer.from(text), key, Buffer.from(base64, "base64"), (error, holds) =>
      error === null ? resolve(holds) : reject(error),
    );
  });

/** The value of `Content-Digest` (RFC 9530). */
export const digestOf = (body: string | Buffer): string =>
  `sha-256=:${hash("sha256", body, "base64")}:`;

export const macOf = (key: string, text: string): string =>
  createHmac("sha256", Buffer.from(key, "base64url")).update(text).digest("base64url");

/** Compares in a time that tells nothing. */
export function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
