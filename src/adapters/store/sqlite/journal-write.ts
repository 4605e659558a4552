import type { JournalWrite } from "../../../ports/journal.ts";
import { jobEnded } from "../ended.ts";
import { checkPlain, plainJson } from "../plain.ts";
import type { SqliteFile, Value } from "./file.ts";

type Kind = JournalWrite["kind"];
type Of<K extends Kind> = Extract<JournalWrite, { readonly kind: K }>;

/** A write checked and turned into values, in the moment in which it was asked for. */
export interface PackedWrite {
  readonly kind: Kind;
  readonly values: readonly Value[];
}

/** Writes a row; when its key, the first column, is there, every other column is replaced and `n` stays. */
function upsert(table: string, columns: string): string {
  const [key = "", ...others] = columns.split(" ");
  const places = [key, ...others].map((_, at) => `$${at + 1}`).join(", ");
  const replaced = others.map((column) => `${column} = excluded.${column}`).join(", ");
  return `INSERT INTO ${table} (${[key, ...others].join(", ")}) VALUES (${places})
    ON CONFLICT (${key}) DO UPDATE SET ${replaced}`;
}

/** The same of what belongs to one sale for good: a number that another sale has leaves 0 rows. */
const upsertOfSale = (table: string, columns: string): string =>
  `${upsert(table, columns)} WHERE ${table}.sale_id = excluded.sale_id`;

const sql: Readonly<Record<Kind, string>> = {
  sale: upsert(
    "sale",
    "id merchant terminal state version amount_fen settled created_at_ms changed_at_ms doc",
  ),
  attempt: upsertOfSale(
    "attempt",
    "order_no sale_id state version amount_fen provider_trade_no created_at_ms doc",
  ),
  receipt: upsertOfSale("receipt", "number sale_id issued_at_ms doc"),
  job: upsert("job", "id sale_id receipt_number slip holder state version ended created_at_ms doc"),
  refund: upsertOfSale(
    "refund",
    "request_no sale_id order_no state version amount_fen requested_at_ms doc",
  ),
  money: `INSERT INTO money (key, kind, business_day, sale_id, amount_fen, method, operator_no,
    operator_name, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (key) DO NOTHING`,
  setting: upsert("setting", "key value"),
  // Another answer under the same key would be a second sale: the condition leaves 0 rows, and the commit is refused.
  request: `INSERT INTO request (key, input_hash, result, at_ms) VALUES ($1, $2, $3, $4)
    ON CONFLICT (key) DO UPDATE SET at_ms = request.at_ms
    WHERE request.input_hash = excluded.input_hash AND request.result = excluded.result`,
};

const packers: { readonly [K in Kind]: (write: Of<K>) => readonly Value[] } = {
  sale({ sale, settled }) {
    const doc = plainJson(sale, "sale");
    const { id, merchantId, terminalId, state, version, amountFen } = sale;
    const head = [id, merchantId, terminalId, state, version, amountFen];
    return [...head, settled ? 1 : 0, sale.createdAtMs, sale.changedAtMs, doc];
  },
  attempt({ attempt }) {
    const doc = plainJson(attempt, "attempt");
    const { orderNo, saleId, state, version, amountFen, providerTradeNo, createdAtMs } = attempt;
    return [orderNo, saleId, state, version, amountFen, providerTradeNo, createdAtMs, doc];
  },
  receipt({ receipt }) {
    const doc = plainJson(receipt, "receipt");
    return [receipt.number, receipt.saleId, receipt.issuedAtMs, doc];
  },
  job({ job }) {
    const doc = plainJson(job, "job");
    const ended = jobEnded[job.state] ? 1 : 0;
    const { id, saleId, receiptNumber, slip, holder, state, version } = job;
    const head = [id, saleId, receiptNumber, slip.kind, holder, state, version];
    return [...head, ended, job.createdAtMs, doc];
  },
  refund({ refund }) {
    const doc = plainJson(refund, "refund");
    const { requestNo, saleId, orderNo, state, version, amountFen, requestedAtMs } = refund;
    return [requestNo, saleId, orderNo, state, version, amountFen, requestedAtMs, doc];
  },
  money({ row }) {
    checkPlain(row, "money");
    const { key, kind, businessDay, saleId, amountFen, method, operatorNo, operatorName, atMs } =
      row;
    return [key, kind, businessDay, saleId, amountFen, method, operatorNo, operatorName, atMs];
  },
  setting(write) {
    checkPlain(write, "setting");
    return [write.key, write.value];
  },
  request(write) {
    checkPlain(write, "request");
    return [write.key, write.inputHash, write.result, write.atMs];
  },
};

/** Throws TypeError when the write holds anything that wouldn't come back as it was. */
export function packWrite<K extends Kind>(write: Of<K> & { readonly kind: K }): PackedWrite {
  return { kind: write.kind, values: packers[write.kind](write) };
}

/** Why a write of this kind changed nothing; where it isn't named, that is no fault. */
const refusals: Readonly<Partial<Record<Kind, string>>> = {
  request: "was answered with something else before",
  attempt: "belongs to another sale",
  receipt: "belongs to another sale",
  refund: "belongs to another sale",
};

/** Within a transaction. Throws when a request has another answer already, or a number another sale. */
export function applyWrite(file: SqliteFile, { kind, values }: PackedWrite): void {
  const changed = file.run(sql[kind], ...values);
  const refusal = refusals[kind];
  if (refusal !== undefined && changed === 0) {
    throw new Error(`${kind} ${JSON.stringify(values[0])} ${refusal}`);
  }
}
