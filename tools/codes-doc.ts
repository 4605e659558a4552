/**
 * Keeps the file of Alipay's codes in one form (one row a line, so that a change reads as one line) and prints the
 * reference page from it. `test/codes-doc.test.ts` holds both to what this prints.
 * Usage: node tools/codes-doc.ts     after every change of alipay.json
 */
import { writeFileSync } from "node:fs";
import { codeRows, type CodeRow } from "../src/core/payment/codes/codes.ts";
import { FIXER_TEXTS } from "../src/core/text/diagnosis.ts";
import type { Text } from "../src/core/text/text.ts";

export const rowsPath = "src/core/payment/codes/alipay.json";
export const pagePath = "docs/reference/codes.md";

/** The data file: an array, one row a line. */
export const formatRows = (rows: readonly CodeRow[]): string =>
  `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;

const MONEY: Record<CodeRow["outcome"], string> = {
  paid: "paid",
  not_paid: "not paid",
  pending: "buyer is acting",
  unknown: "open",
};

const REFUND: Record<NonNullable<CodeRow["refund_outcome"]>, string> = {
  not_refunded: "refund not made",
  unknown: "refund open",
};

const head = `# Codes of Alipay

Printed by \`node tools/codes-doc.ts\` from \`src/core/payment/codes/alipay.json\`; don't edit it by hand.

- **money** is what the code proves of the payment. *not paid*: this request took no money. *not paid, ask first*: it
  took none, but an older trade under the same number has to be asked for before anyone charges again. *open*: the
  system asks, and reverses if no answer settles it.
- A code that isn't listed is *open*. So is every reply that didn't arrive or whose signature didn't verify.
- A row of the call itself wins over one of "any call". Of these, only the open ones apply to calls that don't charge:
  a refused query says nothing about the trade.
- Spellings are read tolerantly: with or without \`isv.\`, \`isp.\`, \`aop.\`; \`AQC.\` for \`ACQ.\`; \`INVAILID\`.
- Rows whose source is *inferred* are read from the code's name; no document was found for them.
`;

/** The page: one table for each call, in the order of the file. */
export function codesPage(rows: readonly CodeRow[]): string {
  const apis = [...new Set(rows.map((row) => row.api))];
  const parts = apis.map((api) => {
    const own = rows.filter((row) => row.api === api);
    return [
      `## ${api === "*" ? "Any call" : api} (${own.length})`,
      "",
      "| code | meaning | money | family | who acts | at the till | cashier | customer | source |",
      "|---|---|---|---|---|---|---|---|---|",
      ...own.map(line),
      "",
    ].join("\n");
  });
  return `${head}\n${parts.join("\n")}`;
}

function line(row: CodeRow): string {
  const cells = [
    nameCell(row),
    cell({ zh: row.meaning_zh, en: row.meaning_en }),
    moneyCell(row),
    row.family,
    cell(FIXER_TEXTS[row.fixer]),
    cell(row.title),
    cell(row.cashier),
    cell(row.customer),
    row.source,
  ];
  return `| ${cells.join(" | ")} |`;
}

function nameCell(row: CodeRow): string {
  const word = row.sub_code ?? "";
  const code = [row.code ?? "", word.startsWith("(") ? word : word && `\`${word}\``];
  return code.filter((part) => part !== "").join(" ");
}

function moneyCell(row: CodeRow): string {
  const ask = row.outcome === "not_paid" && row.needs_query ? ", ask first" : "";
  const refund = row.refund_outcome === undefined ? "" : `; ${REFUND[row.refund_outcome]}`;
  return `${MONEY[row.outcome]}${ask}${refund}`;
}

const cell = (text: Text): string => `${plain(text.zh)}<br>${plain(text.en)}`;

const plain = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

if (import.meta.main) {
  writeFileSync(rowsPath, formatRows(codeRows));
  writeFileSync(pagePath, codesPage(codeRows));
  console.log(`${rowsPath} and ${pagePath}: ${codeRows.length} rows`);
}
