/** One sentence for the person at the counter: what happened, whether money moved, what to do now. */
import { fen, yuanText } from "../money/money.ts";
import { isLive } from "../payment/states.ts";
import { isTrustedMute, type JobState, type PrintJob, waitsForEReceipt } from "../printing/job.ts";
import { PAYMENT_CONTRADICTED } from "../text/causes.ts";
import { besideCash, extraAfterTakenBack } from "../text/extra.ts";
import { HOLDER_LABEL } from "../text/receipt.ts";
import { slipText } from "../text/sheets.ts";
import { moneyUntouched } from "../text/printer-causes.ts";
import { jobHasEnded } from "../printing/states.ts";
import { fill, joined, type Text } from "../text/text.ts";
import { tillText } from "../text/till.ts";
import {
  isTakenBack,
  newestPaper,
  paidAttempt,
  refundedFen,
  refundIsOpen,
  type SaleFacts,
} from "./can.ts";
import { besideCashWords, extraOf, extraWords } from "./extra.ts";
import type { CauseView, ExtraView, JobView, SaleView } from "./view.ts";

export function adviceFor(
  facts: SaleFacts,
  outcome: SaleView["outcome"],
  cause: CauseView | null,
  job: JobView | null,
): Text {
  const words = adviceOnSale(facts, outcome, cause, job);
  const isKnown = outcome !== null && outcome !== "unknown";
  const paper = isKnown && (job === null || jobHasEnded(job.state)) ? stuckPaper(facts) : null;
  return paper === null ? words : joined(words, fill(paperLeft, { paper: nameOf(paper) }));
}

/** Beside the receipt that decides: why a sale stays open whose money and receipt are settled. */
function stuckPaper(facts: SaleFacts): PrintJob | null {
  const decides = newestPaper(facts)?.id;
  const isStuck = ({ id, state, hold }: PrintJob): boolean =>
    id !== decides && (state === "doubtful" || (hold !== null && !jobHasEnded(state)));
  return facts.jobs.find(isStuck) ?? null;
}

const nameOf = ({ slip, holder }: PrintJob): Text =>
  slip.kind === "receipt" ? HOLDER_LABEL[holder] : slipText[slip.kind];

const paperLeft: Text = {
  zh: "还有一张{paper}没有着落。",
  en: "One more paper isn't settled yet: {paper}.",
};

function adviceOnSale(
  facts: SaleFacts,
  outcome: SaleView["outcome"],
  cause: CauseView | null,
  job: JobView | null,
): Text {
  const { state } = facts.sale;
  if (cause === PAYMENT_CONTRADICTED) return cause.cashier;
  const extra = extraOf(facts);
  if (extra !== null && extra.state !== "back") return extraAdvice(facts, extra);
  if (outcome === "paid") return refundAdvice(facts, job) ?? paidAdvice(facts, job);
  if (outcome === "unknown")
    return state === "paid_otherwise" ? besideCash.open : openAdvice(facts, cause);
  if (extra !== null) return extraAdvice(facts, extra);
  if (state === "paid_otherwise")
    return outcome === null ? otherwise : besideCashWords(facts.attempts);
  if (outcome === null) return state === "open" ? notYet : nothingSent;
  return unpaidAdvice(facts, cause);
}

function extraAdvice(facts: SaleFacts, extra: ExtraView): Text {
  const { state, amountFen } = facts.sale;
  const own = { state, amount_fen: amountFen, refunded_fen: refundedFen(facts) };
  const words = extraWords(own, extra);
  return isTakenBack(facts) ? joined(words, extraAfterTakenBack[extra.state]) : words;
}

/** A charge in vain doesn't make good what was taken back before it. */
function unpaidAdvice(facts: SaleFacts, cause: CauseView | null): Text {
  const words = cause?.cashier ?? notPaid;
  const isInVain = facts.attempts.at(-1)?.unpaidEnd !== "rolled_back";
  return isTakenBack(facts) && isInVain ? joined(words, tillText.takenBackBefore) : words;
}

/** Money that went back, or is on its way, comes before what the paper does, unless the paper needs a person. */
function refundAdvice(facts: SaleFacts, job: JobView | null): Text | null {
  const backFen = refundedFen(facts);
  const values = {
    back: yuanText(fen(backFen)),
    left: yuanText(fen(facts.sale.amountFen - backFen)),
  };
  if (backFen >= facts.sale.amountFen) return fill(refundedWhole, values);
  const orderNo = paidAttempt(facts)?.orderNo;
  if (facts.refunds.some((one) => one.orderNo === orderNo && refundIsOpen(one))) return refundOpen;
  return backFen > 0 && !needsPerson(facts, job) ? fill(refundedPart, values) : null;
}

const needsPerson = ({ receipt }: SaleFacts, job: JobView | null): boolean =>
  receipt !== null &&
  receipt.openedAtMs === null &&
  job !== null &&
  !waitsForEReceipt(job) &&
  (job.state === "doubtful" || (job.hold !== null && !jobHasEnded(job.state)));

function openAdvice({ attempts }: SaleFacts, cause: CauseView | null): Text {
  const live = attempts.find(isLive);
  if (live?.state === "awaiting_buyer") return live.method === "qr" ? scanQr : awaiting;
  if (live?.state === "reversing")
    return live.reversal.refusedForNow === null ? reversing : (cause?.cashier ?? reversing);
  if (live?.state === "sending" || live?.state === "created") return asking;
  return confirming;
}

