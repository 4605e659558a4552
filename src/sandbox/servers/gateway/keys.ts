/** The keys of both sides. They are made on first start, live in the data folder and never in the repository. */
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { certificateNumber, newCertificates, type Certificates } from "./certificates.ts";

export interface GatewayKeys {
  /** PKCS#1 PEM, as alipay-sdk takes it without further settings. */
  readonly appPrivatePem: string;
  readonly alipayPrivatePem: string;
  /** SPKI PEM. */
  readonly alipayPublicPem: string;
  readonly certificates: Certificates;
}

/** The same, ready for use. */
export interface LoadedKeys {
  readonly appPublic: KeyObject;
  readonly alipayPrivate: KeyObject;
  readonly appCertSn: string;
  readonly alipayCertSn: string;
  readonly rootCertSn: string;
}

const generate = promisify(generateKeyPair);

async function newPem(): Promise<string> {
  const { privateKey } = await generate("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs1", format: "pem" }).toString();
}

const publicPem = (privatePem: string): string =>
  createPublicKey(createPrivateKey(privatePem)).export({ type: "spki", format: "pem" }).toString();

export async function newKeys(): Promise<GatewayKeys> {
  const [rootPem, appPem, alipayPem] = await Promise.all([newPem(), newPem(), newPem()]);
  return {
    appPrivatePem: appPem,
    alipayPrivatePem: alipayPem,
    alipayPublicPem: publicPem(alipayPem),
    certificates: newCertificates({ rootPem, appPem, alipayPem }),
  };
}

/** Where each file stands in a folder; the paths that `chupiao sandbox env` prints. */
export const keyPaths = (folder: string) => ({
  appPrivateKey: join(folder, "app-private-key.pem"),
  alipayPrivateKey: join(folder, "alipay-private-key.pem"),
  alipayPublicKey: join(folder, "alipay-public-key.pem"),
  appCert: join(folder, "app-cert.crt"),
  alipayCert: join(folder, "alipay-cert.crt"),
  rootCert: join(folder, "alipay-root-cert.crt"),
});

/** Reads the keys of a folder, or makes them there (folder 0700, files 0600). */
export async function keysIn(folder: string): Promise<GatewayKeys> {
  const paths = keyPaths(folder);
  if (Object.values(paths).every((path) => existsSync(path))) return readKeys(paths);
  const keys = await newKeys();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (path: string, text: string): void => {
    writeFileSync(path, text, { mode: 0o600 });
    chmodSync(path, 0o600);
  };
  write(paths.appPrivateKey, keys.appPrivatePem);
  write(paths.alipayPrivateKey, keys.alipayPrivatePem);
  write(paths.alipayPublicKey, keys.alipayPublicPem);
  write(paths.appCert, keys.certificates.app);
  write(paths.alipayCert, keys.certificates.alipay);
  write(paths.rootCert, keys.certificates.root);
  return keys;
}

function readKeys(paths: ReturnType<typeof keyPaths>): GatewayKeys {
  const read = (path: string): string => readFileSync(path, "utf8");
  return {
    appPrivatePem: read(paths.appPrivateKey),
    alipayPrivatePem: read(paths.alipayPrivateKey),
    alipayPublicPem: read(paths.alipayPublicKey),
    certificates: {
      root: read(paths.rootCert),
      app: read(paths.appCert),
      alipay: read(paths.alipayCert),
    },
  };
}

export const loadKeys = (keys: GatewayKeys): LoadedKeys => ({
  appPublic: createPublicKey(createPrivateKey(keys.appPrivatePem)),
  alipayPrivate: createPrivateKey(keys.alipayPrivatePem),
  appCertSn: certificateNumber(keys.certificates.app),
  alipayCertSn: certificateNumber(keys.certificates.alipay),
  rootCertSn: certificateNumber(keys.certificates.root),
});
