import type { Evidence, Fact } from "../../../core/diagnosis/evidence.ts";
import type { Incident } from "../../../core/diagnosis/incident.ts";
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import type { Sale } from "../../../core/payment/sale.ts";
import type { PrintJob } from "../../../core/printing/job.ts";
import type { Receipt } from "../../../core/receipt/receipt.ts";
import type { MoneyRow, SaleRecord, SaleRow } from "../../../ports/journal.ts";
import { lastSentOf, newestJobs } from "../last-sent.ts";
import type { Row, SqliteFile, Value } from "./file.ts";

/** Each finds its rows by an index. */
export const sql = {
  sale: `SELECT doc FROM sale WHERE id = $1`,
  attempts: `SELECT doc FROM attempt WHERE sale_id = $1 ORDER BY n`,
  receipt: `SELECT doc FROM receipt WHERE sale_id = $1 ORDER BY n DESC LIMIT 1`,
  receipts: `SELECT doc FROM receipt WHERE sale_id = $1 ORDER BY n`,
  jobs: `SELECT doc FROM job WHERE sale_id = $1 ORDER BY n`,
  refunds: `SELECT doc FROM refund WHERE sale_id = $1 ORDER BY n`,
  open: `SELECT id FROM sale WHERE settled = 0 ORDER BY n`,
  looseJobs: `SELECT doc FROM job WHERE sale_id IS NULL AND ended = 0 ORDER BY n`,
  job: `SELECT doc, sale_id FROM job WHERE id = $1`,
  newestJobs: `SELECT doc FROM job WHERE n > (SELECT MAX(n) FROM job) - ${newestJobs}`,
  page: `SELECT sale.doc AS sale,
      (SELECT doc FROM attempt WHERE sale_id = sale.id
        ORDER BY CASE state WHEN 'paid' THEN 1 ELSE 0 END DESC, n DESC LIMIT 1) AS attempt,
      (SELECT doc FROM receipt WHERE sale_id = sale.id ORDER BY n DESC LIMIT 1) AS receipt,
      (SELECT doc FROM job WHERE sale_id = sale.id AND slip = 'receipt' AND holder = 'customer'
        ORDER BY n DESC LIMIT 1) AS job,
      (SELECT coalesce(sum(amount_fen), 0) FROM refund
        WHERE sale_id = sale.id AND state = 'done') AS refunded_fen
    FROM sale WHERE n < coalesce((SELECT n FROM sale WHERE id = $1), $2) ORDER BY n DESC LIMIT $3`,
  unpaidSince: `SELECT count(*) AS count FROM attempt AS ended JOIN sale ON sale.id = ended.sale_id
    WHERE ended.state IN ('declined', 'reversed') AND json_extract(ended.doc, '$.endedAtMs') >= $1
      AND sale.state NOT IN ('paid', 'paid_otherwise')
      AND NOT EXISTS (SELECT 1 FROM attempt AS other
        WHERE other.sale_id = sale.id AND (other.state = 'paid' OR other.n > ended.n))`,
  money: `SELECT key, kind, business_day, sale_id, amount_fen, method, operator_no, operator_name,
    at_ms FROM money WHERE business_day = $1 ORDER BY n`,
  moneyDays: `SELECT business_day, count(*) AS count FROM money GROUP BY business_day ORDER BY min(n)`,
  setting: `SELECT value FROM setting WHERE key = $1`,
  request: `SELECT input_hash, result FROM request WHERE key = $1`,
  incidents: `SELECT doc FROM incident WHERE n < coalesce((SELECT n FROM incident WHERE id = $1), $2)
    ORDER BY n DESC LIMIT $3`,
  incidentsOfSale: `SELECT doc FROM incident WHERE sale_id = $1 ORDER BY n DESC`,
  incident: `SELECT doc FROM incident WHERE id = $1`,
  incidentOfCase: `SELECT doc FROM incident WHERE case_no = $1`,
  openIncidents: `SELECT doc FROM incident WHERE closed = 0 ORDER BY n`,
  evidence: `SELECT at_ms, doc FROM evidence WHERE at_ms BETWEEN $1 AND $2 ORDER BY n`,
};

/** What a number on a screen, a paper or a bill may be, in the order in which it is looked for. */
export const finders: readonly string[] = [
  `SELECT id FROM sale WHERE id = $1`,
  `SELECT sale_id AS id FROM attempt WHERE order_no = $1`,
  `SELECT sale_id AS id FROM receipt WHERE number = $1`,
  `SELECT sale_id AS id FROM attempt WHERE provider_trade_no = $1 ORDER BY n LIMIT 1`,
  `SELECT sale_id AS id FROM refund WHERE request_no = $1`,
];

const text = (value: Row[string] | undefined): string | null =>
  typeof value === "string" ? value : null;

/** Docs were written from their type by this adapter alone. */
const parse = <T>(value: Row[string] | undefined): T | null =>
  typeof value === "string" ? (JSON.parse(value) as T) : null;

