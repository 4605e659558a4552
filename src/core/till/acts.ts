/** Every button of the till: its words, its key, and the rule of `SaleView.can` that allows it. */
import { REFUSALS } from "../rules/refusals.ts";
import { gateText } from "../text/gate.ts";
import { incidentText } from "../text/incident.ts";
import { tillText } from "../text/till.ts";
import type { Text } from "../text/text.ts";
import type { Act, ActId, ActKey } from "./parts.ts";
import type { SaleCommand, SaleView } from "./view.ts";

interface ActFacts {
  readonly label: Text;
  readonly key: ActKey | null;
  readonly command: SaleCommand | null;
}

const t = tillText;

const ACTS: Record<ActId, ActFacts> = {
  take: { label: t.take, key: "Enter", command: null },
  clear: { label: t.clear, key: "Esc", command: null },
  show_qr: { label: t.showQr, key: "F2", command: "charge" },
  change_amount: { label: t.changeAmount, key: "Esc", command: "abandon" },
  type_code: { label: t.typeCode, key: "T", command: "charge" },
  query: { label: t.query, key: "F3", command: "query" },
  charge_again: { label: t.chargeAgain, key: "Enter", command: "charge" },
  cancel_sale: { label: t.cancelSale, key: "Esc", command: "abandon" },
  reverse: { label: t.reverse, key: "R", command: "reverse" },
  pay_otherwise: { label: t.payOtherwise, key: "C", command: "pay_otherwise" },
  goods_left: { label: t.goodsLeft, key: "G", command: null },
  pending_slip: { label: t.pendingSlip, key: "P", command: "print_pending_slip" },
  next: { label: t.next, key: "Enter", command: null },
  reprint: { label: t.reprint, key: "F6", command: "reprint" },
  refund: { label: t.refund, key: "F4", command: "refund" },
  e_receipt: { label: t.eReceipt, key: "F7", command: null },
  why: { label: t.why, key: "F8", command: null },
  waive_paper: { label: t.waivePaper, key: "W", command: "waive_paper" },
  came_out: { label: t.cameOut, key: "Y", command: "answer_printed" },
  did_not: { label: t.didNot, key: "N", command: "answer_printed" },
  back_to_open: { label: t.backToOpen, key: "Enter", command: null },
  other_customer: { label: t.otherCustomer, key: null, command: null },
  details: { label: t.details, key: "D", command: null },
  call_help: { label: incidentText.help, key: "H", command: null },
  other_path: { label: incidentText.otherPath, key: "B", command: null },
  with_e_receipt: { label: gateText.askYes, key: "Y", command: null },
  fix_printer: { label: gateText.askNo, key: "N", command: null },
  override: { label: gateText.override, key: "O", command: null },
};

/** One button for this sale, allowed or with the reason why not now. */
export function act(
  id: ActId,
  look: Act["look"],
  sale: SaleView | null,
  change: Partial<Pick<Act, "label" | "key" | "enabled">> = {},
): Act {
  const { label, key, command } = ACTS[id];
  const enabled = command === null || sale === null ? true : sale.can[command];
  return { id, label, key, look, command, enabled, ...change };
}

/** The paper's electronic twin, while it can be reached and is true. */
export function eReceiptAct(
  sale: SaleView,
  reachable: boolean,
  look: Act["look"],
  label: Text = t.eReceipt,
): Act {
  return act("e_receipt", look, sale, { label, enabled: eReceiptOf(sale, reachable) });
}

function eReceiptOf({ receipt, contradicted }: SaleView, reachable: boolean): true | Text {
  if (receipt === null) return t.noReceiptYet;
  if (contradicted) return REFUSALS.payment_contradicted.text;
  return reachable && receipt.url !== null ? true : t.noReceiptUrl;
}

/** The owner's way to give back a payment that came besides the sale, once it didn't go back by itself. */
export const refundExtra = (sale: SaleView): readonly Act[] =>
  sale.extra?.state === "kept"
    ? possible([act("refund", "plain", sale, { label: t.refundExtra })])
    : [];

/** Only what can be done now: a menu of refusals helps nobody. */
export const possible = (acts: readonly Act[]): readonly Act[] =>
  acts.filter(({ enabled }) => enabled === true);