function paidAdvice({ receipt, jobs }: SaleFacts, job: JobView | null): Text {
  if (receipt !== null && receipt.openedAtMs !== null && job?.state !== "confirmed")
    return paidOpened;
  if (job === null) return paidPlain;
  if (waitsForEReceipt(job)) return paidUnopened;
  if (job.cause !== null && job.state !== "confirmed") {
    const { zh, en } = job.cause.cashier;
    return {
      zh: zh.replace(moneyUntouched.zh, "已收款，不要再收。"),
      en: en.replace(moneyUntouched.en, "Paid; don't charge again. "),
    };
  }
  if (job.state === "confirmed" && job.proof === "person")
    return isTrustedMute(job.evidence) ? paidTrusted : paidSeen;
  const words = PAID_ADVICE[job.state];
  const isOver = job.state === "waived" && jobs.every(({ state }) => jobHasEnded(state));
  return isOver ? joined(words, waivedAndOver) : words;
}

const refundedWhole: Text = {
  zh: "已全额退款 ￥{back}，钱原路退回顾客。不要再退，也不要补收。",
  en: "Refunded in full, ￥{back}, to where the money came from. Neither refund nor charge it again.",
};
const refundedPart: Text = {
  zh: "已收款，其中已退款 ￥{back}，实收 ￥{left}。不要再收。",
  en: "Paid, and ￥{back} of it refunded: ￥{left} is kept. Don't charge again.",
};
const refundOpen: Text = {
  zh: "已收款，有一笔退款正在处理。请等它有结论，不要再退。",
  en: "Paid, and a refund is under way. Wait for its result; don't refund again.",
};
const paidPlain: Text = { zh: "已收款，不要再收。", en: "Paid. Don't charge again." };
const PAID_ADVICE: Readonly<Record<JobState, Text>> = {
  queued: { zh: "已收款，小票马上打印。", en: "Paid. The receipt prints next." },
  held: {
    zh: "已收款，不要再收。小票等打印机恢复后自动打印。",
    en: "Paid; don't charge again. The receipt prints by itself when the printer is back.",
  },
  sending: { zh: "已收款，小票正在打印。", en: "Paid. The receipt is printing." },
  confirmed: {
    zh: "已收款，小票已由打印机确认。",
    en: "Paid, and the printer confirmed the receipt.",
  },
  doubtful: {
    zh: "已收款，不要再收。请看一眼出纸口，告诉系统小票出来了没有。",
    en: "Paid; don't charge again. Look at the printer and say whether the receipt is out.",
  },
  replaced: { zh: "已收款，补打的小票正在处理。", en: "Paid. A marked copy is on its way." },
  waived: { zh: "已收款，不再打印纸质小票。", en: "Paid. No paper receipt is wanted." },
};
/** Without a receipt in hand it still has to be said that nothing is left to do. */
const waivedAndOver: Text = { zh: "这一单已办完。", en: "This sale is settled." };
/** The printer said nothing: by the cashier's answer. */
const paidSeen: Text = {
  zh: "已收款，小票已出（由人确认，打印机没有应答）。",
  en: "Paid. The receipt is out by a person's word; the printer didn't say so.",
};
/** The printer said nothing and nobody looked: by the owner's setting. */
const paidTrusted: Text = {
  zh: "已收款，小票已送出。打印机不会应答，按店主的设置算作已出；没出纸请补打。",
  en: "Paid, and the receipt was sent. The printer can't answer; by the owner's setting it counts as out. If no paper came, print a copy.",
};
const paidOpened: Text = {
  zh: "已收款，顾客已打开电子小票。",
  en: "Paid, and the customer has the electronic receipt.",
};
const paidUnopened: Text = {
  zh: "已收款，不要再收。顾客还没有打开电子小票：请顾客扫码打开；要纸的，打印机能打时就可以打。",
  en: "Paid; don't charge again. The electronic receipt hasn't been opened yet: let the customer scan and open it. Paper can be had whenever the printer can print.",
};
/** Whether a code may be scanned now is the gate's to say, on the till's screen. */
const notYet: Text = {
  zh: "还没有扣款。请按收银页上的提示收款，或取消这一单。",
  en: "Nothing was charged yet. Charge it as the till page says, or cancel it.",
};
const nothingSent: Text = {
  zh: "没有发起收款，没有扣款。",
  en: "Nothing was sent and nothing was charged.",
};
const asking: Text = {
  zh: "正在收款，请稍等，不要重复收款。",
  en: "Charging. Wait; don't charge again.",
};
const awaiting: Text = {
  zh: "等顾客在手机上确认付款，请勿重复收款。",
  en: "Waiting for the customer to confirm on the phone. Don't charge again.",
};
const scanQr: Text = { zh: "请顾客扫二维码付款。", en: "Ask the customer to scan the QR and pay." };
// The report says these too, and is read on phones: "this one" would be the phone there.
const confirming: Text = {
  zh: "结果确认中，请勿重复收款。钱可能已付，也可能未付；系统正在查询，以收银台显示为准。",
  en: "The outcome is being confirmed; don't charge again. The money may or may not have moved; trust the till, not the phone.",
};
const reversing: Text = {
  zh: "正在撤销，请勿重复收款。如果扣了款会原路退回；撤销完成后收银台会提示。",
  en: "Being reversed; don't charge again. Anything taken goes back; the till says when it is done.",
};
const notPaid: Text = {
  zh: "没有扣款，可以重新收款。",
  en: "No money was taken; you can charge again.",
};
const otherwise: Text = { zh: "已用其他方式收款。", en: "Paid in another way." };
