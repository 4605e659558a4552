/** What each button does: one total table from act to deed. */
import { type AmountRefusal, parseYuan } from "../../../core/money/money.ts";
import { fill } from "../../../core/text/text.ts";
import { frameText } from "../../../core/text/frame.ts";
import { incidentText } from "../../../core/text/incident.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import { readScan } from "../../../core/till/code.ts";
import { nothingTyped } from "../../../core/till/draft.ts";
import { hasOpenAttempt, paperInDoubt } from "../../../core/till/focus.ts";
import type { Act, ActId } from "../../../core/till/parts.ts";
import type { SaleView } from "../../../core/till/view.ts";
import { post } from "../../box/box.ts";
import type { Answer } from "../../box/box.ts";
import { yuan } from "../../parts/yuan.ts";
import type { Desk } from "./desk.ts";
import { callHelp, sellWithEReceipt } from "./gate.ts";
import { createSale, takeAmount } from "./make-sale.ts";
import { screenNow } from "./state.ts";
import { tellAct, tellAmount } from "./tell.ts";
import { afterGivingUp } from "./typing.ts";

const path = (sale: SaleView, command: string): string =>
  `/api/sales/${encodeURIComponent(sale.sale_id)}/${command}`;

type Deed = (desk: Desk, sale: SaleView) => Promise<unknown> | void;

const sends =
  (command: string): Deed =>
  (desk, sale) =>
    desk.send(path(sale, command));

/** Asks once more before something that can't be taken back. */
const asks =
  (act: ActId): Deed =>
  (desk, sale) =>
    desk.open({ kind: "confirm", act, saleId: sale.sale_id });

/** Acts that need no sale stand in `WITHOUT_SALE`; these have one. */
const WITH_SALE: Record<Exclude<ActId, SaleLess>, Deed> = {
  change_amount: async (desk, sale) => {
    desk.ahead.length = 0;
    const answer = await desk.send(path(sale, "abandon"));
    if (answer.ok) afterGivingUp(desk, yuan(sale.amount_fen));
  },
  cancel_sale: async (desk, sale) => {
    desk.ahead.length = 0;
    const answer = await desk.send(path(sale, "abandon"));
    if (answer.ok) afterGivingUp(desk, "");
  },
  query: async (desk, sale) => {
    const answer = await desk.send(path(sale, "query"));
    // Where it changed something the screen says so itself; else the press would seem lost.
    if (answer.ok && answer.value.outcome === "unknown")
      desk.notify({ tone: "wait", text: frameText.askedNow });
  },
  charge_again: (desk, sale) => {
    desk.set({ again: sale.attempt?.order_no ?? null, notice: null });
    // Nothing waits for this: only the customer's screen follows it.
    void post(path(sale, "charge-again"));
  },
  reverse: asks("reverse"),
  pay_otherwise: asks("pay_otherwise"),
  goods_left: asks("goods_left"),
  waive_paper: asks("waive_paper"),
  pending_slip: async (desk, sale) => {
    const answer = await desk.send(path(sale, "pending-slip"));
    if (answer.ok) desk.notify({ tone: "good", text: incidentText.pendingSlipSent });
  },
  reprint: sends("reprint"),
  refund: (desk, sale) => desk.open({ kind: "refund", saleId: sale.sale_id }),
  e_receipt: (desk, sale) => desk.open({ kind: "e_receipt", saleId: sale.sale_id }),
  details: (desk, sale) => desk.open({ kind: "sale", saleId: sale.sale_id }),
  came_out: (desk, sale) => answerPrinted(desk, sale, true),
  did_not: (desk, sale) => answerPrinted(desk, sale, false),
};

type SaleLess =
  | "take"
  | "clear"
  | "show_qr"
  | "type_code"
  | "next"
  | "why"
  | "back_to_open"
  | "other_customer"
  | "call_help"
  | "other_path"
  | "with_e_receipt"
  | "fix_printer"
  | "override";

const WITHOUT_SALE: Record<SaleLess, (desk: Desk) => Promise<unknown> | void> = {
  take: (desk) => takeAmount(desk),
  clear: (desk) =>
    desk.set(
      desk.state.sameAmountAs === null ? nothingTyped : { sameAmountAs: null, replaces: true },
    ),
  show_qr: async (desk) => {
    const sale = desk.state.sale ?? (await takeAmount(desk));
    if (sale !== null) await charge(desk, sale, { method: "qr" });
  },
  type_code: (desk) => desk.open({ kind: "type_code" }),
  next: (desk) => desk.next(""),
  why: (desk) => desk.open({ kind: "why" }),
  back_to_open: async (desk) => {
    const { sameAmountAs } = desk.state;
    if (sameAmountAs !== null) await desk.show(sameAmountAs);
  },
  other_customer: (desk) => createSale(desk),
  call_help: callHelp,
  other_path: (desk) => desk.open({ kind: "other_path" }),
  with_e_receipt: (desk) => sellWithEReceipt(desk),
  fix_printer: (desk) => desk.open({ kind: "why" }),
  override: (desk) => desk.open({ kind: "override" }),
};

const isSaleLess = (id: ActId): id is SaleLess => id in WITHOUT_SALE;

