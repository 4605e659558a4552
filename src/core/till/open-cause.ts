/** Why an attempt is open, or was until it ended: by what was answered, each read as an answer to its own question. */
import { apiOf } from "../diagnosis/api-of.ts";
import type { Attempt, OpenAnswer } from "../payment/attempt.ts";
import { type AlipayApi, causeOf, codeRow } from "../payment/codes/codes.ts";
import type { ProviderCode } from "../payment/answers.ts";
import { causeView, neverTaken, unverifiedCause, UNKNOWN_CAUSES } from "../text/causes.ts";
import type { CauseFamily, CauseView } from "./view.ts";

/** The newest answer that proves nothing. None at all is silence; so is one that is only about what was asked since. */
export function openCause({ code, openAnswers }: Attempt): CauseView {
  const last = openAnswers?.at(-1);
  if (last !== undefined) return causeOfOpen(last);
  const isOld = openAnswers === undefined && code !== null && code.subCode !== null;
  return isOld && code.subCode !== "ACQ.TRADE_NOT_EXIST"
    ? causeOf(code, "alipay.trade.query")
    : causeView("silence", UNKNOWN_CAUSES.silence);
}

/**
 * The provider never had the order, and yet it answered the charge: that says why, and not the shop's network. A page that
 * couldn't be read may have come from anybody on the way.
 */
export function neverSeenCause({ openAnswers = [] }: Attempt): CauseView | null {
  const charge = openAnswers.find(({ asked }) => asked === "pay" || asked === "precreate");
  if (charge === undefined || charge.reason === "unreadable") return null;
  const { code } = charge;
  const row = code === null ? null : codeRow(apiOf(charge.asked), code.code, code.subCode);
  return neverTaken(causeOfOpen(charge), row?.outcome === "paid");
}

function causeOfOpen({ asked, reason, code, hint }: OpenAnswer): CauseView {
  const api = apiOf(asked);
  if (reason === "verify")
    return causeView("verify", unverifiedCause(nameOf(hint), familyOf(hint, api)));
  const isNamed = code !== null && (reason === "provider" || reason === "unlisted");
  return isNamed ? causeOf(code, api) : causeView(reason, UNKNOWN_CAUSES[reason]);
}

const nameOf = (hint: ProviderCode | null): string | null =>
  hint === null || hint.code === "10000" ? null : (hint.subCode ?? hint.code);

/** What is said of app, keys and contract points to the settings or the shop; anything else to the answer itself. */
function familyOf(hint: ProviderCode | null, api: AlipayApi): CauseFamily {
  const family = hint === null ? undefined : codeRow(api, hint.code, hint.subCode)?.family;
  const charged = hint === null ? undefined : codeRow("alipay.trade.pay", hint.code, hint.subCode);
  const said = family ?? charged?.family;
  return said === "system" || said === "merchant" ? said : "provider_api";
}
