import type {
  BillAddressAnswer,
  CancelAnswer,
  CloseAnswer,
  PayAnswer,
  PrecreateAnswer,
  QueryAnswer,
  RefundAnswer,
  RefundQueryAnswer,
  TradeNotification,
} from "../core/payment/answers.ts";
import type { ProviderName } from "../core/payment/attempt.ts";
import type { Fen } from "../core/money/money.ts";

export interface Goods {
  readonly name: string;
  readonly quantity: number;
  readonly priceFen: Fen;
}

export interface Order {
  readonly orderNo: string;
  readonly amountFen: Fen;
  readonly subject: string;
  readonly expiresAtMs: number;
  readonly storeId: string;
  readonly terminalId: string;
  readonly operatorId: string;
  readonly goods: readonly Goods[];
}

/**
 * Who moves the money. No call ever rejects: whatever goes wrong is an `unknown` answer with its reason.
 * One call is one request on the wire. Codes of the customer are used in the call and kept nowhere.
 */
export interface Provider {
  readonly name: ProviderName;
  /** False while a sandbox stands in for the provider; then screens and paper say so. */
  readonly livemode: boolean;
  /** The longest one call can take before it answers `unknown: silence`, in ms. */
  readonly callTimeoutMs: number;
  pay(order: Order, paymentCode: string): Promise<PayAnswer>;
  precreate(order: Order): Promise<PrecreateAnswer>;
  query(orderNo: string): Promise<QueryAnswer>;
  cancel(orderNo: string): Promise<CancelAnswer>;
  close(orderNo: string): Promise<CloseAnswer>;
  /** `requestNo` makes the refund idempotent: the same number and amount never refund twice. */
  refund(orderNo: string, requestNo: string, amountFen: Fen, reason: string): Promise<RefundAnswer>;
  refundQuery(orderNo: string, requestNo: string): Promise<RefundQueryAnswer>;
  /** `day` is yyyy-MM-dd in China's time; the address dies after about 30 s. */
  billAddress(day: string): Promise<BillAddressAnswer>;
  /** Null when the signature, app or seller doesn't match: such a message is counted and dropped. */
  readNotification(form: Readonly<Record<string, string>>): TradeNotification | null;
}
