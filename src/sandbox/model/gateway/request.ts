/** A request before any business: what it says, wherever it says it, and whether it may go on (A1.1 to A1.3). */
import { parseChinaTime } from "../../../core/rules/time.ts";
import { refusal, type Reply } from "./reply.ts";
import type { Settings } from "./settings.ts";

export const METHODS = [
  "alipay.trade.pay",
  "alipay.trade.precreate",
  "alipay.trade.query",
  "alipay.trade.cancel",
  "alipay.trade.close",
  "alipay.trade.refund",
  "alipay.trade.fastpay.refund.query",
  "alipay.data.dataservice.bill.downloadurl.query",
  "monitor.heartbeat.syn",
] as const;
export type Method = (typeof METHODS)[number];

export type Params = ReadonlyMap<string, string>;
export type Decode = (bytes: readonly number[], charset: Charset) => string;
export type Charset = "utf-8" | "gbk";

const CHARSETS: Readonly<Record<string, Charset>> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  gbk: "gbk",
  gb2312: "gbk",
  gb18030: "gbk",
};

export const charsetOf = (params: Params): Charset =>
  CHARSETS[(params.get("charset") ?? "utf-8").toLowerCase()] ?? "utf-8";

/** The part of a request target after `?`, whether the target is a path or a whole address. */
export const queryOf = (target: string): string => {
  const mark = target.indexOf("?");
  return mark < 0 ? "" : target.slice(mark + 1);
};

/** Percent-decoding to bytes, for texts that aren't UTF-8. A form's `+` is a blank. */
function formBytes(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hex = text[at] === "%" ? /^[0-9a-fA-F]{2}/.exec(text.slice(at + 1, at + 3))?.[0] : null;
    if (typeof hex === "string") {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(text[at] === "+" ? 0x20 : text.charCodeAt(at) & 0xff);
  }
  return bytes;
}

function decodeUtf8(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}

/**
 * The union of all parts (query string, body); the first value of a name counts. The charset stands among
 * the parameters themselves, in ASCII, so it is read first and the rest with it.
 */
export function readParams(parts: readonly string[], decode: Decode): Params {
  const raw = parts
    .flatMap((part) => part.split("&"))
    .filter((pair) => pair !== "")
    .map((pair) => {
      const mark = pair.indexOf("=");
      return mark < 0 ? [pair, ""] : [pair.slice(0, mark), pair.slice(mark + 1)];
    });
  const named = raw.find(([name]) => name === "charset")?.[1] ?? "utf-8";
  const charset = CHARSETS[named.toLowerCase()] ?? "utf-8";
  const read = (text: string): string =>
    (charset === "utf-8" ? decodeUtf8(text) : null) ?? decode(formBytes(text), charset);
  const params = new Map<string, string>();
  for (const [name = "", value = ""] of raw) {
    const key = read(name);
    if (!params.has(key)) params.set(key, read(value));
  }
  return params;
}

/** The texts one of which must verify: without empty values (the document), and with them (alipay-sdk). */
export function signedTexts(params: Params): readonly [string, string] {
  const keys = [...params.keys()].filter((key) => key !== "sign").toSorted();
  const join = (list: readonly string[]): string =>
    list.map((key) => `${key}=${params.get(key) ?? ""}`).join("&");
  return [join(keys.filter((key) => params.get(key) !== "")), join(keys)];
}

export type Admission =
  | { readonly kind: "refused"; readonly reply: Reply; readonly signed: boolean }
  | { readonly kind: "verify"; readonly method: Method; readonly signType: "RSA2" | "RSA" };

const isMethod = (method: string): method is Method =>
  (METHODS as readonly string[]).includes(method);

/** The method whose node the reply uses; null leads to `error_response`. */
export const methodOf = (params: Params): Method | null => {
  const method = params.get("method") ?? "";
  return isMethod(method) ? method : null;
};

/** Certificate mode: the numbers that the request must carry. */
export interface CertNumbers {
  readonly app: string;
  readonly root: string;
}

const refused = (subCode: string, signed = true, subMsg?: string): Admission => ({
  kind: "refused",
  reply: refusal("*", subCode, null, { subMsg }),
  signed,
});

/** Everything that is checked before the signature; the app comes first, as at the live gateway. */
export function admit(params: Params, settings: Settings, nowMs: number): Admission {
  const missing = (name: string): boolean => (params.get(name) ?? "") === "";
  if (missing("app_id")) return refused("isv.missing-app-id", !settings.unsignedGatewayErrors);
  if (params.get("app_id") !== settings.appId) {
    const help = "无效的AppID参数，解决方案：https://open.alipay.com/api/errCheck?source=openapi";
    return refused("isv.invalid-app-id", !settings.unsignedGatewayErrors, help);
  }
  if (!settings.appHasKey) {
    return refused("isv.missing-signature-config", !settings.unsignedGatewayErrors);
  }
  if (missing("method")) return refused("isv.missing-method");
  const method = methodOf(params);
  if (method === null) return refused("isv.invalid-method");
  const charset = params.get("charset") ?? "";
  if (CHARSETS[charset.toLowerCase()] === undefined) return refused("isv.invalid-charset");
  const format = params.get("format") ?? "";
  if (format !== "" && format.toUpperCase() !== "JSON") return refused("isv.invalid-format");
  if (missing("sign_type")) return refused("isv.missing-signature-type");
  const signType = params.get("sign_type");
  if (signType !== "RSA2" && signType !== "RSA") return refused("isv.invalid-signature-type");
  if (missing("sign")) return refused("isv.missing-signature");
  if (missing("version")) return refused("isv.missing-version");
  if (missing("timestamp")) return refused("isv.missing-timestamp");
  if (!timestampHolds(params.get("timestamp") ?? "", settings, nowMs)) {
    return refused("isv.invalid-timestamp");
  }
  return { kind: "verify", method, signType };
}

function timestampHolds(text: string, settings: Settings, nowMs: number): boolean {
  const ms = text.length === 19 ? parseChinaTime(text) : null;
  if (ms === null) return false;
  const tolerance = settings.timestampToleranceMs;
  return tolerance === null || Math.abs(ms - nowMs) <= tolerance;
}

export const invalidSignature = (params: Params): Reply => {
  const text = signedTexts(params)[0].replaceAll("&", "&amp;");
  return refusal("*", "isv.invalid-signature", null, {
    subMsg: `验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：${text}`,
  });
};

/** In certificate mode both numbers must be there and be ours. */
export function certRefusal(params: Params, numbers: CertNumbers): Reply | null {
  const app = params.get("app_cert_sn") ?? "";
  const root = params.get("alipay_root_cert_sn") ?? "";
  if (app === "" && root === "") return null;
  if (app === "") return refusal("*", "isv.missing-app-cert-sn");
  if (root === "") return refusal("*", "isv.missing-alipay-root-cert-sn");
  if (app !== numbers.app || root !== numbers.root) {
    return refusal("*", "isv.invalid-parameter", null, { subMsg: "证书序列号与应用证书不一致" });
  }
  return null;
}

/** The business part of a request, or the refusal of what can't be read. */
export function readBiz(params: Params): Readonly<Record<string, unknown>> | Reply {
  if ((params.get("encrypt_type") ?? "") !== "")
    return refusal("*", "isv.decryption-error-unknown");
  const text = params.get("biz_content") ?? "";
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Falls through to the refusal: what can't be parsed is answered, not thrown.
  }
  return refusal("*", "isv.illegal-json");
}

export const isReply = (value: Readonly<Record<string, unknown>> | Reply): value is Reply =>
  "subCode" in value && "fields" in value;
