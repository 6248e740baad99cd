// Corrections of single values: what stood in the source, what is used instead, who said so and when. Never edited once released.

/** SQL of the step. */
export const correctionsSchema = `
-- One operator's word on one rule of one batch; its corrections are written in chunks.
CREATE TABLE correction_runs (
  id INTEGER PRIMARY KEY,
  batch_no INTEGER NOT NULL REFERENCES batches (no),
  rule_id TEXT NOT NULL,
  fix TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  -- 1: no error was left after it, and a batch that strict mode had kept back was let in. Undoing keeps it back again.
  let_in INTEGER NOT NULL DEFAULT 0 CHECK (let_in IN (0, 1))
) STRICT;
-- Serves: the corrections that stand in a batch.
CREATE INDEX correction_runs_by_batch ON correction_runs (batch_no);

CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES correction_runs (id),
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  -- Names the value in its record.
  field TEXT NOT NULL,
  -- Canonical names read from it, by line feeds.
  names TEXT NOT NULL,
  before_text TEXT NOT NULL,
  after_text TEXT NOT NULL,
  undone_at_ms INTEGER,
  undone_by TEXT,
  CHECK (before_text <> after_text),
  CHECK ((undone_at_ms IS NULL) = (undone_by IS NULL))
) STRICT;
-- Serves: every reading of an invoice, and its history.
CREATE INDEX corrections_by_invoice ON corrections (invoice_id);
-- Serves: what of a run still stands.
CREATE INDEX corrections_by_run ON corrections (run_id);
CREATE TRIGGER corrections_are_kept BEFORE DELETE ON corrections
BEGIN SELECT raise(ABORT, 'corrections are never removed'); END;
CREATE TRIGGER corrections_are_not_changed BEFORE UPDATE ON corrections
WHEN old.undone_at_ms IS NOT NULL OR new.run_id <> old.run_id OR new.invoice_id <> old.invoice_id OR new.field <> old.field
  OR new.before_text <> old.before_text OR new.after_text <> old.after_text
BEGIN SELECT raise(ABORT, 'a correction is only ever undone, once'); END;

-- Raised whenever an invoice's corrections change: a document made of another version is not released.
ALTER TABLE invoices ADD COLUMN content_version INTEGER NOT NULL DEFAULT 0;
-- What the check at the import found, once a correction has changed what is found now; NULL before.
ALTER TABLE invoices ADD COLUMN imported_error_count INTEGER;
ALTER TABLE invoices ADD COLUMN imported_warning_count INTEGER;
-- Raised with any of its invoices: lists of the batch are ordered and searched by values that may have changed.
ALTER TABLE batches ADD COLUMN content_version INTEGER NOT NULL DEFAULT 0;
-- Counts follow an amount that is corrected while the state stays; changes of state have a trigger of their own.
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
