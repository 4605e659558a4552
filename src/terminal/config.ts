import type { Fen } from "../core/money/money.ts";
import type { ProviderName } from "../core/payment/attempt.ts";
import type { PaymentTiming } from "../core/payment/timing.ts";
import type { Issuer } from "../core/receipt/receipt.ts";
import type { Journal } from "../ports/journal.ts";
import type { Link } from "../ports/link.ts";
import type { Log } from "../ports/log.ts";
import type { World } from "../ports/world.ts";

export interface TerminalSettings {
  readonly merchantId: string;
  readonly storeId: string;
  readonly terminalId: string;
  readonly issuer: Issuer;
  readonly provider: ProviderName;
  readonly livemode: boolean;
  /** People learn on this till: no real money, and every screen and paper says so. */
  readonly training: boolean;
  /** Where the electronic receipts open, without a slash at the end; null: none is offered. */
  readonly receiptBase: string | null;
  /** A merchant's copy is printed beside the customer's. */
  readonly merchantCopy: boolean;
  /** The most that one sale may be for. */
  readonly amountMaxFen: Fen;
  /** Used for what people are shown; the hub's own timing decides. */
  readonly timing: PaymentTiming;
  /** How long an attempt may stay without news before the hub is asked about it. */
  readonly newsSilenceMs: number;
}

export interface TerminalDeps {
  readonly world: World;
  readonly journal: Journal;
  readonly link: Link;
  readonly settings: TerminalSettings;
  readonly log: Log;
  /** Slow and salted (scrypt): a PIN has few digits. */
  readonly hashPin: (pin: string, salt: string) => Promise<string>;
}

export interface Operator {
  readonly no: string;
  readonly name: string;
  readonly role: "cashier" | "owner";
}

/** Used where nobody has to sign on: a shop that has set no PIN. */
export const houseOperator: Operator = { no: "01", name: "店主", role: "owner" };
