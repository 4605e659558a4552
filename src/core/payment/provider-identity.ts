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
      /** Of the gateway, without its port. */
      readonly host: string;
      /** Keys may be changed; an app or a merchant of another number is another account. */
      readonly appId: string;
      readonly sellerId: string;
    };

export const sandboxIdentity: ProviderIdentity = { kind: "sandbox" };

export type Tie =
  /** A new folder, or one from before this was written down. */
  | "first"
  | "same"
  /** A new app of the merchant, or a slip of the pen: it neither sees nor refunds what the first one took. */
  | "other_account"
  /** Real sales, or those of Alipay's own sandbox, and now not even their keys. */
  | "keys_missing"
  /** Play money never becomes real. */
  | "demo_stays_demo";

/** How a folder that belongs to `stored` stands with a start as `given`. */
export function tieOf(stored: ProviderIdentity | null, given: ProviderIdentity): Tie {
  if (stored === null) return "first";
  if (stored.kind === "sandbox") return given.kind === "sandbox" ? "same" : "demo_stays_demo";
  if (given.kind === "sandbox") return "keys_missing";
  if (stored.livemode !== given.livemode)
    return stored.livemode ? "keys_missing" : "demo_stays_demo";
  const isSame =
    stored.host === given.host &&
    stored.appId === given.appId &&
    stored.sellerId === given.sellerId;
  return isSame ? "same" : "other_account";
}

const sandbox: Text = { zh: "自带的沙盒", en: "the sandbox" };
const alipay: Text = {
  zh: "支付宝应用 {appId}、商户 {sellerId}（{host}）",
  en: "Alipay app {appId}, merchant {sellerId} ({host})",
};

/** Nothing of it is secret. */
export const identityText = (identity: ProviderIdentity): Text =>
  identity.kind === "sandbox" ? sandbox : fill(alipay, { ...identity, livemode: "" });
