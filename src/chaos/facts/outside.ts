/** What the world outside knows: the gateway's own book. */
import type { BillFact, TradeFact } from "../../simulation/auditor/facts.ts";
import type { Shop } from "../shop/shop.ts";

/** As the sandbox's control interface shows a trade. */
interface TradeRow {
  readonly out_trade_no: string;
  readonly status: string;
  readonly closed_by: string | null;
  readonly total_fen: number;
  readonly created_at: string;
  readonly paid_at: string | null;
  readonly closed_at: string | null;
  readonly refunded_fen: number;
  readonly refunds: readonly {
    readonly out_request_no: string;
    readonly amount_fen: number;
    readonly at: string;
  }[];
}

const tradesMax = 100_000;

export async function tradesOf(shop: Shop): Promise<readonly TradeFact[]> {
  const path = `/control/trades?limit=${tradesMax}`;
  const { trades } = await shop.control<{ trades: readonly TradeRow[] }>("GET", path);
  return trades.map(tradeFact);
}

function tradeFact(row: TradeRow): TradeFact {
  const paidAtMs = row.paid_at === null ? null : Date.parse(row.paid_at);
  return {
    orderNo: row.out_trade_no,
    status: row.status,
    closedBy: row.closed_by,
    totalFen: row.total_fen,
    paidAtMs,
    refundedFen: row.refunded_fen,
    refunds: row.refunds.map((one) => ({
      requestNo: one.out_request_no,
      amountFen: one.amount_fen,
      atMs: Date.parse(one.at),
    })),
    atMs: paidAtMs ?? Date.parse(row.created_at),
  };
}

/** The lines that such a book makes in the provider's bill: what was paid, and each time that money went back. */
export const billOf = (trades: readonly TradeFact[]): readonly BillFact[] =>
  trades.flatMap(({ orderNo, paidAtMs, totalFen, refunds }) =>
    paidAtMs === null
      ? []
      : [
          { orderNo, kind: "paid", amountFen: totalFen } as const,
          ...refunds.map(({ amountFen }) => ({ orderNo, kind: "refunded", amountFen }) as const),
        ],
  );
