import { eventTables } from "./chain.ts";
import type { Schema } from "./migrate.ts";

/**
 * The merchant comes first in every key, so that the tables can be spread by merchant. A withdrawn order number is a
 * row of `attempt` in the state 'withdrawn': whether a number is taken, withdrawn or free is decided by one key, on
 * every engine and whatever runs at the same time.
 */
export const ledgerSchema: Schema = {
  name: "ledger",
  applicationId: 0x43504c31,
  steps: [
    `
CREATE TABLE attempt (
  merchant TEXT NOT NULL,
  order_no TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  terminal TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  provider_trade_no TEXT,
  created_at_ms INTEGER NOT NULL,
  due_at_ms INTEGER,
  lease_until_ms INTEGER NOT NULL DEFAULT 0,
  doc TEXT NOT NULL,
  PRIMARY KEY (merchant, order_no)
) STRICT;
CREATE INDEX attempt_order ON attempt (order_no);
CREATE INDEX attempt_sale ON attempt (merchant, sale_id);
CREATE UNIQUE INDEX attempt_one_of_sale ON attempt (merchant, sale_id)
  WHERE state IN ('created', 'sending', 'awaiting_buyer', 'unknown', 'reversing', 'paid');
CREATE INDEX attempt_due ON attempt (due_at_ms, merchant, order_no) WHERE due_at_ms IS NOT NULL;
CREATE INDEX attempt_leased ON attempt (lease_until_ms) WHERE lease_until_ms > 0;
CREATE INDEX attempt_interrupted ON attempt (created_at_ms) WHERE state IN ('created', 'sending');

CREATE TABLE refund (
  merchant TEXT NOT NULL,
  request_no TEXT NOT NULL,
  order_no TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  terminal TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  requested_at_ms INTEGER NOT NULL,
  due_at_ms INTEGER,
  lease_until_ms INTEGER NOT NULL DEFAULT 0,
  doc TEXT NOT NULL,
  PRIMARY KEY (merchant, request_no)
) STRICT;
CREATE INDEX refund_order ON refund (merchant, order_no);
CREATE INDEX refund_due ON refund (due_at_ms, merchant, request_no) WHERE due_at_ms IS NOT NULL;
CREATE INDEX refund_leased ON refund (lease_until_ms) WHERE lease_until_ms > 0;

CREATE TABLE receipt (
  merchant TEXT NOT NULL,
  number TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  token TEXT NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  opened_at_ms INTEGER,
  doc TEXT NOT NULL,
  PRIMARY KEY (merchant, number)
) STRICT;
CREATE INDEX receipt_token ON receipt (token);

CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

${eventTables}
`,
    `
ALTER TABLE receipt ADD COLUMN void INTEGER NOT NULL DEFAULT 0;
UPDATE receipt SET void = 1 WHERE json_extract(doc, '$.void');
`,
    `
ALTER TABLE refund ADD COLUMN ended_at_ms INTEGER;
UPDATE refund SET ended_at_ms = json_extract(doc, '$.endedAtMs');
CREATE INDEX refund_ended ON refund (merchant, terminal, ended_at_ms, request_no)
  WHERE ended_at_ms IS NOT NULL;
`,
  ],
};
