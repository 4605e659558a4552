/** Settings of Alipay: from a JSON file, from environment variables (which win), or both; checked before the first call. */
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import type { ProviderIdentity } from "../../../core/payment/provider-identity.ts";
import { readKeys } from "./config-keys.ts";
import { configFile, note } from "./config-note.ts";
import type { ConfigNote } from "./config-note.ts";
import { CONFIG_TEXT, FIELDS } from "./config-text.ts";
import type { Field } from "./config-text.ts";
import { isKeyText, openToOthers } from "./keys.ts";

export interface AlipayConfig {
  readonly appId: string;
  readonly sellerId: string;
  readonly gateway: string;
  /** Key objects show nothing when they are printed or logged. */
  readonly privateKey: KeyObject;
  readonly keys:
    | { readonly mode: "key"; readonly alipayPublicKey: KeyObject }
    | {
        readonly mode: "certificate";
        /** PEM text. */
        readonly appCert: string;
        readonly alipayCert: string;
        readonly alipayRootCert: string;
      };
  /** Null: no notifications are asked for, queries alone find the outcome. */
  readonly notifyUrl: string | null;
  /** For one whole call, ms. */
  readonly timeoutMs: number;
  readonly payProductCode: string;
  readonly qrProductCode: string;
  readonly qrTimeoutExpress: string;
  readonly goodsMax: number;
}

export type ConfigRead =
  | { readonly kind: "config"; readonly config: AlipayConfig; readonly warnings: ConfigNote[] }
  | { readonly kind: "problems"; readonly problems: readonly ConfigNote[] };

export interface ConfigSource {
  /** JSON file; paths in it are relative to its folder. Also taken from CHUPIAO_ALIPAY_CONFIG. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Paths in environment variables are relative to this folder. */
  readonly folder: string;
  readonly nowMs: number;
}

const liveGateway = "https://openapi.alipay.com/gateway.do";
const deadHost = "openapi.alipaydev.com";

/** Gateways of this very machine, as the sandbox's is, and Alipay's own sandbox: no money moves there. */
const hostsHere: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];
const trialHost = /(?:^|\.)alipaydev\.com$/;

const hostOf = ({ gateway }: Pick<AlipayConfig, "gateway">): string => new URL(gateway).hostname;

/** Whether money may move: at Alipay's gateway, and at any address that may be a merchant's own way to it. */
export const isLive = (config: Pick<AlipayConfig, "gateway">): boolean => {
  const host = hostOf(config);
  return !hostsHere.includes(host) && !trialHost.test(host);
};

export const alipayIdentity = (config: AlipayConfig): ProviderIdentity => {
  const { appId, sellerId } = config;
  return { kind: "alipay", livemode: isLive(config), host: hostOf(config), appId, sellerId };
};

const optional = z.string().min(1).optional();
const schema = z.strictObject({
  app_id: z.string().regex(/^\d{16,32}$/),
  seller_id: z.string().regex(/^2088\d{12}$/),
  gateway: z.string().refine(isGateway).default(liveGateway),
  private_key: z.string().min(1),
  alipay_public_key: optional,
  app_cert: optional,
  alipay_cert: optional,
  alipay_root_cert: optional,
  notify_url: z.string().max(256).refine(isAddress).optional(),
  timeout_ms: z.coerce.number().int().min(500).max(60_000).default(5_000),
  pay_product_code: z
    .string()
    .regex(/^\w{1,64}$/)
    .default("FACE_TO_FACE_PAYMENT"),
  qr_product_code: z
    .string()
    .regex(/^\w{1,64}$/)
    .default("FACE_TO_FACE_PAYMENT"),
  qr_timeout_express: z
    .string()
    .regex(/^(?:[1-9]\d{0,4}[mhd]|1c)$/)
    .default("2m"),
  goods_max: z.coerce.number().int().min(0).max(200).default(50),
});
export type AlipaySettings = z.output<typeof schema>;

/** True when anything of Alipay is configured at all; else the sandbox stands in. */
export const isConfigured = (source: Pick<ConfigSource, "file" | "env">): boolean =>
  source.file !== undefined ||
  [configFile, ...Object.values(FIELDS).map((field) => field.env)].some(
    (name) => (source.env[name] ?? "").trim() !== "",
  );

