/** A terminal speaks of its own merchant, its own orders and its own receipts, and of nothing else. */
import { parseReceiptNumber } from "../../../core/receipt/number.ts";
import type { Receipt } from "../../../core/receipt/receipt.ts";
import type { Ledger } from "../../../ports/ledger.ts";
import type { Link, PayIntent } from "../../../ports/link.ts";
import type { EnrolledTerminal } from "../registry.ts";

export class NotYours extends Error {}

function mine(is: boolean, what: string): void {
  if (!is) throw new NotYours(what);
}

export interface Owner {
  pay(terminal: EnrolledTerminal, intent: PayIntent): Promise<void>;
  /** An order number begins with its terminal's own; what is stored decides where it is there. */
  order(terminal: EnrolledTerminal, merchantId: string, orderNo: string): Promise<void>;
  refund(terminal: EnrolledTerminal, merchantId: string, requestNo: string): Promise<void>;
  /** False where another terminal has made a refund of this number. */
  mayRefund(terminal: EnrolledTerminal, merchantId: string, requestNo: string): Promise<boolean>;
  receipt(terminal: EnrolledTerminal, merchantId: string, receipt: Receipt): Promise<void>;
  /** False for a sale of which the hub has nothing. */
  sale(terminal: EnrolledTerminal, saleId: string): Promise<boolean>;
}

export function newOwner(
  hub: Pick<Link, "attempt" | "refundState">,
  ledger: Pick<Ledger, "attemptsOfSale">,
): Owner {
  const isMerchant = (terminal: EnrolledTerminal, merchantId: string): void =>
    mine(merchantId === terminal.merchantId, "merchant");

  async function order(
    terminal: EnrolledTerminal,
    merchantId: string,
    orderNo: string,
  ): Promise<void> {
    isMerchant(terminal, merchantId);
    mine(orderNo.startsWith(`${terminal.terminalId}_`), "order number");
    const stored = await hub.attempt(merchantId, orderNo);
    mine(stored === null || stored.terminalId === terminal.terminalId, "order");
  }

  async function sale(terminal: EnrolledTerminal, saleId: string): Promise<boolean> {
    const attempts = await ledger.attemptsOfSale(terminal.merchantId, saleId);
    mine(
      attempts.every((attempt) => attempt.terminalId === terminal.terminalId),
      "sale",
    );
    return attempts.length > 0;
  }

  async function mayRefund(
    terminal: EnrolledTerminal,
    merchantId: string,
    requestNo: string,
  ): Promise<boolean> {
    isMerchant(terminal, merchantId);
    const stored = await hub.refundState(merchantId, requestNo);
    return stored === null || stored.terminalId === terminal.terminalId;
  }

  return {
    order,
    sale,
    mayRefund,
    async pay(terminal, intent) {
      mine(intent.terminalId === terminal.terminalId, "terminal");
      mine(intent.storeId === terminal.store.id, "store");
      await Promise.all([
        order(terminal, intent.merchantId, intent.orderNo),
        sale(terminal, intent.saleId),
      ]);
    },
    async refund(terminal, merchantId, requestNo) {
      mine(await mayRefund(terminal, merchantId, requestNo), "refund");
    },
    async receipt(terminal, merchantId, receipt) {
      const { content } = receipt;
      mine(
        parseReceiptNumber(receipt.number)?.terminalNo === terminal.terminalId,
        "receipt number",
      );
      mine(content.number === receipt.number && content.saleId === receipt.saleId, "receipt");
      mine(content.issuer.terminalNo === terminal.terminalId, "issuer");
      await Promise.all([
        order(terminal, merchantId, content.orderNo),
        sale(terminal, receipt.saleId),
      ]);
    },
  };
}
