/** How an incident ended, and what fixed it: read off the sale as it was settled. */
import { isTrustedMute } from "../printing/job.ts";
import { jobHasEnded } from "../printing/states.ts";
import { fill, type Text } from "../text/text.ts";
import { extraAttempts, isTakenBack, newestPaper, type SaleFacts } from "../till/can.ts";
import type { CauseFamily } from "../till/view.ts";
import type { MaintenanceCause } from "./causes/people.ts";
import { ofOneSale } from "./of-one-sale.ts";
import { isMoneyKnown } from "./past.ts";
import { rootTurns } from "./root.ts";
import { type Gate, isGateRed } from "./gate.ts";
import type { Ended, Incident, Turn } from "./incident.ts";

type LightName = "network" | "provider" | "till";
type End = Pick<Ended, "how" | "fixedBy">;

/** Null while something is open. `isLeft`: the till has begun another sale since its last charge. */
export function endOf(
  incident: Incident,
  sale: SaleFacts | null,
  gate: Gate,
  isLeft: boolean,
): End | null {
  if (incident.saleId === null)
    return isGateRed(gate) ? null : { how: "cleared", fixedBy: fixOf(incident, null, gate) };
  if (sale === null) return null;
  if (!isMoneyKnown(sale)) return null;
  if (sale.sale.state === "open") return endOfOpen(incident, sale, isLeft);
  return sale.sale.state === "paid" ? paidEnd(incident, sale, gate) : unpaidEnd(sale);
}

/**
 * The sale could be charged again, and need not be: an outcome that was late is proven, and a refusal is over once the
 * till has gone on to another sale. What the provider took back after a receipt waits for a person.
 */
function endOfOpen({ why }: Incident, sale: SaleFacts, isLeft: boolean): End | null {
  if (sale.attempts.length === 0 || isTakenBack(sale)) return null;
  if (why === "outcome_late" || (why === "payment_refused" && isLeft)) return nothingKept(sale);
  return null;
}

function paidEnd(incident: Incident, sale: SaleFacts, gate: Gate): End | null {
  const { receipt } = sale;
  const job = newestPaper(sale);
  if (receipt?.void === true) return { how: "money_returned", fixedBy: rolledBack };
  if (receipt !== null && receipt.openedAtMs !== null)
    return { how: "electronic_receipt", fixedBy: opened };
  if (job === null || !jobHasEnded(job.state) || job.state === "replaced") return null;
  if (job.state === "waived") return { how: "paper_waived", fixedBy: waived };
  const isSeen = job.proof?.level === "person" && !isTrustedMute(job.proof.evidence);
  const out = isSeen ? "receipt_seen" : "receipt_confirmed";
  const how = job.mark.kind === "original" ? out : "copy_printed";
  return { how, fixedBy: isSeen ? seen : fixOf(incident, sale, gate) };
}

function unpaidEnd(sale: SaleFacts): End {
  if (sale.sale.state === "paid_otherwise") return { how: "paid_otherwise", fixedBy: otherwise };
  return nothingKept(sale);
}

function nothingKept(sale: SaleFacts): End {
  const wentBack = howItWentBack(sale);
  if (wentBack !== null) return { how: "money_returned", fixedBy: wentBack };
  return { how: "not_paid", fixedBy: sale.sale.state === "open" ? proven : ended };
}

/** Null: it is proven that none ever came. */
export function howItWentBack(sale: SaleFacts): Text | null {
  const { attempts } = sale;
  if (extraAttempts(sale).length > 0) return returned;
  if (attempts.some((one) => one.unpaidEnd === "refunded" || one.reversal.everRefunded))
    return reversed;
  return attempts.some((one) => one.unpaidEnd === "rolled_back") ? takenBack : null;
}

/** What only one buyer or answer was about doesn't come right again: then it was charged anew, or found out. */
const doesntRecover: ReadonlySet<CauseFamily> = new Set([...ofOneSale, "provider_api"]);

/** Which light tells whether it is over: a window is the matter of the light that it names. */
const windowLights: Readonly<Record<MaintenanceCause, LightName>> = {
  announced_maintenance: "provider",
  network_maintenance: "network",
  own_maintenance: "till",
};
const lightOf = ({ family, cause }: Turn): LightName | undefined =>
  family === "network" ? "network" : windowLights[cause as MaintenanceCause];

/** The cause that it was about last has gone: that is what fixed it. A notification may come while it hasn't. */
function fixOf({ turns }: Incident, sale: SaleFacts | null, gate: Gate): Text {
  const root = rootTurns(turns).at(-1) ?? null;
  if (root === null) return byItself;
  const light = lightOf(root);
  const isStill = light !== undefined && gate[light].light === "red";
  const isOver = !doesntRecover.has(root.family) && !isStill;
  if (sale === null || root.stage === "paper" || isOver)
    return fill(overcome, { title: root.title });
  return sale.attempts.length > 1 ? chargedAgain : foundPaid;
}

const overcome: Text = { zh: "已恢复：{title}", en: "Recovered: {title}" };
const chargedAgain: Text = { zh: "重新收款，已付", en: "Charged again, and paid" };
const foundPaid: Text = { zh: "系统查到已付款", en: "The system found it paid" };
const byItself: Text = { zh: "自动恢复", en: "It recovered by itself" };
const opened: Text = { zh: "顾客打开了电子小票", en: "The customer opened the electronic receipt" };
const waived: Text = { zh: "顾客不要纸质小票", en: "The customer wants no paper" };
const seen: Text = { zh: "收银员看到小票已出", en: "The cashier saw the receipt" };
const rolledBack: Text = {
  zh: "支付宝撤回了付款，小票作废",
  en: "Alipay took the payment back; the receipt is void",
};
const otherwise: Text = { zh: "改用其他方式收款", en: "Paid in another way" };
const takenBack: Text = {
  zh: "支付宝撤回了付款，交易结束",
  en: "Alipay took the payment back; the sale ended",
};
const returned: Text = {
  zh: "钱到账过，已退回顾客",
  en: "The money had come, and it was given back to the customer",
};
const reversed: Text = { zh: "已撤销，钱已退回", en: "Reversed, and the money went back" };
const proven: Text = {
  zh: "确认没有扣款",
  en: "Proven that nothing was taken",
};
const ended: Text = {
  zh: "确认没有扣款，交易结束",
  en: "Proven that nothing was taken; the sale ended",
};
