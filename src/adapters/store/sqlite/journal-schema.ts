import { eventTables } from "./chain.ts";
import type { Schema } from "./migrate.ts";

/**
 * `n` is the order in which rows were first recorded: the wall clock of a till jumps. What is searched, summed or
 * shown in a list has a column; the whole entity is the JSON text `doc`.
 */
export const journalSchema: Schema = {
  name: "journal",
  applicationId: 0x43504a31,
  steps: [
    `
CREATE TABLE sale (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  merchant TEXT NOT NULL,
  terminal TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  settled INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX sale_open ON sale (n) WHERE settled = 0;

CREATE TABLE attempt (
  n INTEGER PRIMARY KEY,
  order_no TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  provider_trade_no TEXT,
  created_at_ms INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX attempt_sale ON attempt (sale_id);
CREATE INDEX attempt_trade ON attempt (provider_trade_no) WHERE provider_trade_no IS NOT NULL;

CREATE TABLE receipt (
  n INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_sale ON receipt (sale_id);

CREATE TABLE job (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sale_id TEXT,
  receipt_number TEXT,
  slip TEXT NOT NULL,
  holder TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX job_sale ON job (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX job_loose ON job (n) WHERE sale_id IS NULL AND ended = 0;

CREATE TABLE refund (
  n INTEGER PRIMARY KEY,
  request_no TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL,
  order_no TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  requested_at_ms INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX refund_sale ON refund (sale_id);

CREATE TABLE money (
  n INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  business_day TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  method TEXT,
  operator_no TEXT NOT NULL,
  operator_name TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX money_day ON money (business_day);

CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE request (
  key TEXT NOT NULL PRIMARY KEY,
  input_hash TEXT NOT NULL,
  result TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

${eventTables}
CREATE INDEX event_sale ON event (sale_id) WHERE sale_id IS NOT NULL;
`,
    `
CREATE TABLE incident (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_no TEXT NOT NULL UNIQUE,
  sale_id TEXT,
  closed INTEGER NOT NULL,
  opened_at_ms INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX incident_open ON incident (n) WHERE closed = 0;
CREATE INDEX incident_sale ON incident (sale_id) WHERE sale_id IS NOT NULL;

CREATE TABLE evidence (
  n INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_at ON evidence (at_ms);
`,
    `
CREATE INDEX attempt_unpaid ON attempt (json_extract(doc, '$.endedAtMs'))
  WHERE state IN ('declined', 'reversed');
`,
  ],
};