export class JournalReader {
  readonly #file: SqliteFile;
  constructor(file: SqliteFile) {
    this.#file = file;
  }

  #docs<T>(statement: string, ...values: readonly Value[]): readonly T[] {
    return this.#file.rows(statement, ...values).map((row) => JSON.parse(String(row["doc"])) as T);
  }

  #doc<T>(statement: string, ...values: readonly Value[]): T | null {
    return parse<T>(this.#file.row(statement, ...values)?.["doc"]);
  }

  record(saleId: string): SaleRecord | null {
    const sale = this.#doc<Sale>(sql.sale, saleId);
    if (sale === null) return null;
    return {
      sale,
      attempts: this.#docs<Attempt>(sql.attempts, saleId),
      receipt: this.#doc<Receipt>(sql.receipt, saleId),
      jobs: this.#docs<PrintJob>(sql.jobs, saleId),
      refunds: this.#docs<Refund>(sql.refunds, saleId),
    };
  }

  open(): { readonly records: readonly SaleRecord[]; readonly looseJobs: readonly PrintJob[] } {
    const records = this.#file
      .rows(sql.open)
      .flatMap((row) => this.record(String(row["id"])) ?? []);
    return { records, looseJobs: this.#docs<PrintJob>(sql.looseJobs) };
  }

  findSale(number: string): string | null {
    for (const finder of finders) {
      const row = this.#file.row(finder, number);
      if (row !== undefined) return text(row["id"]);
    }
    return null;
  }

  receipts(saleId: string): readonly Receipt[] {
    return this.#docs<Receipt>(sql.receipts, saleId);
  }

  saleOfJob(jobId: string): string | null {
    return text(this.#file.row(sql.job, jobId)?.["sale_id"]);
  }

  job(jobId: string): PrintJob | null {
    return this.#doc<PrintJob>(sql.job, jobId);
  }

  lastSent(): PrintJob | null {
    return lastSentOf(this.#docs<PrintJob>(sql.newestJobs));
  }

  sales(limit: number, before: string | null): readonly SaleRow[] {
    // An unknown `before` starts behind the oldest: an empty page, not the first one again.
    const end = before === null ? Number.MAX_SAFE_INTEGER : 0;
    return this.#file.rows(sql.page, before, end, limit).map((row) => ({
      sale: JSON.parse(String(row["sale"])) as Sale,
      attempt: parse<Attempt>(row["attempt"]),
      receipt: parse<Receipt>(row["receipt"]),
      job: parse<PrintJob>(row["job"]),
      refundedFen: Number(row["refunded_fen"]) as SaleRow["refundedFen"],
    }));
  }

  unpaidSince(fromMs: number): number {
    return Number(this.#file.row(sql.unpaidSince, fromMs)?.["count"]);
  }

  money(businessDay: string): readonly MoneyRow[] {
    return this.#file.rows(sql.money, businessDay).map((row) => ({
      key: String(row["key"]),
      kind: String(row["kind"]) as MoneyRow["kind"],
      businessDay,
      saleId: String(row["sale_id"]),
      amountFen: Number(row["amount_fen"]) as MoneyRow["amountFen"],
      method: text(row["method"]) as MoneyRow["method"],
      operatorNo: String(row["operator_no"]),
      operatorName: String(row["operator_name"]),
      atMs: Number(row["at_ms"]),
    }));
  }

  moneyDays(): readonly { readonly businessDay: string; readonly count: number }[] {
    return this.#file.rows(sql.moneyDays).map((row) => ({
      businessDay: String(row["business_day"]),
      count: Number(row["count"]),
    }));
  }

  incidents(limit: number, before: string | null): readonly Incident[] {
    const end = before === null ? Number.MAX_SAFE_INTEGER : 0;
    return this.#docs<Incident>(sql.incidents, before, end, limit);
  }

  incidentsOfSale(saleId: string): readonly Incident[] {
    return this.#docs<Incident>(sql.incidentsOfSale, saleId);
  }

  incident(number: string): Incident | null {
    return (
      this.#doc<Incident>(sql.incident, number) ?? this.#doc<Incident>(sql.incidentOfCase, number)
    );
  }

  openIncidents(): readonly Incident[] {
    return this.#docs<Incident>(sql.openIncidents);
  }

  evidence(fromMs: number, untilMs: number): readonly Evidence[] {
    return this.#file.rows(sql.evidence, fromMs, untilMs).map((row) => ({
      atMs: Number(row["at_ms"]),
      fact: JSON.parse(String(row["doc"])) as Fact,
    }));
  }

  setting(key: string): string | null {
    return text(this.#file.row(sql.setting, key)?.["value"]);
  }

  request(key: string): { readonly inputHash: string; readonly result: string } | null {
    const row = this.#file.row(sql.request, key);
    return row ? { inputHash: String(row["input_hash"]), result: String(row["result"]) } : null;
  }
}
