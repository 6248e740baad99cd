// The first version of the database's schema. Never edited once released: a change is a new migration.

/** Batches, their files, invoices and problems. */
const importTables = `
CREATE TABLE batches (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('importing', 'imported', 'keptBack')),
  mode TEXT NOT NULL CHECK (mode IN ('strict', 'lenient')),
  owner_pid INTEGER NOT NULL,
  -- Imports and accepted batches are numbered as they become visible; an import compares with what became visible after its beginning.
  begun_after_order INTEGER NOT NULL,
  visible_order INTEGER,
  begun_at_ms INTEGER NOT NULL,
  imported_at_ms INTEGER,
  imported_by TEXT NOT NULL,
  source_batch_id TEXT,
  format TEXT,
  format_version TEXT,
  seller_name TEXT,
  period_start TEXT,
  period_end TEXT,
  due_date_min TEXT,
  due_date_max TEXT,
  read_count INTEGER NOT NULL DEFAULT 0 CHECK (read_count >= 0),
  skipped_count INTEGER NOT NULL DEFAULT 0 CHECK (skipped_count >= 0),
  error_count INTEGER NOT NULL DEFAULT 0,
  warning_count INTEGER NOT NULL DEFAULT 0,
  CHECK (state = 'importing' OR (imported_at_ms IS NOT NULL AND visible_order IS NOT NULL AND format IS NOT NULL))
) STRICT;
-- Serves: which batches became visible while another was imported.
CREATE INDEX batches_by_visible_order ON batches (visible_order);

CREATE TABLE batch_files (
  batch_no INTEGER NOT NULL REFERENCES batches (no) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  is_finished INTEGER NOT NULL DEFAULT 0 CHECK (is_finished IN (0, 1)),
  format TEXT,
  format_version TEXT,
  source_batch_id TEXT,
  seller_name TEXT,
  period_start TEXT,
  period_end TEXT,
  invoice_count INTEGER NOT NULL DEFAULT 0,
  line_count INTEGER NOT NULL DEFAULT 0,
  context_json TEXT,
  line_index_json TEXT,
  PRIMARY KEY (batch_no, ordinal)
) STRICT, WITHOUT ROWID;
-- Serves: "was this file imported before?".
CREATE INDEX batch_files_by_sha256 ON batch_files (sha256);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  batch_no INTEGER NOT NULL REFERENCES batches (no),
  ordinal INTEGER NOT NULL,
  file_ordinal INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  source_line INTEGER NOT NULL,
  source_column INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'creditNote')),
  invoice_number TEXT NOT NULL,
  seller_key TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  city TEXT NOT NULL,
  email TEXT,
  invoice_date TEXT,
  due_date TEXT,
  currency TEXT NOT NULL,
  payable_minor INTEGER,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sftp')),
  state TEXT NOT NULL CHECK (state IN ('ready', 'held', 'quarantined', 'waiting', 'sent', 'failed', 'unknown')),
  error_count INTEGER NOT NULL,
  warning_count INTEGER NOT NULL,
  content_sha256 TEXT NOT NULL,
  customer_key TEXT NOT NULL,
  city_key TEXT NOT NULL,
  search_text TEXT NOT NULL,
  -- An invoice without an amount can never be sent.
  CHECK (state = 'quarantined' OR payable_minor IS NOT NULL)
) STRICT;
-- Serves: every list over one batch's invoices; the order of the file is the table's natural order.
CREATE UNIQUE INDEX invoices_by_batch ON invoices (batch_no, ordinal);
-- Serves: the check for an invoice number that is already there, and the look-up by number.
CREATE INDEX invoices_by_number ON invoices (invoice_number, seller_key);

-- Invoices and money by state, kept by the trigger below, so that a list of batches reads a handful of rows.
CREATE TABLE invoice_counts (
  batch_no INTEGER NOT NULL REFERENCES batches (no) ON DELETE CASCADE,
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  invoice_count INTEGER NOT NULL CHECK (invoice_count >= 0),
  amount_minor INTEGER NOT NULL,
  PRIMARY KEY (batch_no, state, currency)
) STRICT, WITHOUT ROWID;
-- While a batch is being imported it has no counts and nothing is counted; the import's last transaction writes them.
CREATE TRIGGER invoice_state_counted AFTER UPDATE OF state ON invoices
WHEN old.state <> new.state AND EXISTS (SELECT 1 FROM invoice_counts WHERE batch_no = new.batch_no)
BEGIN
  UPDATE invoice_counts SET invoice_count = invoice_count - 1, amount_minor = amount_minor - coalesce(old.payable_minor, 0)
  WHERE batch_no = old.batch_no AND state = old.state AND currency = old.currency;
  INSERT INTO invoice_counts (batch_no, state, currency, invoice_count, amount_minor)
  VALUES (new.batch_no, new.state, new.currency, 1, coalesce(new.payable_minor, 0))
  ON CONFLICT (batch_no, state, currency) DO UPDATE
  SET invoice_count = invoice_count + 1, amount_minor = amount_minor + excluded.amount_minor;
END;

CREATE TABLE problems (
  id INTEGER PRIMARY KEY,
  batch_no INTEGER NOT NULL REFERENCES batches (no),
  file_ordinal INTEGER NOT NULL,
  rule_id TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  source_line INTEGER,
  source_column INTEGER,
  end_line INTEGER,
  end_column INTEGER,
  path TEXT,
  found TEXT,
  expected TEXT,
  params_json TEXT NOT NULL,
  invoice_ordinal INTEGER,
  invoice_number TEXT
) STRICT;
-- Serves: the findings of one rule, and the first of each as its sample.
CREATE INDEX problems_by_rule ON problems (batch_no, rule_id);
-- Serves: one invoice's findings, and all of a batch in the order of the file.
CREATE INDEX problems_by_invoice ON problems (batch_no, invoice_ordinal);

-- Exact counts, also where the findings themselves are no longer stored one by one.
CREATE TABLE problem_counts (
  batch_no INTEGER NOT NULL REFERENCES batches (no) ON DELETE CASCADE,
  rule_id TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  problem_count INTEGER NOT NULL,
  stored_count INTEGER NOT NULL,
  invoice_count INTEGER NOT NULL,
  PRIMARY KEY (batch_no, rule_id, severity)
) STRICT, WITHOUT ROWID;
`;