/** Presses a button: once, until its reply is here; a refused one says why. */
export async function press(desk: Desk, act: Act): Promise<void> {
  if (act.enabled !== true) {
    const refusal = act.id === "take" ? wrongAmount(desk) : null;
    if (refusal !== null) tellAmount(refusal);
    const text = fill(frameText.notNow, { what: act.label, why: act.enabled });
    return desk.notify({ tone: "care", text });
  }
  await perform(desk, act.id, desk.state.sale);
}

/** Nothing typed yet is no mistake, and a sale has its amount. */
function wrongAmount({ state: { sale, draft, view } }: Desk): AmountRefusal | null {
  const amount = parseYuan(draft, view?.amount_max_fen);
  return sale !== null || draft === "" || typeof amount === "number" ? null : amount;
}

/** These only open a window: nothing that is under way keeps anybody from looking. */
const LOOKS: ReadonlySet<ActId> = new Set<ActId>([
  "why",
  "call_help",
  "other_path",
  "fix_printer",
  "details",
]);

/** Does the deed itself, for the sale on the screen or one chosen in a window. */
export async function perform(desk: Desk, id: ActId, sale: SaleView | null): Promise<void> {
  if (LOOKS.has(id)) return doDeed(desk, id, sale);
  const { busy } = desk.state;
  if (busy !== null) {
    // The same press once more is no question; another one must not seem lost.
    if (busy !== id) desk.notify({ tone: "wait", text: frameText.busyNow });
    return;
  }
  desk.set({ busy: id, notice: null });
  try {
    await doDeed(desk, id, sale);
  } finally {
    desk.set({ busy: null });
  }
}

async function doDeed(desk: Desk, id: ActId, sale: SaleView | null): Promise<void> {
  if (isSaleLess(id)) await WITHOUT_SALE[id](desk);
  else if (sale !== null) await WITH_SALE[id](desk, sale);
}

const CONFIRMED: Partial<Record<ActId, string>> = {
  reverse: "reverse",
  pay_otherwise: "pay-otherwise",
  goods_left: "goods-left",
  waive_paper: "waive-paper",
};

/** After the second yes. */
export async function confirm(desk: Desk, act: ActId, saleId: string): Promise<void> {
  const command = CONFIRMED[act];
  if (command === undefined || desk.state.busy !== null) return;
  desk.set({ busy: act, notice: null });
  const answer = await desk.send(`/api/sales/${encodeURIComponent(saleId)}/${command}`);
  desk.set({ busy: null, ...(answer.ok ? { sheets: desk.state.sheets.slice(0, -1) } : {}) });
}

/** Answers the question about a sale's paper. Null when there is none, or it can't have been read yet. */
export async function answerPrinted(
  desk: Desk,
  sale: SaleView,
  printed: boolean,
): Promise<Answer<SaleView> | null> {
  const question = paperInDoubt(sale);
  if (question === null || !desk.mayAnswer(question)) return null;
  return desk.send(`/api/jobs/${encodeURIComponent(question)}/answer`, { printed });
}

/** The same for a paper of no sale: the next frame brings what is left to ask. */
export async function answerPaper(desk: Desk, jobId: string, printed: boolean): Promise<void> {
  if (desk.state.busy !== null || !desk.mayAnswer(jobId)) return;
  desk.set({ busy: printed ? "came_out" : "did_not", notice: null });
  const answer = await post(`/api/jobs/${encodeURIComponent(jobId)}/answer`, { printed });
  desk.set({ busy: null });
  if (!answer.ok) return desk.notify({ tone: "bad", text: answer.text });
  const text = printed ? sheetText.paperAnswered : sheetText.paperCopied;
  desk.notify({ tone: "good", text });
}

const charge = (desk: Desk, sale: SaleView, how: { code: string } | { method: "qr" }) =>
  desk.send(path(sale, "attempts"), how);

/** A scanned, pasted or typed text. A payment code is charged where the screen takes one; all else is named. */
export async function takeScan(desk: Desk, text: string): Promise<void> {
  const scanned = readScan(text);
  const { view, busy } = desk.state;
  if (view === null || busy !== null) return;
  if (scanned.kind === "payment_code") return chargeCode(desk, scanned.code);
  tellAct(ACT_OF_SCAN[scanned.kind]);
  desk.notify({ tone: "care", text: scanned.says });
}

const ACT_OF_SCAN = {
  product: "code_is_product",
  other_wallet: "code_of_other_wallet",
  not_a_code: "code_unreadable",
} as const;

async function chargeCode(desk: Desk, code: string): Promise<void> {
  const { state } = desk;
  const { view } = state;
  if (view === null) return;
  const { takesCode } = screenNow(state, view, Date.now());
  if (takesCode !== true) {
    if (state.sale === null) tellAct("code_scanned_without_amount");
    else if (hasOpenAttempt(state.sale)) tellAct("charge_while_open", state.sale.sale_id);
    return desk.notify({ tone: "care", text: takesCode });
  }
  desk.set({ busy: "take", notice: null, sheets: [] });
  try {
    const sale = state.sale ?? (await takeAmount(desk));
    if (sale !== null) await charge(desk, sale, { code });
  } finally {
    desk.set({ busy: null });
  }
}
