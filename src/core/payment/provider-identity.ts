/**
 * Whose money a data folder tells of. An order can only be asked about where it was sent: at another app or at the
 * sandbox it was "never seen", and that would read as "not paid". So a folder belongs to one provider from its first
 * start on.
 */
import type { Text } from "../text/text.ts";
import { fill } from "../text/text.ts";

export type ProviderIdentity =
  /** Its keys are made anew and mean nothing. */
  | { readonly kind: "sandbox" }
  | {
      readonly kind: "alipay";
      readonly livemode: boolean;
      /** Of the gateway, without its port; told, not compared. */
      readonly host: string;
      /** Keys may be changed; an app or a merchant of another number is another account. */
      readonly appId: string;
      readonly sellerId: string;
    };

export const sandboxIdentity: ProviderIdentity = { kind: "sandbox" };

/** What a folder from before this was written down tells of its sales. */
export type EarlierSales =
  | "none"
  /** Real money, if only once. */
  | "live"
  /** The sandbox's, or that of Alipay's own sandbox. */
  | "play"
  /** Charged with somebody's keys, and nothing was ever paid. */
  | "alipay";

export type Tie =
  /** A new folder, or one whose earlier sales fit. */
  | "first"
  | "same"
  /** A new app of the merchant, or a slip of the pen: it neither sees nor refunds what the first one took. */
  | "other_account"
  /** Real sales, or those of Alipay's own sandbox, and now not even their keys. */
  | "keys_missing"
  /** Play money never becomes real. */
  | "demo_stays_demo";

const untied: Readonly<Record<EarlierSales, Readonly<Record<"sandbox" | "trial" | "live", Tie>>>> =
  {
    none: { sandbox: "first", trial: "first", live: "first" },
    live: { sandbox: "keys_missing", trial: "keys_missing", live: "first" },
    play: { sandbox: "first", trial: "first", live: "demo_stays_demo" },
    alipay: { sandbox: "keys_missing", trial: "first", live: "first" },
  };

/** How a folder that belongs to `stored`, or untied holds sales, stands with a start as `given`. */
export function tieOf(
  stored: ProviderIdentity | null,
  given: ProviderIdentity,
  earlier: EarlierSales,
): Tie {
  if (stored === null)
    return untied[earlier][
      given.kind === "sandbox" ? "sandbox" : given.livemode ? "live" : "trial"
    ];
  if (stored.kind === "sandbox") return given.kind === "sandbox" ? "same" : "demo_stays_demo";
  if (given.kind === "sandbox") return "keys_missing";
  if (stored.livemode !== given.livemode)
    return stored.livemode ? "keys_missing" : "demo_stays_demo";
  // The gateway may be reached in another way: through a proxy, or at another of its names.
  const isSame = stored.appId === given.appId && stored.sellerId === given.sellerId;
  return isSame ? "same" : "other_account";
}

const sandbox: Text = { zh: "自带的沙盒", en: "the sandbox" };
const alipay: Text = {
  zh: "支付宝应用 {appId}、商户 {sellerId}（{host}）",
  en: "Alipay app {appId}, merchant {sellerId} ({host})",
};

const untiedText: Readonly<Record<EarlierSales, Text>> = {
  none: { zh: "空的", en: "nobody" },
  live: { zh: "支付宝（真实收款）", en: "Alipay (real money)" },
  play: { zh: "演示或沙盒", en: "a sandbox" },
  alipay: { zh: "支付宝", en: "Alipay" },
};

/** Where it isn't written down. */
export const earlierText = (earlier: EarlierSales): Text => untiedText[earlier];

/** Nothing of it is secret. */
export const identityText = (identity: ProviderIdentity): Text =>
  identity.kind === "sandbox" ? sandbox : fill(alipay, { ...identity, livemode: "" });