/** Connections, lanes, deliveries, attempts and receipts. */
const deliveryTables = `
CREATE TABLE connections (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sftp')),
  endpoint TEXT NOT NULL CHECK (endpoint IN ('practice', 'test', 'production')),
  config_json TEXT NOT NULL,
  secret_json TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  last_test_json TEXT,
  -- A removed connection stays for the history of its deliveries.
  removed_at_ms INTEGER
) STRICT, WITHOUT ROWID;
-- Serves: look-up by name; two connections in use never share one.
CREATE UNIQUE INDEX connections_by_name ON connections (name COLLATE NOCASE) WHERE removed_at_ms IS NULL;

CREATE TABLE lanes (
  connection_id TEXT PRIMARY KEY REFERENCES connections (id),
  blocked_by TEXT CHECK (blocked_by IN ('paused', 'pausedByFailures', 'offline', 'secretMissing', 'hostKeyChanged')),
  block_detail TEXT,
  blocked_at_ms INTEGER,
  last_answer TEXT,
  last_answer_at_ms INTEGER
) STRICT, WITHOUT ROWID;
-- Accepted deliveries per five seconds; only the last minutes are kept.
CREATE TABLE lane_rates (
  connection_id TEXT NOT NULL REFERENCES connections (id),
  slot INTEGER NOT NULL,
  accepted_count INTEGER NOT NULL,
  PRIMARY KEY (connection_id, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE index_files (
  id INTEGER PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connections (id),
  batch_no INTEGER NOT NULL REFERENCES batches (no),
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  written_at_ms INTEGER,
  UNIQUE (connection_id, batch_no, name)
) STRICT;
-- Serves: index files that are still to be written.
CREATE INDEX index_files_unwritten ON index_files (connection_id) WHERE written_at_ms IS NULL;

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  batch_no INTEGER NOT NULL REFERENCES batches (no),
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  connection_id TEXT NOT NULL REFERENCES connections (id),
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sftp')),
  target TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'claimed', 'sending', 'accepted', 'rejected', 'waiting', 'unknown', 'failed', 'cancelled')),
  -- 0 while the delivery counts, its own id once it is cancelled. Apart from the state, so that the indexes below are not rewritten at every step.
  cancelled_no INTEGER NOT NULL DEFAULT 0 CHECK (cancelled_no IN (0, id) AND (cancelled_no = 0) = (state <> 'cancelled')),
  generation INTEGER NOT NULL CHECK (generation >= 0),
  idempotency_key TEXT NOT NULL CHECK (length(idempotency_key) = 64),
  document_sha256 TEXT NOT NULL CHECK (length(document_sha256) = 64),
  document_size_bytes INTEGER NOT NULL,
  document_file_name TEXT NOT NULL,
  released_at_ms INTEGER NOT NULL,
  released_by TEXT NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  attempt_count INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  -- When the first try since the release or the operator's retry was answered; waiting for a connection uses up nothing.
  budget_from_ms INTEGER,
  -- 0 is taken before 1: what the operator wants tried now.
  queue_rank INTEGER NOT NULL DEFAULT 1 CHECK (queue_rank IN (0, 1)),
  due_at_ms INTEGER NOT NULL,
  claim_fence INTEGER,
  last_code TEXT,
  last_detail TEXT,
  last_phase TEXT,
  updated_at_ms INTEGER NOT NULL,
  index_file_id INTEGER REFERENCES index_files (id),
  CHECK ((state IN ('claimed', 'sending')) = (claim_fence IS NOT NULL))
) STRICT;
-- Serves: nothing is released twice; a cancelled one was certainly not sent and may be released again.
CREATE UNIQUE INDEX deliveries_by_key ON deliveries (idempotency_key) WHERE cancelled_no = 0;
-- Serves: one invoice's deliveries; keeps those that count to one for each connection and generation.
CREATE UNIQUE INDEX deliveries_by_invoice ON deliveries (invoice_id, cancelled_no, connection_id, generation);
-- Serves: lists of a batch's deliveries, and the search for those an act of the operator means.
CREATE INDEX deliveries_by_batch ON deliveries (batch_no, connection_id);
-- Serves: the claim, and what is due next.
CREATE INDEX deliveries_due ON deliveries (connection_id, queue_rank, due_at_ms) WHERE state IN ('queued', 'waiting');
-- Serves: recovery after a crash; holds only what is under way.
CREATE INDEX deliveries_under_way ON deliveries (claim_fence) WHERE claim_fence IS NOT NULL;
-- Serves: accepted files that no index file lists yet.
CREATE INDEX deliveries_unlisted ON deliveries (connection_id, batch_no) WHERE state = 'accepted' AND channel = 'sftp' AND index_file_id IS NULL;
-- Serves: the lines of one index file.
CREATE INDEX deliveries_of_index_file ON deliveries (index_file_id) WHERE index_file_id IS NOT NULL;

CREATE TABLE delivery_counts (
  batch_no INTEGER NOT NULL REFERENCES batches (no),
  connection_id TEXT NOT NULL REFERENCES connections (id),
  state TEXT NOT NULL,
  delivery_count INTEGER NOT NULL CHECK (delivery_count >= 0),
  PRIMARY KEY (batch_no, connection_id, state)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER delivery_counted AFTER INSERT ON deliveries
BEGIN
  INSERT INTO delivery_counts (batch_no, connection_id, state, delivery_count) VALUES (new.batch_no, new.connection_id, new.state, 1)
  ON CONFLICT (batch_no, connection_id, state) DO UPDATE SET delivery_count = delivery_count + 1;
END;
CREATE TRIGGER delivery_state_counted AFTER UPDATE OF state ON deliveries WHEN old.state <> new.state
BEGIN
  UPDATE delivery_counts SET delivery_count = delivery_count - 1
  WHERE batch_no = old.batch_no AND connection_id = old.connection_id AND state = old.state;
  INSERT INTO delivery_counts (batch_no, connection_id, state, delivery_count) VALUES (new.batch_no, new.connection_id, new.state, 1)
  ON CONFLICT (batch_no, connection_id, state) DO UPDATE SET delivery_count = delivery_count + 1;
END;
CREATE TRIGGER deliveries_are_kept BEFORE DELETE ON deliveries
BEGIN SELECT raise(ABORT, 'deliveries are never removed'); END;
CREATE TRIGGER delivery_identity_is_frozen
BEFORE UPDATE OF batch_no, invoice_id, connection_id, channel, target, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name ON deliveries
BEGIN SELECT raise(ABORT, 'what a release froze is never changed'); END;

CREATE TABLE attempts (
  delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  outcome TEXT NOT NULL CHECK (outcome IN ('open', 'accepted', 'refused', 'notSent', 'throttled', 'unknown')),
  phase TEXT NOT NULL CHECK (phase IN ('preparing', 'connected', 'bodyStarted', 'bodyFinished', 'effect', 'replySeen')),
  counts INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
  code TEXT,
  detail TEXT,
  PRIMARY KEY (delivery_id, number),
  CHECK ((outcome = 'open') = (ended_at_ms IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ended_attempts_are_kept BEFORE UPDATE ON attempts WHEN old.outcome <> 'open'
BEGIN SELECT raise(ABORT, 'an ended attempt is never changed'); END;
CREATE TRIGGER attempts_are_kept BEFORE DELETE ON attempts
BEGIN SELECT raise(ABORT, 'attempts are never removed'); END;

CREATE TABLE receipts (
  id INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL,
  attempt_number INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('reply', 'lookUp')),
  at_ms INTEGER NOT NULL,
  receipt_json TEXT NOT NULL,
  FOREIGN KEY (delivery_id, attempt_number) REFERENCES attempts (delivery_id, number)
) STRICT;
-- Serves: the receipts of a delivery's attempts.
CREATE INDEX receipts_by_delivery ON receipts (delivery_id, attempt_number);
CREATE TRIGGER receipts_are_not_changed BEFORE UPDATE ON receipts
BEGIN SELECT raise(ABORT, 'a receipt is never changed'); END;
CREATE TRIGGER receipts_are_kept BEFORE DELETE ON receipts
BEGIN SELECT raise(ABORT, 'receipts are never removed'); END;
`;

