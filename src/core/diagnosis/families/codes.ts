/** What a provider's verified codes say. The code table knows the family; here it is only asked which codes count now. */
import type { Attempt } from "../../payment/attempt.ts";
import { isLive } from "../../payment/states.ts";
import { type AlipayApi, causeOf, codeRow, type CodeRow } from "../../payment/codes/codes.ts";
import type { CauseFamily } from "../../till/view.ts";
import { apiOf } from "../api-of.ts";
import type { Case, Suspicion } from "../case.ts";
import type { Evidence, FactOf, Seen } from "../evidence.ts";
import { lineOf } from "../lines.ts";
import { allOf, recent } from "../picture.ts";

/** These are about the app, the keys or the shop, so that any call may bring them; the others are about one sale. */
const ofTheShop: ReadonlySet<CauseFamily> = new Set([
  "system",
  "merchant",
  "device",
  "provider_api",
]);

export const attemptFact = (attempt: Attempt): FactOf<"attempt"> => ({
  kind: "attempt",
  saleId: attempt.saleId,
  orderNo: attempt.orderNo,
  state: attempt.state,
  unknown: null,
  unpaidEnd: attempt.unpaidEnd,
  late: attempt.latePayment !== null,
  code: attempt.code?.code ?? null,
  subCode: attempt.code?.subCode ?? null,
});

/**
 * The sale's attempts as evidence, newest last; without a sale, those that changed lately or are still open. Once it is
 * charged again, what an earlier charge was refused for is history: it explains nothing of this one.
 */
export function attemptsSeen(given: Case): readonly Seen<"attempt">[] {
  const { sale, picture, nowMs, settings, unsettled } = given;
  if (sale === null) {
    const lately = recent(picture, "attempt", nowMs, settings.freshMs);
    const open = new Set(unsettled.flatMap((one) => one.attempts.filter(isLive)).map(orderOf));
    const still = allOf(picture, "attempt").filter(
      (one) => open.has(one.fact.orderNo) && !lately.includes(one),
    );
    return [...still, ...lately].toSorted((a, b) => a.atMs - b.atMs);
  }
  const seen = allOf(picture, "attempt");
  return sale.attempts.map((one) => {
    const fact = attemptFact(one);
    const noted = seen.findLast((other) => other.fact.orderNo === one.orderNo);
    const atMs = one.endedAtMs ?? noted?.atMs ?? one.sentAtMs ?? one.createdAtMs;
    return { atMs, fact: { ...fact, unknown: noted?.fact.unknown ?? null } };
  });
}

const orderOf = ({ orderNo }: Attempt): string => orderNo;

/** Codes that this family's causes come from, each with the answer that brought it. */
export function codeSuspicions(given: Case, family: CauseFamily): readonly Suspicion[] {
  const byCode = new Map<string, Suspicion>();
  for (const [evidence, row, api] of troubles(given)) {
    if (row.family !== family) continue;
    const { code, subCode } = codeOf(evidence);
    const cause = subCode ?? code;
    const { title, cashier } = causeOf({ code, subCode, message: null }, api);
    const said = wordsFor(evidence, given) ?? { explain: cashier, nextStep: cashier };
    const before = byCode.get(cause);
    const because = [...(before?.because ?? []), lineOf(evidence)].slice(-3);
    byCode.set(
      cause,
      before?.proof && saysMore(before.proof, evidence)
        ? { ...before, because }
        : {
            cause,
            proof: evidence,
            because,
            sinceMs: before?.sinceMs ?? evidence.atMs,
            words: { title, ...said },
          },
    );
  }
  return [...byCode.values()];
}

/**
 * What answers say that couldn't be verified, where it is about the app, its keys or the contract: the gateway itself answers
 * so where it doesn't know the app. Anybody else can, too, so that nothing is proven by it, least of all about money.
 */
export function hintSuspicions(given: Case, family: CauseFamily): readonly Suspicion[] {
  const { picture, nowMs, settings } = given;
  const calls = recent(picture, "provider_call", nowMs, settings.freshMs);
  const wellAt = calls.findLastIndex(({ fact }) => fact.unknown === null);
  const byCode = new Map<string, Suspicion>();
  for (const seen of calls.slice(wellAt + 1)) {
    const { code, subCode, unknown, asked } = seen.fact;
    if (unknown !== "verify" || code === null || subCode === null) continue;
    const row = troubleRow(apiOf(asked), code, subCode);
    if (row === null || row.family !== family) continue;
    const before = byCode.get(subCode);
    byCode.set(subCode, {
      cause: subCode,
      proof: null,
      hint: seen,
      because: [...(before?.because ?? []), lineOf(seen)].slice(-3),
      sinceMs: before?.sinceMs ?? seen.atMs,
      words: { title: row.title, ...ofHint },
    });
  }
  return [...byCode.values()];
}