/** Reads and checks everything, and names every problem at once. Texts never hold a value of a key. */
export function readAlipayConfig(source: ConfigSource): ConfigRead {
  const path = source.file ?? source.env[configFile];
  const file = path === undefined ? {} : readFile(resolve(source.folder, path));
  if ("problem" in file) return { kind: "problems", problems: [file.problem] };
  const input: Record<string, unknown> = { ...file.values };
  const bases: Partial<Record<Field, string>> = {};
  for (const [field, { env }] of Object.entries(FIELDS) as [Field, { env: string }][]) {
    const value = source.env[env]?.trim();
    if (field in input && path !== undefined) bases[field] = dirname(resolve(source.folder, path));
    if (value === undefined || value === "") continue;
    input[field] = value;
    bases[field] = source.folder;
  }
  const base = (field: Field): string => bases[field] ?? source.folder;
  const read = checkSettings(input, base, source.nowMs);
  if (read.kind === "problems") return read;
  const exposed = file.open === true && isKeyText(String(file.values?.["private_key"]));
  const also = exposed ? [note("config", CONFIG_TEXT.config_file_open)] : [];
  return { ...read, warnings: [...read.warnings, ...also, ...debugWarning(source.env)] };
}

/** The same checks for settings that are already at hand, in the names of the file. */
export function checkSettings(
  input: unknown,
  base: (field: Field) => string,
  nowMs: number,
): ConfigRead {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    return {
      kind: "problems",
      problems: parsed.error.issues.flatMap((one) => notesOf(one, input)),
    };
  }
  const settings = parsed.data;
  const keys = readKeys(settings, base, nowMs);
  if (keys.problems.length > 0 || keys.privateKey === null || keys.keys === null) {
    return { kind: "problems", problems: keys.problems };
  }
  const config: AlipayConfig = {
    appId: settings.app_id,
    sellerId: settings.seller_id,
    gateway: settings.gateway,
    privateKey: keys.privateKey,
    keys: keys.keys,
    notifyUrl: settings.notify_url ?? null,
    timeoutMs: settings.timeout_ms,
    payProductCode: settings.pay_product_code,
    qrProductCode: settings.qr_product_code,
    qrTimeoutExpress: settings.qr_timeout_express,
    goodsMax: settings.goods_max,
  };
  return { kind: "config", config, warnings: keys.warnings };
}

function notesOf(issue: z.core.$ZodIssue, input: unknown): ConfigNote[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => note("config", CONFIG_TEXT.unknown_field, { key }));
  }
  const field = issue.path[0] as Field | undefined;
  if (field === undefined || !(field in FIELDS)) return [note("config", CONFIG_TEXT.not_an_object)];
  const value = (input as Readonly<Record<string, unknown>>)[field];
  if (value === undefined || value === "") return [note(field, CONFIG_TEXT.missing)];
  const dead = field === "gateway" && typeof value === "string" && value.includes(deadHost);
  return [note(field, dead ? CONFIG_TEXT.dead_gateway : CONFIG_TEXT.invalid)];
}

interface File {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly open?: boolean;
}

function readFile(path: string): File | { readonly problem: ConfigNote } {
  let text: string;
  try {
    // Editors of Windows put an invisible mark before the first character.
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return { problem: note("config", CONFIG_TEXT.config_file_missing, { path }) };
  }
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values === "object" && values !== null && !Array.isArray(values)) {
      return { values: values as Record<string, unknown>, open: openToOthers(path) };
    }
  } catch {
    // Said below in words that show nothing of the file: it may hold a key.
  }
  return { problem: note("config", CONFIG_TEXT.config_file_not_json, { path }) };
}

/** The SDK and its HTTP client print whole requests, payment codes included, when they are debugged by this variable. */
const debugWarning = (env: ConfigSource["env"]): ConfigNote[] =>
  /alipay|urllib|undici|\*/i.test(env["NODE_DEBUG"] ?? "")
    ? [note("config", CONFIG_TEXT.debug_prints_requests)]
    : [];

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isAddress(text: string): boolean {
  return /^https?:$/.test(urlOf(text)?.protocol ?? "");
}

/** Only a gateway on this very machine, as the sandbox is, may go without TLS. */
function isGateway(text: string): boolean {
  const url = urlOf(text);
  if (url === null || url.hostname === deadHost) return false;
  const isHere = hostsHere.includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && isHere);
}