/** The runner's lease, the audit log, settings and remembered replies. */
const workspaceTables = `
CREATE TABLE runner_lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  holder_pid INTEGER,
  holder_id TEXT,
  fence INTEGER NOT NULL,
  held_until_ms INTEGER NOT NULL
) STRICT;
INSERT INTO runner_lease (id, holder_pid, holder_id, fence, held_until_ms) VALUES (1, NULL, NULL, 0, 0);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  batch_no INTEGER,
  facts_json TEXT NOT NULL
) STRICT;
-- Which invoices an act over many concerned. Serves: one invoice's timeline.
CREATE TABLE audit_invoices (
  invoice_id INTEGER NOT NULL,
  audit_id INTEGER NOT NULL REFERENCES audit (id),
  -- 0 where the act was about the invoice itself.
  delivery_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (invoice_id, audit_id, delivery_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is never shortened'); END;
CREATE TRIGGER audit_invoices_are_not_changed BEFORE UPDATE ON audit_invoices
BEGIN SELECT raise(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_invoices_are_kept BEFORE DELETE ON audit_invoices
BEGIN SELECT raise(ABORT, 'the audit log is never shortened'); END;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE replies (
  request_id TEXT PRIMARY KEY,
  method TEXT NOT NULL,
  reply_json TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Serves: forgetting replies that are a day old.
CREATE INDEX replies_by_age ON replies (at_ms);
`;

/** SQL of version 1. */
export const initialSchema = `${importTables}${deliveryTables}${workspaceTables}`;
