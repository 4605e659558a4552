/** The reckoning at the end: Alipay's own trades and the papers on the floor against what the tills say. */
import { yuanText, fen } from "../src/core/money/money.ts";
import { fill, type Text } from "../src/core/text/text.ts";
import type { SaleView } from "../src/core/till/view.ts";
import { words as w } from "./words.ts";

export interface Trade {
  readonly out_trade_no: string;
  readonly total_fen: number;
  readonly refunded_fen: number;
  readonly paid_at: string | null;
}

export interface Facts {
  /** One for each customer who came to pay, under the name of the table or the basket. */
  readonly sales: readonly { readonly name: Text; readonly sale: SaleView }[];
  readonly trades: readonly Trade[];
  /** The text of every paper, cut or hanging. */
  readonly papers: readonly string[];
}

interface Row {
  readonly name: Text;
  readonly outcome: SaleView["outcome"];
  readonly amountFen: number;
  /** What Alipay kept, over all orders of this sale. */
  readonly keptFen: number;
  /** How often Alipay kept something. */
  readonly charges: number;
  readonly receipt: string | null;
  readonly confirmed: boolean;
  /** Papers without and with the mark of a copy. */
  readonly originals: number;
  readonly copies: number;
  /** Without the mark and without the amount: torn off before it was whole. */
  readonly halves: number;
}

export interface Books {
  readonly rows: readonly Row[];
  readonly wrong: readonly Text[];
}

const keptOf = ({ paid_at, total_fen, refunded_fen }: Trade): number =>
  paid_at === null ? 0 : total_fen - refunded_fen;
const isCopy = (paper: string): boolean => /补打|重印/.test(paper);

export function booksOf({ sales, trades, papers }: Facts): Books {
  const orders = new Set(sales.flatMap(({ sale }) => sale.attempts.map((one) => one.order_no)));
  const strays = trades.filter((one) => keptOf(one) !== 0 && !orders.has(one.out_trade_no));
  const rows = sales.map(({ name, sale }) => rowOf(name, sale, trades, papers));
  const wrong = [
    ...rows.flatMap(wrongOf),
    ...strays.map((one) => fill(w.stray, { order: one.out_trade_no, yuan: yuan(keptOf(one)) })),
  ];
  return { rows, wrong };
}

function rowOf(
  name: Text,
  sale: SaleView,
  trades: readonly Trade[],
  papers: readonly string[],
): Row {
  const ours = new Set(sale.attempts.map((one) => one.order_no));
  const kept = trades.filter((one) => ours.has(one.out_trade_no)).map(keptOf);
  const receipt = sale.receipt?.number ?? null;
  const mine = papers.filter((paper) => receipt !== null && paper.includes(receipt));
  const unmarked = mine.filter((paper) => !isCopy(paper));
  const hasAmount = (paper: string): boolean => paper.includes(`￥${yuan(sale.amount_fen)}`);
  return {
    name,
    outcome: sale.outcome,
    amountFen: sale.amount_fen,
    keptFen: kept.reduce((sum, one) => sum + one, 0),
    charges: kept.filter((one) => one !== 0).length,
    receipt,
    confirmed: sale.receipt?.job?.state === "confirmed",
    originals: unmarked.filter(hasAmount).length,
    halves: unmarked.filter((paper) => !hasAmount(paper)).length,
    copies: mine.filter(isCopy).length,
  };
}

/** Every rule that a sale can break, as a sentence. */
function wrongOf(row: Row): readonly Text[] {
  const { name, outcome, amountFen, keptFen, charges, confirmed, originals, copies, halves } = row;
  const values = {
    name,
    due: yuan(amountFen),
    kept: yuan(keptFen),
    charges,
    originals: originals + halves,
  };
  const broken: readonly (readonly [boolean, Text])[] = [
    [outcome !== "paid" && outcome !== "declined" && outcome !== "reversed", w.notKnown],
    [outcome !== "paid", w.notPaid],
    [charges > 1, w.chargedTwice],
    [outcome === "paid" && keptFen !== amountFen, w.otherAmount],
    [outcome !== "paid" && keptFen !== 0, w.keptUnpaid],
    [outcome === "paid" && !confirmed, w.notConfirmed],
    [originals + halves > 1, w.twoOriginals],
    [outcome === "paid" && originals + copies === 0, w.noPaper],
    [outcome !== "paid" && originals + copies > 0, w.paperUnpaid],
  ];
  return broken.filter(([holds]) => holds).map(([, text]) => fill(text, values));
}

export const yuan = (amountFen: number): string => yuanText(fen(amountFen));