const ofHint = {
  explain: {
    zh: "有应答这样说，但没有通过验签，只供排查。扣没扣款要等查询证明。",
    en: "An answer says so that couldn't be verified: a hint only. Whether money was taken is for a query to prove.",
  },
  nextStep: {
    zh: "先不要重复收款；请店主或技术支持运行 chupiao provider check，核对应用编号和密钥。",
    en: "Don't charge again yet; the owner or support runs chupiao provider check and compares app id and keys.",
  },
};

/**
 * While an outcome is open, of this sale or of any of the box, nothing may speak of what was taken, or of taking it in
 * another way. What was answered about another sale is told as that. Null: the code's own words.
 */
function wordsFor(evidence: Evidence, given: Case): Suspicion["words"] | null {
  if (isProbe(evidence)) return ofProbe;
  const { sale, unsettled } = given;
  const open = (sale === null ? unsettled : [sale]).filter((one) => one.attempts.some(isLive));
  if (open.length === 0) return null;
  const about = saleOf(evidence, given);
  return open.some((one) => one.sale.id === about) ? ofOpen : ofOther;
}

/** Whose order an answer was about; the order's own number where its sale isn't known any more. */
function saleOf({ fact }: Evidence, { picture, sale, unsettled }: Case): string | null {
  if (fact.kind === "attempt") return fact.saleId;
  if (fact.kind !== "provider_call" || fact.orderNo === null) return null;
  const { orderNo } = fact;
  const known = [...(sale === null ? [] : [sale]), ...unsettled].find((one) =>
    one.attempts.some((each) => each.orderNo === orderNo),
  );
  const noted = allOf(picture, "attempt").find((one) => one.fact.orderNo === orderNo);
  return known?.sale.id ?? noted?.fact.saleId ?? orderNo;
}

const ofOpen = {
  explain: {
    zh: "支付宝这样应答了，但这一单扣没扣款还没有结论。",
    en: "So Alipay answered, and yet it isn't known whether money was taken.",
  },
  nextStep: {
    zh: "请顾客稍等，不要重复收款；系统一直在问支付宝，有结论收银机上会显示。",
    en: "Ask the customer to wait and don't charge again; the till shows the result as soon as Alipay gives one.",
  },
};

const ofOther = {
  explain: {
    zh: "支付宝对另一单这样应答了；还没有结论的那一单，支付宝没有这样说。",
    en: "So Alipay answered another sale; it hasn't said this of the one without a result.",
  },
  nextStep: ofOpen.nextStep,
};

const isProbe = ({ fact }: Evidence): boolean =>
  fact.kind === "provider_call" && fact.asked === "probe";

/** The harmless query is about no sale: nothing that it brings says anything about money. */
const ofProbe = {
  explain: {
    zh: "系统用一次无害的查询试了支付宝，得到这个应答；没有涉及任何一笔收款。",
    en: "A harmless query to Alipay brought this answer; no payment is concerned.",
  },
  nextStep: {
    zh: "请稍等，系统一直在试，恢复后收银机上会显示；一直这样请通知技术支持。",
    en: "Please wait; the system keeps trying and shows when it is back. If it stays, tell support.",
  },
};

/** The same code of a charge says more than of a question about it, and that more than of a harmless query. */
const saysMore = (before: Evidence, after: Evidence): boolean => weightOf(before) > weightOf(after);

const weightOf = ({ fact }: Evidence): number => {
  if (fact.kind !== "provider_call") return 2;
  if (fact.asked === "probe") return 0;
  return charges(apiOf(fact.asked)) ? 2 : 1;
};

type Trouble = readonly [evidence: Evidence, row: CodeRow, api: AlipayApi];

function troubles(given: Case): readonly Trouble[] {
  return [...attemptTroubles(given), ...callTroubles(given)];
}

