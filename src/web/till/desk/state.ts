/** What the page knows: the box's last frame, which sale is on the screen, and what is being typed. */
import type { IncidentView } from "../../../core/diagnosis/view.ts";
import type { Text } from "../../../core/text/text.ts";
import { instantMs } from "../../../core/till/clock.ts";
import type { Shown } from "../../../core/till/focus.ts";
import type { ActId, Tone } from "../../../core/till/parts.ts";
import { screenOf } from "../../../core/till/screen.ts";
import type { Screen } from "../../../core/till/parts.ts";
import type { SaleView, TillView } from "../../../core/till/view.ts";
import { isTouched } from "../../language/taps.ts";

/** What a sale is looked for. */
export type FindPurpose = "look" | "refund" | "reprint" | "e_receipt";

/** A window over the till. The last one is on top. */
export type Sheet =
  | { readonly kind: "find"; readonly for: FindPurpose }
  | { readonly kind: "sale"; readonly saleId: string }
  | { readonly kind: "refund"; readonly saleId: string }
  | { readonly kind: "confirm"; readonly act: ActId; readonly saleId: string }
  | { readonly kind: "e_receipt"; readonly saleId: string }
  | { readonly kind: "day" }
  | { readonly kind: "closed_day"; readonly closeNo: number }
  | { readonly kind: "open" }
  | { readonly kind: "why" }
  | { readonly kind: "type_code" }
  | { readonly kind: "lights" }
  | { readonly kind: "override" }
  | { readonly kind: "other_path" }
  | { readonly kind: "call_help"; readonly incidentId: string; readonly saleId: string | null }
  | { readonly kind: "incidents" }
  | { readonly kind: "incident"; readonly incidentId: string }
  | { readonly kind: "evidence" }
  | { readonly kind: "records" }
  | { readonly kind: "help" };

export interface Notice {
  readonly tone: Tone;
  readonly text: Text;
}

export interface DeskState {
  readonly view: TillView | null;
  readonly away: boolean;
  /** Box's clock minus this computer's, ms. */
  readonly offsetMs: number;
  readonly shown: Shown | null;
  readonly sale: SaleView | null;
  /** Why the sale on the screen has no receipt yet. */
  readonly incident: IncidentView | null;
  readonly draft: string;
  /** The draft is the amount of an earlier sale: the first digit replaces it. */
  readonly replaces: boolean;
  /** A scan went wrong while the draft stood there: no code is charged before Enter or a new amount. */
  readonly unsure: boolean;
  readonly sameAmountAs: string | null;
  /** Order number of the unpaid attempt after which the cashier chose to charge again. */
  readonly again: string | null;
  readonly notice: Notice | null;
  readonly busy: ActId | null;
  readonly sheets: readonly Sheet[];
}

export const emptyDesk: DeskState = {
  view: null,
  away: false,
  offsetMs: 0,
  shown: null,
  sale: null,
  incident: null,
  draft: "",
  replaces: false,
  unsure: false,
  sameAmountAs: null,
  again: null,
  notice: null,
  busy: null,
  sheets: [],
};

/** The one screen of this state at this moment of the computer's clock. */
export function screenNow(state: DeskState, view: TillView, clockMs: number): Screen {
  return screenOf(view, { ...state, taps: isTouched() }, clockMs + state.offsetMs);
}

/** As of the box's last word, for a window that counts nothing down. */
export const screenAsOf = (state: DeskState, view: TillView): Screen =>
  screenNow(state, view, (instantMs(view.now) ?? 0) - state.offsetMs);

/** What a line about the last key or scan is about: the sale, and whether a code can be charged. With that it ends. */
export function topicOf(state: DeskState): string {
  const { view, sale } = state;
  if (view === null || sale === null) return "";
  const { takesCode } = screenNow(state, view, Date.now());
  return `${sale.sale_id} ${takesCode === true ? "" : takesCode.zh}`;
}

export const offsetOf = (view: TillView, clockMs: number): number =>
  (instantMs(view.now) ?? clockMs) - clockMs;
