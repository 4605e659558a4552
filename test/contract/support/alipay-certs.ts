/**
 * A root, a certificate of Alipay and one of the app, as files of certificate mode hold them. X.509 written byte by byte
 * (RFC 5280): the few fields that are read. Serials stay under 128 bits, where all official clients agree.
 */
import { createHash, createSign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { newKeys } from "./alipay-gateway.ts";
import type { TestKeys } from "./alipay-gateway.ts";

export interface TestCerts {
  readonly keys: TestKeys;
  /** PEM texts. */
  readonly appCert: string;
  readonly alipayCert: string;
  readonly rootCert: string;
  /** Of the right name and another key; and of another name. */
  readonly falseRoot: string;
  readonly otherRoot: string;
  readonly alipayCertSn: string;
}

const alipaySerial = "0123456789abcdef012345678901";
const root = newKeys().app;
const stranger = newKeys().app;
const ends = "460101000000Z";

export function newCerts(keys: TestKeys, appEnds = ends): TestCerts {
  return {
    keys,
    appCert: certificate("0a0b0c0d", "App", keys.app.publicKey, appEnds),
    alipayCert: certificate(alipaySerial, "Alipay", keys.alipay.publicKey),
    rootCert: certificate("01", "Test Root", root.publicKey),
    falseRoot: certificate("02", "Test Root", stranger.publicKey),
    otherRoot: certificate("03", "Other Root", stranger.publicKey, ends, "Other Root"),
    alipayCertSn: createHash("md5")
      .update(`CN=Test Root,OU=Tests,O=Chupiao,C=CN${BigInt(`0x${alipaySerial}`)}`)
      .digest("hex"),
  };
}

function certificate(
  serial: string,
  name: string,
  key: KeyObject,
  until = ends,
  issuer = "Test Root",
): string {
  const signed = der(0x30, [
    der(0xa0, [integer("02")]),
    integer(serial),
    sha256WithRsa,
    distinguishedName(issuer),
    der(0x30, [der(0x17, "200101000000Z"), der(0x17, until)]),
    distinguishedName(name),
    key.export({ type: "spki", format: "der" }),
  ]);
  const signature = createSign("RSA-SHA256").update(signed).sign(root.privateKey);
  const whole = der(0x30, [signed, sha256WithRsa, der(0x03, [Buffer.of(0), signature])]);
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** One element: tag, length, content. */
function der(tag: number, content: readonly Uint8Array[] | string): Buffer {
  const bytes = typeof content === "string" ? Buffer.from(content) : Buffer.concat(content);
  const size = bytes.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), bytes]);
}

const integer = (hex: string): Buffer => der(0x02, [Buffer.from(hex, "hex")]);
const oid = (hex: string): Buffer => der(0x06, [Buffer.from(hex, "hex")]);
/** 1.2.840.113549.1.1.11 */
const sha256WithRsa = der(0x30, [oid("2a864886f70d01010b"), der(0x05, [])]);

/** 2.5.4.6 country, .10 organization, .11 unit, .3 common name. */
const distinguishedName = (name: string): Buffer =>
  der(
    0x30,
    [
      ["550406", "CN"],
      ["55040a", "Chupiao"],
      ["55040b", "Tests"],
      ["550403", name],
    ].map(([id = "", text = ""]) => der(0x31, [der(0x30, [oid(id), der(0x0c, text)])])),
  );
