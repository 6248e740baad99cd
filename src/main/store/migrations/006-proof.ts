// What a proof is made from: invoices that were excluded, sums frozen at the import, amounts that changed later, receipts as files. Never edited once released.

/** The invoice table with one more state. A CHECK cannot be changed in place: the table is written anew, with its indexes and triggers. */
const invoicesWithExcluded = `
CREATE TABLE invoices_anew (
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
  state TEXT NOT NULL CHECK (state IN ('ready', 'held', 'excluded', 'quarantined', 'waiting', 'sent', 'failed', 'unknown')),
  error_count INTEGER NOT NULL,
  warning_count INTEGER NOT NULL,
  content_sha256 TEXT NOT NULL,
  customer_key TEXT NOT NULL,
  city_key TEXT NOT NULL,
  search_text TEXT NOT NULL,
  content_version INTEGER NOT NULL DEFAULT 0,
  imported_error_count INTEGER,
  imported_warning_count INTEGER,
  customer_ref TEXT NOT NULL DEFAULT '',
  vat_rate TEXT,
  payee_accounts TEXT NOT NULL DEFAULT '',
  -- An invoice without an amount can never be sent.
  CHECK (state = 'quarantined' OR payable_minor IS NOT NULL)
) STRICT;
INSERT INTO invoices_anew (id, batch_no, ordinal, file_ordinal, byte_offset, byte_length, source_line, source_column, kind, invoice_number, seller_key, customer_name, city, email,
  invoice_date, due_date, currency, payable_minor, channel, state, error_count, warning_count, content_sha256, customer_key, city_key, search_text, content_version, imported_error_count, imported_warning_count, customer_ref, vat_rate, payee_accounts)
SELECT id, batch_no, ordinal, file_ordinal, byte_offset, byte_length, source_line, source_column, kind, invoice_number, seller_key, customer_name, city, email,
  invoice_date, due_date, currency, payable_minor, channel, state, error_count, warning_count, content_sha256, customer_key, city_key, search_text, content_version, imported_error_count, imported_warning_count, customer_ref, vat_rate, payee_accounts
FROM invoices ORDER BY id;
DROP TABLE invoices;
ALTER TABLE invoices_anew RENAME TO invoices;
-- Serves: every list over one batch's invoices; the order of the file is the table's natural order.
CREATE UNIQUE INDEX invoices_by_batch ON invoices (batch_no, ordinal);
-- Serves: the check for an invoice number that is already there, and the look-up by number.
CREATE INDEX invoices_by_number ON invoices (invoice_number, seller_key);
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
CREATE TRIGGER invoice_amount_counted AFTER UPDATE OF payable_minor, currency ON invoices
WHEN old.state = new.state AND (old.payable_minor IS NOT new.payable_minor OR old.currency <> new.currency)
  AND EXISTS (SELECT 1 FROM invoice_counts WHERE batch_no = new.batch_no)
BEGIN
  UPDATE invoice_counts SET invoice_count = invoice_count - 1, amount_minor = amount_minor - coalesce(old.payable_minor, 0)
  WHERE batch_no = old.batch_no AND state = old.state AND currency = old.currency;
  INSERT INTO invoice_counts (batch_no, state, currency, invoice_count, amount_minor)
  VALUES (new.batch_no, new.state, new.currency, 1, coalesce(new.payable_minor, 0))
  ON CONFLICT (batch_no, state, currency) DO UPDATE
  SET invoice_count = invoice_count + 1, amount_minor = amount_minor + excluded.amount_minor;
END;
`;

/** What came in, frozen as the batch became visible, and what was changed afterwards: the proof holds the rows of today against both. */
const importSums = `
CREATE TABLE import_sums (
  batch_no INTEGER NOT NULL REFERENCES batches (no) ON DELETE CASCADE,
  currency TEXT NOT NULL,
  invoice_count INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  PRIMARY KEY (batch_no, currency)
) STRICT, WITHOUT ROWID;
INSERT INTO import_sums (batch_no, currency, invoice_count, amount_minor)
SELECT i.batch_no, i.currency, count(*), coalesce(sum(i.payable_minor), 0) FROM invoices i JOIN batches b ON b.no = i.batch_no
WHERE b.state <> 'importing' GROUP BY i.batch_no, i.currency;
CREATE TRIGGER import_sums_written AFTER UPDATE OF state ON batches WHEN old.state = 'importing' AND new.state <> 'importing'
BEGIN
  INSERT INTO import_sums (batch_no, currency, invoice_count, amount_minor)
  SELECT batch_no, currency, count(*), coalesce(sum(payable_minor), 0) FROM invoices WHERE batch_no = new.no GROUP BY currency;
END;
CREATE TRIGGER import_sums_are_not_changed BEFORE UPDATE ON import_sums
BEGIN SELECT raise(ABORT, 'what came in is never changed'); END;

CREATE TABLE amount_changes (
  id INTEGER PRIMARY KEY,
  batch_no INTEGER NOT NULL REFERENCES batches (no),
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  currency_before TEXT NOT NULL,
  minor_before INTEGER,
  currency_after TEXT NOT NULL,
  minor_after INTEGER
) STRICT;
-- Serves: the changes of one batch, for its proof.
CREATE INDEX amount_changes_by_batch ON amount_changes (batch_no);
CREATE TRIGGER amount_change_noted AFTER UPDATE OF payable_minor, currency ON invoices
WHEN (old.payable_minor IS NOT new.payable_minor OR old.currency <> new.currency)
  AND EXISTS (SELECT 1 FROM batches WHERE no = new.batch_no AND state <> 'importing')
BEGIN
  INSERT INTO amount_changes (batch_no, invoice_id, currency_before, minor_before, currency_after, minor_after)
  VALUES (new.batch_no, new.id, old.currency, old.payable_minor, new.currency, new.payable_minor);
END;
CREATE TRIGGER amount_changes_are_not_changed BEFORE UPDATE ON amount_changes
BEGIN SELECT raise(ABORT, 'a change of an amount is never changed'); END;
CREATE TRIGGER amount_changes_are_kept BEFORE DELETE ON amount_changes
BEGIN SELECT raise(ABORT, 'changes of amounts are never removed'); END;
`;

/** The hash of each receipt's file, and up to which receipt the files are on disk. */
const receiptFiles = `
-- NULL: from before receipts were kept as files.
ALTER TABLE receipts ADD COLUMN file_sha256 TEXT CHECK (length(file_sha256) = 64);
CREATE TABLE receipt_files (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  kept_to INTEGER NOT NULL
) STRICT;
INSERT INTO receipt_files (id, kept_to) SELECT 1, coalesce(max(id), 0) FROM receipts;
`;

/** SQL of the step. */
export const proofSchema = `${invoicesWithExcluded}${importSums}${receiptFiles}`;
