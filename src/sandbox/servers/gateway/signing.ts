/** RSA signatures over the bytes of a charset. Signing is the server's one expensive act and uses the thread pool. */
import { sign, verify, type KeyObject } from "node:crypto";
import type { Charset } from "../../model/gateway/request.ts";
import { encode } from "./charset.ts";

type SignType = "RSA2" | "RSA";
const HASHES: Record<SignType, string> = { RSA2: "sha256", RSA: "sha1" };

/** Base64 of the PKCS#1 v1.5 signature of the text's bytes in the charset. */
export function signText(
  text: string,
  charset: Charset,
  type: SignType,
  key: KeyObject,
): Promise<string> {
  return new Promise((resolve, reject) => {
    sign(HASHES[type], encode(text, charset), key, (error, signature) => {
      if (error === null) resolve(signature.toString("base64"));
      else reject(error);
    });
  });
}

export const verifies = (
  text: string,
  signature: string,
  charset: Charset,
  type: SignType,
  key: KeyObject,
): boolean => verify(HASHES[type], encode(text, charset), key, Buffer.from(signature, "base64"));
