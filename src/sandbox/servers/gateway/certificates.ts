/** A root, an application's and Alipay's certificate of our own, and the numbers by which clients name them. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import {
  bits,
  explicit,
  integer,
  nothing,
  octets,
  oid,
  printable,
  sequence,
  set,
  time,
  truth,
  utf8,
} from "./der.ts";

const lifeMs = 20 * 365 * 86_400_000;
const sha256WithRsa = sequence(oid("1.2.840.113549.1.1.11"), nothing());
const rootName = name("Chupiao Sandbox Root CA", "Certification Authority");

/**
 * 15 bytes at most: from 128 bits on some official clients read the number in hex instead of decimal, and
 * then name the certificate otherwise than alipay-sdk does.
 */
function serialNumber(): Buffer {
  const bytes = randomBytes(15);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

function name(commonName: string, unit: string): Buffer {
  const part = (type: string, value: Buffer): Buffer => set(sequence(oid(type), value));
  return sequence(
    part("2.5.4.6", printable("CN")),
    part("2.5.4.10", utf8("Chupiao Sandbox")),
    part("2.5.4.11", utf8(unit)),
    part("2.5.4.3", utf8(commonName)),
  );
}

/** A certificate for `subject`'s key, signed by the root's key; both as PEM. */
function issue(subject: Buffer, subjectPem: string, rootPem: string, isRoot: boolean): string {
  const publicKey = createPublicKey(createPrivateKey(subjectPem));
  const constraints = octets(isRoot ? sequence(truth()) : sequence());
  const nowMs = Date.now();
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serialNumber()),
    sha256WithRsa,
    rootName,
    sequence(time(new Date(nowMs - 86_400_000)), time(new Date(nowMs + lifeMs))),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(sequence(oid("2.5.29.19"), truth(), constraints))),
  );
  const signature = sign("sha256", body, rootPem);
  const der = sequence(body, sha256WithRsa, bits(signature)).toString("base64");
  const lines = der.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

export interface Certificates {
  readonly root: string;
  readonly app: string;
  readonly alipay: string;
}

/** New certificates (PEM) for the two private keys; `rootPem` signs all three. */
export function newCertificates(keys: {
  readonly rootPem: string;
  readonly appPem: string;
  readonly alipayPem: string;
}): Certificates {
  const { rootPem } = keys;
  return {
    root: issue(rootName, rootPem, rootPem, true),
    app: issue(name("Chupiao Sandbox Shop", "Application"), keys.appPem, rootPem, false),
    alipay: issue(name("Chupiao Sandbox Gateway", "Gateway"), keys.alipayPem, rootPem, false),
  };
}

/**
 * The number that requests and replies carry for a certificate: MD5 of the issuer, last attribute first, and the
 * serial number in decimal (alipay-sdk 4.14.0, src/antcertutil.ts).
 */
export function certificateNumber(pem: string): string {
  const certificate = new X509Certificate(pem);
  const issuer = certificate.issuer.split("\n").toReversed().join(",");
  const serial = BigInt(`0x${certificate.serialNumber}`).toString(10);
  return createHash("md5")
    .update(issuer + serial, "utf8")
    .digest("hex");
}
