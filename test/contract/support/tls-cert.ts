/** A certificate for 127.0.0.1 that is its own authority: X.509 v3 (RFC 5280) written byte by byte, few fields. */
import { createSign, generateKeyPairSync } from "node:crypto";

function der(tag: number, content: readonly Uint8Array[] | string): Buffer {
  const bytes = typeof content === "string" ? Buffer.from(content, "hex") : Buffer.concat(content);
  const size = bytes.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), bytes]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, parts);
const text = (tag: number, words: string): Buffer => der(tag, [Buffer.from(words)]);
/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(der(0x06, "2a8648ce3d040302"));
/** 2.5.4.3 */
const name = sequence(der(0x31, [sequence(der(0x06, "550403"), text(0x0c, "127.0.0.1"))]));
/** 2.5.29.17 with the address 127.0.0.1 */
const altName = sequence(der(0x06, "551d11"), der(0x04, [sequence(der(0x87, "7f000001"))]));

export function selfSigned(): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signed = sequence(
    der(0xa0, [der(0x02, "02")]),
    der(0x02, "01"),
    ecdsaWithSha256,
    name,
    sequence(text(0x17, "200101000000Z"), text(0x17, "460101000000Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, [sequence(altName)]),
  );
  const signature = createSign("SHA256").update(signed).sign(privateKey);
  const whole = sequence(signed, ecdsaWithSha256, der(0x03, [Buffer.of(0), signature]));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
