/**
 * The ledger's statements, in the subset that SQLite (3.35 and later) and PostgreSQL share: places $1, $2, … each used
 * in the statement, ON CONFLICT, UPDATE … RETURNING, no functions of one engine.
 */
import type { LedgerWrite } from "../../../ports/ledger.ts";

/** A statement for each kind of write; one that changes no row was refused. */
export const writeSql: Readonly<Record<LedgerWrite["kind"], string>> = {
  insert_attempt: `INSERT INTO attempt (merchant, order_no, sale_id, terminal, state, version, amount_fen,
    provider_trade_no, created_at_ms, due_at_ms, doc)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
  update_attempt: `UPDATE attempt SET state = $3, version = $4, amount_fen = $5, provider_trade_no = $6,
    due_at_ms = $7, lease_until_ms = 0, doc = $8
    WHERE merchant = $1 AND order_no = $2 AND version = $4 - 1 AND state <> 'withdrawn'`,
  insert_refund: `INSERT INTO refund (merchant, request_no, order_no, sale_id, terminal, state, version,
    amount_fen, requested_at_ms, due_at_ms, ended_at_ms, doc)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
  update_refund: `UPDATE refund SET state = $3, version = $4, amount_fen = $5, due_at_ms = $6,
    ended_at_ms = $7, lease_until_ms = 0, doc = $8
    WHERE merchant = $1 AND request_no = $2 AND version = $4 - 1`,
  withdraw_order: `INSERT INTO attempt (merchant, order_no, created_at_ms, sale_id, terminal, state, version,
    amount_fen, doc) VALUES ($1, $2, $3, '', '', 'withdrawn', 0, 0, '') ON CONFLICT DO NOTHING`,
  put_receipt: `INSERT INTO receipt (merchant, number, sale_id, token, issued_at_ms, opened_at_ms, void, doc)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (merchant, number) DO UPDATE SET
    issued_at_ms = excluded.issued_at_ms,
    opened_at_ms = coalesce(receipt.opened_at_ms, excluded.opened_at_ms),
    void = CASE WHEN receipt.void = 1 THEN 1 ELSE excluded.void END, doc = excluded.doc
    WHERE receipt.token = excluded.token AND receipt.sale_id = excluded.sale_id`,
  put_setting: `INSERT INTO setting (key, value) VALUES ($1, $2)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  raise_setting: `INSERT INTO setting (key, value) VALUES ($1, $2)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
    WHERE CAST(setting.value AS BIGINT) < CAST(excluded.value AS BIGINT)`,
  swap_setting: `INSERT INTO setting (key, value) SELECT $1, $3
    WHERE $2 IS NULL OR EXISTS (SELECT 1 FROM setting WHERE key = $1)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE setting.value = $2`,
};

/** The lease stands twice, because the outer condition is checked again after a wait for a lock. */
const claim = (table: string, key: string): string => `UPDATE ${table} SET lease_until_ms = $1
  WHERE (merchant, ${key}) IN (SELECT merchant, ${key} FROM ${table}
    WHERE due_at_ms <= $2 AND lease_until_ms <= $2 ORDER BY due_at_ms, merchant, ${key} LIMIT $3)
  AND lease_until_ms <= $2 RETURNING merchant, ${key} AS key, due_at_ms, doc`;

export const claimSql = {
  attempt: claim("attempt", "order_no"),
  refund: claim("refund", "request_no"),
} as const;

const firstDue = (table: string): string => `SELECT due_at_ms AS at_ms FROM ${table}
  WHERE due_at_ms IS NOT NULL AND lease_until_ms = 0 ORDER BY due_at_ms LIMIT 1`;
/** What is leased falls due again when its lease ends: a lease is only given on what is due. */
const firstLease = (table: string): string => `SELECT lease_until_ms AS at_ms FROM ${table}
  WHERE lease_until_ms > 0 ORDER BY lease_until_ms LIMIT 1`;

export const readSql = {
  attempt: `SELECT doc FROM attempt WHERE merchant = $1 AND order_no = $2 AND state <> 'withdrawn'`,
  attemptByOrder: `SELECT doc FROM attempt WHERE order_no = $1 AND state <> 'withdrawn'
    ORDER BY merchant LIMIT 1`,
  attemptsOfSale: `SELECT doc FROM attempt WHERE merchant = $1 AND sale_id = $2 AND state <> 'withdrawn'
    ORDER BY created_at_ms, order_no`,
  attemptState: `SELECT state FROM attempt WHERE merchant = $1 AND order_no = $2`,
  refund: `SELECT doc FROM refund WHERE merchant = $1 AND request_no = $2`,
  refundsOfOrder: `SELECT doc FROM refund WHERE merchant = $1 AND order_no = $2
    ORDER BY requested_at_ms, request_no`,
  refundsEndedAfter: `SELECT doc FROM refund WHERE merchant = $1 AND terminal = $2
    AND ended_at_ms IS NOT NULL AND (ended_at_ms, request_no) > ($3, $4)
    ORDER BY ended_at_ms, request_no LIMIT $5`,
  interrupted: `SELECT doc FROM attempt WHERE state IN ('created', 'sending')
    ORDER BY created_at_ms, merchant, order_no`,
  // Two questions, so that each is answered by its index.
  attemptsDueAfter: `SELECT doc FROM attempt WHERE due_at_ms IS NOT NULL AND due_at_ms > $1
    UNION SELECT doc FROM attempt WHERE lease_until_ms > 0 AND lease_until_ms > $1`,
  refundsDueAfter: `SELECT doc FROM refund WHERE due_at_ms IS NOT NULL AND due_at_ms > $1
    UNION SELECT doc FROM refund WHERE lease_until_ms > 0 AND lease_until_ms > $1`,
  receiptByToken: `SELECT merchant, opened_at_ms, void, doc FROM receipt WHERE token = $1
    ORDER BY merchant LIMIT 1`,
  setting: `SELECT value FROM setting WHERE key = $1`,
  attemptDue: firstDue("attempt"),
  attemptLease: firstLease("attempt"),
  refundDue: firstDue("refund"),
  refundLease: firstLease("refund"),
} as const;
