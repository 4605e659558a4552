/**
 * One signed call by the official SDK: a verified reply, or the reason why there is none. Never rejects.
 *
 * Whatever the SDK throws is only ever a reason for `unknown`, and its message is never read: on a bad signature it holds
 * the whole reply, buyer included.
 */
import { createPublicKey, randomUUID } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { LookupFunction } from "node:net";
import { AlipaySdk } from "alipay-sdk";
import type { ProviderCode, UnknownReason } from "../../../core/payment/answers.ts";
import type { AlipayApi } from "../../../core/payment/codes/codes.ts";
import { chinaTime } from "../../../core/rules/time.ts";
import type { AlipayConfig } from "./config.ts";
import { codeOf } from "./fields.ts";
import type { Body } from "./fields.ts";
import { OneRequestAgent } from "./wire.ts";
import type { Exchange } from "./wire.ts";

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface AlipayDeps {
  /** Wall clock, epoch ms. */
  nowMs(): number;
  /** Gets no key, payment code, account or message of an error; see alipay.ts for the events. */
  log(event: string, fields: LogFields): void;
}

export type Reply =
  | { readonly kind: "verified"; readonly body: Body; readonly seen: Exchange }
  | {
      readonly kind: "none";
      readonly reason: UnknownReason;
      /** What an unsigned or wrongly signed reply says. A hint for people; it proves nothing. */
      readonly hint: ProviderCode | null;
      readonly seen: Exchange;
    };

export interface AlipayClient {
  call(api: AlipayApi, bizContent: Body, notifyUrl?: string | null): Promise<Reply>;
  /** True when Alipay signed exactly these fields. */
  signedByAlipay(form: Readonly<Record<string, string>>): boolean;
  /** Cuts what is in flight and closes the kept connections. */
  disconnect(): Promise<void>;
}

const requestTimeoutMarginMs = 5_000;
const expired = Symbol("the call took too long");

/** `lookup`: another way to find the gateway's address than Node's own. */
export function createClient(
  config: AlipayConfig,
  deps: Pick<AlipayDeps, "nowMs">,
  lookup?: LookupFunction,
): AlipayClient {
  const agent = new OneRequestAgent({
    timeout: config.timeoutMs,
    ...(lookup === undefined ? {} : { lookup }),
  });
  const sdk = new AlipaySdk({
    appId: config.appId,
    gateway: config.gateway,
    // The SDK counts headers, body and each silence within it on their own; ours is the one that bounds the whole call.
    timeout: config.timeoutMs + requestTimeoutMarginMs,
    camelcase: false,
    proxyAgent: agent as unknown as NonNullable<
      ConstructorParameters<typeof AlipaySdk>[0]["proxyAgent"]
    >,
    ...sdkKeys(config),
  });
  keepKeysRead(sdk, config.privateKey);

  return {
    async call(api, bizContent, notifyUrl = null) {
      const requestId = randomUUID().replaceAll("-", "");
      const exchange = agent.expect(requestId);
      const { seen } = exchange;
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<typeof expired>((resolve) => {
        timer = setTimeout(() => {
          resolve(expired);
          exchange.end("the call took too long");
        }, config.timeoutMs);
      });
      try {
        const params = {
          // The SDK would write the time of the machine's own zone.
          timestamp: chinaTime(deps.nowMs()),
          bizContent,
          ...(notifyUrl === null ? {} : { notifyUrl }),
        };
        const sent = sdk.exec(api, params, { validateSign: true, traceId: requestId });
        const body = await Promise.race([sent, deadline]);
        if (body === expired) return none("silence", seen, api);
        return isWhole(seen, api) ? { kind: "verified", body, seen } : none("verify", seen, api);
      } catch {
        return none(reasonOf(seen, api), seen, api);
      } finally {
        clearTimeout(timer);
        agent.forget(requestId);
      }
    },
    signedByAlipay(form) {
      try {
        return form["sign_type"] === "RSA2" && sdk.checkNotifySignV2({ ...form });
      } catch {
        return false;
      }
    },
    disconnect: () => agent.disconnect(),
  };
}

/** The keys in the SDK's own words. */
export function sdkKeys(config: Pick<AlipayConfig, "privateKey" | "keys">): {
  readonly privateKey: string;
  readonly alipayPublicKey?: string;
  readonly appCertContent?: string;
  readonly alipayPublicCertContent?: string;
  readonly alipayRootCertContent?: string;
} {
  const privateKey = config.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const { keys } = config;
  if (keys.mode === "key") {
    const alipayPublicKey = keys.alipayPublicKey.export({ type: "spki", format: "pem" });
    return { privateKey, alipayPublicKey: alipayPublicKey.toString() };
  }
  return {
    privateKey,
    appCertContent: keys.appCert,
    alipayPublicCertContent: keys.alipayCert,
    alipayRootCertContent: keys.alipayRootCert,
  };
}

/**
 * The SDK hands its keys as PEM text to node:crypto for every signature, where reading a private key takes as long as
 * signing with it. Read once, the same calls of the SDK take the keys as they are.
 */
function keepKeysRead(sdk: AlipaySdk, privateKey: KeyObject): void {
  const alipayPublicKey = createPublicKey(sdk.config.alipayPublicKey);
  Object.assign(sdk.config, { privateKey, alipayPublicKey });
}

const nodeOf = (api: AlipayApi): string => `${api.replaceAll(".", "_")}_response`;

/** By what was seen on the wire, never by the words of an exception. */
function reasonOf(seen: Exchange, api: AlipayApi): UnknownReason {
  if (seen.body === null) {
    return /TIMEOUT|Timeout/.test(seen.fault ?? "") ? "silence" : "broken";
  }
  return seen.status === 200 && unverifiedNode(seen, api) !== null ? "verify" : "unreadable";
}

function none(reason: UnknownReason, seen: Exchange, api: AlipayApi): Reply {
  const node = reason === "verify" ? unverifiedNode(seen, api) : null;
  return { kind: "none", reason, hint: node === null ? null : codeOf(node), seen };
}

function unverifiedNode(seen: Exchange, api: AlipayApi): Body | null {
  try {
    const reply = JSON.parse(seen.body?.toString("utf8") ?? "") as Readonly<
      Record<string, unknown>
    > | null;
    const node = reply?.[nodeOf(api)] ?? reply?.["error_response"];
    return typeof node === "object" && node !== null ? (node as Body) : null;
  } catch {
    return null;
  }
}

/**
 * The SDK verifies a piece cut from the text, but returns what a JSON parser reads from all of it. A second node in an
 * escaped spelling beside a genuine old reply would pass. So the text must hold the signed node and nothing else.
 */
function isWhole(seen: Exchange, api: AlipayApi): boolean {
  const text = seen.body?.toString("utf8") ?? "";
  const tail =
    /\}\s*(?:,\s*"alipay_cert_sn"\s*:\s*"[0-9A-Za-z_]*"\s*)?,\s*"sign"\s*:\s*"[0-9A-Za-z+/=\\]+"\s*\}\s*$/;
  return new RegExp(`^\\s*\\{\\s*"${nodeOf(api)}"\\s*:\\s*\\{`).test(text) && tail.test(text);
}
