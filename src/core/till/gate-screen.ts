/**
 * The gate before a sale: what isn't green stands beside the amount; red network or provider stops before the code is
 * used and says what does work; a red printer asks about the electronic receipt first.
 */
import type { GateView, LightView } from "../diagnosis/view.ts";
import { gateText, surely } from "../text/gate.ts";
import { fill, type Text } from "../text/text.ts";
import { tillText } from "../text/till.ts";
import { act, possible } from "./acts.ts";
import type { Act, Screen, Warning } from "./parts.ts";
import type { SaleView, TillView } from "./view.ts";

/** Screens on which the next step is the customer's code. */
const BEFORE_THE_CODE: ReadonlySet<Screen["kind"]> = new Set(["amount", "show_code"]);

export function withGate(screen: Screen, view: TillView, sale: SaleView | null): Screen {
  if (!BEFORE_THE_CODE.has(screen.kind)) return screen;
  const { gate } = view;
  const warned = { ...screen, warnings: warningsOf(gate) };
  if (gate.stops !== null) return stopped(warned, view, gate.stops, sale);
  if (!gate.needs_e_receipt || sale?.accepts_e_receipt === true) return warned;
  // Only a sale, or an amount that can become one, has a customer to be asked.
  return screen.takesCode === true ? asking(warned, view, sale) : warned;
}

const isWarning = ({ light }: LightView): boolean => light !== "green";

const warningsOf = (gate: GateView): readonly Warning[] =>
  [gate.network, gate.provider, gate.printer, gate.till].filter(isWarning).map(warningOf);

const warningOf = (one: LightView): Warning => ({
  light: one.light,
  text: surely(one),
  why: one.why,
});

const nameOnly = (warning: Warning): Warning => ({ ...warning, why: null });

/** Never refused here: a cashier calls the owner, whose PIN decides. */
const overrideAct = (look: Act["look"]): Act => act("override", look, null);

/** What is broken and what to do about it, from the red light itself. */
function redReason({ network, provider }: GateView): Text | null {
  const red = [network, provider].find(({ light }) => light === "red");
  return red === undefined || red.why === null
    ? null
    : fill(gateText.reason, { what: red.text, next: red.why });
}

/** Once there is a case to call about. */
const help = ({ incident }: TillView): readonly Act[] =>
  incident === null || incident.closed_at !== null ? [] : [act("call_help", "plain", null)];

function stopped(screen: Screen, view: TillView, why: Text, sale: SaleView | null): Screen {
  const { gate } = view;
  return {
    ...screen,
    kind: "stopped",
    tone: "bad",
    icon: "alert",
    headline: gateText.stoppedHead,
    plain: redReason(gate) ?? why,
    caution: view.open_sales.length > 0 ? gateText.stoppedCautionOfNew : gateText.stoppedCaution,
    offers: gate.offers,
    // The sentence above says it; a second line with the same words would only be longer. Of the others the names will
    // do: they stop nothing, and the lights' own window says more.
    warnings: screen.warnings.filter(({ light }) => light !== "red").map(nameOnly),
    acts: [...(sale === null ? stoppedDraft(screen) : stoppedSale(gate, sale)), ...help(view)],
    urgent: true,
    takesCode: why,
  };
}

/** An amount can still be entered: a sale that is then paid in cash stands in the day's sums. */
const stoppedDraft = (screen: Screen): readonly Act[] => [
  ...screen.acts
    .filter(({ id }) => id === "take" || id === "clear")
    .map((one) => (one.id === "take" ? { ...one, label: gateText.enterSale } : one)),
  overrideAct("plain"),
];

const stoppedSale = (gate: GateView, sale: SaleView): readonly Act[] => [
  act("pay_otherwise", "go", sale, { key: "Enter" }),
  ...(gate.offers.includes("show_qr") ? possible([act("show_qr", "plain", sale)]) : []),
  act("change_amount", "plain", sale),
  ...(gate.offers.includes("other_path") ? [act("other_path", "plain", null)] : []),
  overrideAct("plain"),
];

function asking(screen: Screen, view: TillView, sale: SaleView | null): Screen {
  const can: true | Text = view.receipt_links_reachable ? true : tillText.noReceiptUrl;
  const back = screen.acts.filter(({ id }) => id === "clear" || id === "change_amount");
  return {
    ...screen,
    kind: "ask_e_receipt",
    tone: "care",
    icon: "ask",
    warnings: screen.warnings.map(nameOnly),
    headline: gateText.askHead,
    plain: gateText.askPlain,
    acts: [
      act("with_e_receipt", "go", sale, { enabled: can }),
      act("fix_printer", "plain", sale),
      ...back,
      act("take", "more", null, { enabled: gateText.askFirst }),
      overrideAct("more"),
    ],
    urgent: true,
    takesCode: gateText.codeBeforeAnswer,
  };
}