function attemptTroubles(given: Case): readonly Trouble[] {
  return attemptsSeen(given).flatMap((evidence): readonly Trouble[] => {
    const { code, subCode, unpaidEnd, orderNo } = evidence.fact;
    if (code === null || unpaidEnd !== "declined" || isHistory(evidence, given)) return [];
    if (given.sale !== null && orderNo !== given.sale.attempts.at(-1)?.orderNo) return [];
    const row = troubleRow("alipay.trade.pay", code, subCode);
    return row === null ? [] : [[evidence, row, "alipay.trade.pay"]];
  });
}

/** Of the box: what one sale met counts while somebody has to see to that sale, or until the next one is charged. */
function isHistory(evidence: Evidence, given: Case): boolean {
  const { sale, unsettled } = given;
  const about = saleOf(evidence, given);
  if (sale !== null || about === null || unsettled.some((one) => one.sale.id === about))
    return false;
  return chargesSeen(given).some((one) => one.saleId !== about && one.atMs > evidence.atMs);
}

/** When which sale was charged; where it is still open, its record tells, else what was noted of it last. */
function chargesSeen({ picture, unsettled, nowMs }: Case): readonly Charge[] {
  const open = unsettled.flatMap(({ sale, attempts }) =>
    attempts.map((one): [string, Charge] => [
      one.orderNo,
      { saleId: sale.id, atMs: one.sentAtMs ?? one.createdAtMs },
    ]),
  );
  const noted = recent(picture, "attempt", nowMs, Infinity).map(
    ({ fact, atMs }): [string, Charge] => [fact.orderNo, { saleId: fact.saleId, atMs }],
  );
  return [...new Map([...noted, ...open]).values()];
}

interface Charge {
  readonly saleId: string;
  readonly atMs: number;
}

/**
 * Calls of this sale; of others only what is about the shop and wasn't followed by an answer that went well. What was
 * answered about another order is no reason why this sale's own charge has no outcome.
 */
function callTroubles(given: Case): readonly Trouble[] {
  const { picture, nowMs, settings, sale } = given;
  const last = sale?.attempts.at(-1);
  const orders = new Set(last === undefined ? [] : [last.orderNo]);
  const calls = recent(picture, "provider_call", nowMs, settings.freshMs);
  const wellAt = calls.findLastIndex(({ fact }) => isWell(fact));
  const own = allOf(picture, "provider_call").filter(
    ({ fact }) => fact.orderNo !== null && orders.has(fact.orderNo),
  );
  return [...new Set([...own, ...calls.slice(wellAt + 1)])].flatMap(
    (evidence): readonly Trouble[] => {
      const { code, subCode, asked, orderNo } = evidence.fact;
      if (code === null || evidence.fact.unknown === "verify") return [];
      const isOwn = orderNo !== null && orders.has(orderNo);
      if (orders.size > 0 && orderNo !== null && !isOwn) return [];
      const api = apiOf(asked);
      const row = troubleRow(api, code, subCode);
      if (row === null || isHistory(evidence, given)) return [];
      return ofTheShop.has(row.family) || (isOwn && charges(api)) ? [[evidence, row, api]] : [];
    },
  );
}

const charges = (api: AlipayApi): boolean =>
  api === "alipay.trade.pay" || api === "alipay.trade.precreate";

/** An answer that says the provider and our account with it work; "no such trade" does. */
export const isWell = ({ unknown, code, subCode, asked }: FactOf<"provider_call">): boolean =>
  unknown === null && (code === null || troubleRow(apiOf(asked), code, subCode) === null);

/** No answer at all, or one that says that the provider itself is out of order. */
export const isProviderFault = ({
  unknown,
  code,
  subCode,
  asked,
}: FactOf<"provider_call">): boolean =>
  unknown !== null ||
  (code !== null && troubleRow(apiOf(asked), code, subCode)?.family === "provider_api");

function troubleRow(api: AlipayApi, code: string, subCode: string | null): CodeRow | null {
  if (subCode === "ACQ.TRADE_NOT_EXIST") return null;
  const row = codeRow(api, code, subCode) ?? codeRow("alipay.trade.pay", code, subCode);
  if (row === null || row.trade_status !== undefined || row.cancel_action !== undefined)
    return null;
  return row.outcome === "not_paid" || (row.outcome === "unknown" && subCode !== null) ? row : null;
}

const codeOf = ({ fact }: Evidence): { readonly code: string; readonly subCode: string | null } =>
  fact.kind === "attempt" || fact.kind === "provider_call"
    ? { code: fact.code ?? "", subCode: fact.subCode }
    : { code: "", subCode: null };
