/** A reply as the live gateway writes it, byte for byte (A1.4 and A5.10 of the protocol). */
import { codeOf, messageOf } from "./codes.ts";

export type Json = string | number | null | readonly Json[] | { readonly [key: string]: Json };
export type Fields = Readonly<Record<string, Json | undefined>>;

export interface Reply {
  readonly code: string;
  readonly subCode: string | null;
  readonly subMsg: string | null;
  readonly fields: Fields;
}

/** 10003 has a leading space and a small letter on the wire. */
const MESSAGES: Readonly<Record<string, string>> = {
  "10000": "Success",
  "10003": " order success pay inprocess",
  "20000": "Service Currently Unavailable",
  "20001": "Insufficient Token Permissions",
  "40001": "Missing Required Arguments",
  "40002": "Invalid Arguments",
  "40003": "Insufficient Conditions",
  "40004": "Business Failed",
  "40005": "Call Limited",
  "40006": "Insufficient Permissions",
};

export const success = (fields: Fields): Reply => ({
  code: "10000",
  subCode: null,
  subMsg: null,
  fields,
});

export const inProcess = (fields: Fields): Reply => ({ ...success(fields), code: "10003" });

/** What a refusal of each API carries besides its code: a failed pay or query shows four zero amounts. */
function refusalFields(api: string, outTradeNo: string | null): Fields {
  const number = outTradeNo === null ? {} : { out_trade_no: outTradeNo };
  switch (api) {
    case "alipay.trade.pay":
    case "alipay.trade.query":
      return {
        ...number,
        buyer_pay_amount: "0.00",
        invoice_amount: "0.00",
        point_amount: "0.00",
        receipt_amount: "0.00",
      };
    case "alipay.trade.cancel":
      return { ...number, retry_flag: "N" };
    default:
      return {};
  }
}

/** A refusal of `api` with this sub-code; top-level code and wording come from the table unless given. */
export function refusal(
  api: string,
  subCode: string,
  outTradeNo: string | null = null,
  given: { readonly code?: string | undefined; readonly subMsg?: string | undefined } = {},
): Reply {
  const code = given.code ?? codeOf(api, subCode);
  return {
    code,
    subCode,
    subMsg: given.subMsg ?? messageOf(api, subCode),
    // Codes below 40004 come from the gateway itself, before any business saw the order.
    fields: code === "40004" ? refusalFields(api, outTradeNo) : {},
  };
}

/** The reply's `{…}`: compact, code first, the rest in alphabetical order, `/` escaped. These bytes are signed. */
export function nodeText(reply: Reply): string {
  const head: Record<string, Json> = { code: reply.code, msg: MESSAGES[reply.code] ?? "" };
  if (reply.subCode !== null) head["sub_code"] = reply.subCode;
  if (reply.subMsg !== null) head["sub_msg"] = reply.subMsg;
  for (const key of Object.keys(reply.fields).toSorted()) {
    const value = reply.fields[key];
    if (value !== undefined) head[key] = value;
  }
  return JSON.stringify(head).replaceAll("/", "\\/");
}

/** Node name of a method; calls without a known method are answered in `error_response`. */
export const nodeName = (method: string | null): string =>
  method === null ? "error_response" : `${method.replaceAll(".", "_")}_response`;

/** The whole body: node, then the certificate's number in certificate mode, then the signature, no blanks. */
export function bodyText(
  name: string,
  node: string,
  certSn: string | null,
  sign: string | null,
): string {
  const cert = certSn === null ? "" : `,"alipay_cert_sn":"${certSn}"`;
  const signature = sign === null ? "" : `,"sign":"${sign}"`;
  return `{"${name}":${node}${cert}${signature}}`;
}
