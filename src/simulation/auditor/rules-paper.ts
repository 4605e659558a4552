/** What must be true of the papers: only what stands on them counts, whatever our books say. */
import { takenFen, type Evidence } from "./evidence.ts";
import { ofEachSale, type Rule } from "./rule.ts";
import { paperKey, type Slip } from "./slips.ts";
import { wasTaken } from "./truth.ts";

const numberPattern = /^(.+)-(\d+)$/;

export const PAPER_RULES: readonly Rule[] = [
  ofEachSale(
    "paid_has_a_receipt",
    "A sale that keeps money has its original on paper, a copy, an opened e-receipt, or a hold that the till names.",
    (one, { receiptSlips }) => {
      if (takenFen(one) === 0 || one.end?.state !== "paid") return null;
      const isNamed = one.holds.some((hold) => hold.about === "paper");
      if (one.end.eReceiptOpened || isNamed) return null;
      const numbers = one.receipts.map((receipt) => receipt.number);
      const papers = numbers.flatMap((number) => receiptSlips.get(number) ?? []);
      const inHand = papers.some((slip) => slip.whole && slip.holder !== "merchant");
      return inHand ? null : `receipt ${numbers.join(", ") || "none"}: no paper and no word why`;
    },
  ),
  ofEachSale(
    "one_receipt_a_charge",
    "A paid sale has exactly one receipt that isn't void.",
    ({ end, receipts }) => {
      const valid = receipts.filter((receipt) => !receipt.void);
      const wanted = end?.state === "paid" ? 1 : 0;
      return valid.length === wanted ? null : `${valid.length} receipts, state ${end?.state}`;
    },
  ),
  {
    name: "one_original",
    says: "For each number, slip and holder at most one paper carries no mark.",
    check: ({ slips }, found) => {
      const seen = new Set<string>();
      for (const slip of slips.filter((one) => !one.marked)) {
        const key = paperKey(slip);
        if (key === null) continue;
        if (seen.has(key)) found(null, `${key} came out twice without a mark`);
        seen.add(key);
      }
    },
  },
  {
    name: "paper_tells_the_truth",
    says: "A receipt on paper is one that was issued, with its amount, of money that was really taken.",
    check: (evidence, found) => {
      const issued = new Map(evidence.facts.receipts.map((one) => [one.number, one]));
      const trades = new Map(evidence.facts.trades.map((one) => [one.orderNo, one]));
      for (const slip of receiptsOf(evidence)) {
        const receipt = issued.get(slip.number ?? "");
        if (receipt === undefined) {
          found(null, `${slip.number} was never issued`);
          continue;
        }
        const trade = trades.get(receipt.orderNo);
        if (trade === undefined || !wasTaken(trade))
          found(receipt.saleId, `${slip.number} is out and no money was taken`);
        if (slip.amountFen !== null && slip.amountFen !== receipt.amountFen)
          found(receipt.saleId, `${slip.amountFen} on paper, ${receipt.amountFen} fen issued`);
      }
    },
  },
  ofEachSale(
    "confirmed_is_on_paper",
    "A paper that the printer is said to have proven lies there, whole, with its mark where it is a copy.",
    ({ confirmed }, { receiptSlips }) => {
      for (const proof of confirmed.filter((one) => one.level !== "person")) {
        // An original may lie under the torn-off head of a copy, whose mark then seems to be its own.
        const lies = (receiptSlips.get(proof.receiptNumber) ?? []).some(
          (slip) => slip.whole && (slip.marked || !proof.marked) && slip.holder === proof.holder,
        );
        const what = `${proof.receiptNumber} ${proof.holder}${proof.marked ? " copy" : ""}`;
        if (!lies) return `${what} proven by ${proof.level}, and there is no such paper`;
      }
      return null;
    },
  ),
  {
    name: "receipt_numbers_are_unique",
    says: "No receipt number is given twice.",
    check: ({ facts }, found) => {
      for (const [number, all] of Map.groupBy(facts.receipts, (one) => one.number))
        if (all.length > 1) found(all[1]?.saleId ?? null, `${number}, ${all.length} times`);
    },
  },
  {
    name: "receipt_numbers_have_no_gap",
    says: "Each terminal's receipt numbers run from 1 without a gap, except gaps that were recorded.",
    check: ({ facts }, found) => {
      for (const [terminal, receipts] of Map.groupBy(facts.receipts, (one) => one.terminalId)) {
        const given = new Set(receipts.map((one) => Number(numberPattern.exec(one.number)?.[2])));
        const gaps = facts.gaps.filter((one) => one.terminalId === terminal);
        const highest = [...given].reduce((most, one) => Math.max(most, one), 0);
        for (let n = 1; n <= highest; n += 1)
          if (!given.has(n) && !gaps.some((gap) => gap.from <= n && n <= gap.to))
            found(null, `${terminal} has no number ${n}`);
      }
    },
  },
];

const receiptsOf = ({ slips }: Evidence): readonly Slip[] =>
  slips.filter((one) => one.kind === "receipt" && one.number !== null);
