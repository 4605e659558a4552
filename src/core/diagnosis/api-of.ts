import { type AlipayApi, askedBy } from "../payment/codes/codes.ts";
import type { FactOf } from "./evidence.ts";

/** The call whose codes an answer is read by; the harmless query is a query. */
export const apiOf = (asked: FactOf<"provider_call">["asked"]): AlipayApi =>
  (Object.keys(askedBy) as AlipayApi[]).find((api) => askedBy[api] === asked) ??
  "alipay.trade.query";
