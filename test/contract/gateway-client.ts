/** Two clients of the sandbox gateway for its contract tests: the untouched official SDK, and bare HTTP with our own signing. */
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { request } from "node:http";
import { AlipaySdk } from "alipay-sdk";
import type { Gateway } from "../../src/sandbox/servers/gateway/gateway.ts";
import { newKeys } from "../../src/sandbox/servers/gateway/keys.ts";
import { chinaTime } from "../../src/core/rules/time.ts";

/** Making RSA keys is slow; the tests of one file share these. */
export const keys = await newKeys();

export const keySdk = (gateway: Gateway, timeout = 5000): AlipaySdk =>
  new AlipaySdk({
    appId: gateway.appId,
    privateKey: keys.appPrivatePem,
    alipayPublicKey: keys.alipayPublicPem,
    gateway: gateway.url,
    timeout,
  });

export const certSdk = (gateway: Gateway): AlipaySdk =>
  new AlipaySdk({
    appId: gateway.appId,
    privateKey: keys.appPrivatePem,
    appCertContent: keys.certificates.app,
    alipayPublicCertContent: keys.certificates.alipay,
    alipayRootCertContent: keys.certificates.root,
    gateway: gateway.url,
  });

export type Answer = Record<string, unknown> & { code: string; subCode?: string };

/** One signed and verified call through the SDK. */
export async function exec(
  sdk: AlipaySdk,
  method: string,
  bizContent: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Promise<Answer> {
  const params = { bizContent, timestamp: chinaTime(Date.now()), ...more };
  return (await sdk.exec(method, params, { validateSign: true })) as unknown as Answer;
}

export function code(gateway: Gateway, wallet = "lin"): string {
  const issued = gateway.control.issueCode(wallet);
  if (issued === undefined) throw new Error(`no wallet ${wallet}`);
  return issued.code;
}

let orders = 0;
export const orderNo = (): string => `T${Date.now()}${(orders += 1)}`;

/** Pays through the SDK; gives the order number back with the answer. */
export async function pay(
  gateway: Gateway,
  totalAmount: string,
  wallet = "lin",
  more: Record<string, string> = {},
): Promise<Answer & { outTradeNo: string }> {
  const { notifyUrl, outTradeNo = orderNo(), ...biz } = more;
  const answer = await exec(
    keySdk(gateway),
    "alipay.trade.pay",
    {
      outTradeNo,
      totalAmount,
      subject: "测试商品",
      authCode: code(gateway, wallet),
      scene: "bar_code",
      ...biz,
    },
    notifyUrl === undefined ? {} : { notifyUrl },
  );
  return { ...answer, outTradeNo };
}

export interface RawReply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** Signed parameters of a call, as any client would send them; `change` edits them before signing. */
export function signedParams(
  gateway: Gateway,
  method: string,
  biz: object,
  change: Record<string, string> = {},
  encoding: (text: string) => Buffer = (text) => Buffer.from(text, "utf8"),
): Record<string, string> {
  const params: Record<string, string> = {
    app_id: gateway.appId,
    method,
    format: "JSON",
    charset: "utf-8",
    sign_type: "RSA2",
    timestamp: chinaTime(Date.now()),
    version: "1.0",
    biz_content: JSON.stringify(biz),
    ...change,
  };
  const text = Object.keys(params)
    .filter((key) => params[key] !== "")
    .toSorted()
    .map((key) => `${key}=${params[key]}`)
    .join("&");
  const key = createPrivateKey(keys.appPrivatePem);
  return { ...params, sign: sign("sha256", encoding(text), key).toString("base64") };
}

/** Any HTTP request to the gateway's port; `path` may be a whole address. */
export function send(
  gateway: Gateway,
  method: "GET" | "POST",
  path: string,
  body = "",
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const options = { host: "127.0.0.1", port: gateway.port, method, path, headers, agent: false };
    const call = request(options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    });
    call.on("error", reject);
    call.end(body);
  });
}

export const form = (params: Record<string, string>): string =>
  new URLSearchParams(params).toString();

/** True when `sign` is Alipay's signature of the text. */
export const alipaySigned = (text: string, signature: string): boolean =>
  verify(
    "sha256",
    Buffer.from(text, "utf8"),
    createPublicKey(keys.alipayPublicPem),
    Buffer.from(signature, "base64"),
  );
