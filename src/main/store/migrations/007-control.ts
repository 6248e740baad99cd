// Control over deliveries: holds, wished times, releases written in steps with their first few, and what replaces what. Never edited once released.

/** The migration's SQL. */
export const controlSchema = `
-- A release that is written in steps. Until it is 'live' nothing of it is taken; one whose process died before is taken back.
CREATE TABLE release_runs (
  id INTEGER PRIMARY KEY,
  batch_no INTEGER NOT NULL REFERENCES batches (no),
  state TEXT NOT NULL CHECK (state IN ('writing', 'live', 'takenBack')),
  owner_pid INTEGER NOT NULL,
  actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  -- 1: only the first few go, the rest waits for a decision.
  is_trial INTEGER NOT NULL CHECK (is_trial IN (0, 1)),
  decision TEXT CHECK (decision IN ('goOn', 'stop')),
  decided_by TEXT,
  decided_at_ms INTEGER,
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at_ms IS NULL)),
  CHECK (decision IS NULL OR (is_trial = 1 AND state = 'live'))
) STRICT;
-- Serves: what of earlier processes is to be settled, and which decisions are open.
CREATE INDEX release_runs_unsettled ON release_runs (state) WHERE state = 'writing' OR is_trial = 1;

ALTER TABLE deliveries ADD COLUMN hold TEXT CHECK (hold IS NULL OR (hold IN ('operator', 'trial', 'release') AND state IN ('queued', 'waiting')));
ALTER TABLE deliveries ADD COLUMN not_before_ms INTEGER;
ALTER TABLE deliveries ADD COLUMN release_run_id INTEGER REFERENCES release_runs (id);
-- 1: one of the first few.
ALTER TABLE deliveries ADD COLUMN is_first INTEGER NOT NULL DEFAULT 0 CHECK (is_first IN (0, 1));
-- The request that ordered a copy: repeated after a crash it orders none.
ALTER TABLE deliveries ADD COLUMN copy_request_id TEXT CHECK (copy_request_id IS NULL OR generation > 0);
-- What is held is not in the queue: neither the claim nor the next due time sees it.
DROP INDEX deliveries_due;
-- Serves: the claim, and what is due next.
CREATE INDEX deliveries_due ON deliveries (connection_id, queue_rank, due_at_ms) WHERE state IN ('queued', 'waiting') AND hold IS NULL;
-- Serves: how many are held, and letting a release's go.
CREATE INDEX deliveries_held ON deliveries (batch_no, hold, release_run_id, connection_id) WHERE hold IS NOT NULL;
-- Serves: how the first few of a release fared.
CREATE INDEX deliveries_first ON deliveries (release_run_id) WHERE is_first = 1;
-- Serves: one copy for one order.
CREATE UNIQUE INDEX deliveries_copy_order ON deliveries (copy_request_id) WHERE copy_request_id IS NOT NULL;

-- An e-mail address used in place of the source's, from then on.
CREATE TABLE address_changes (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  before_text TEXT NOT NULL,
  after_text TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
-- Serves: the address an invoice has now.
CREATE INDEX address_changes_by_invoice ON address_changes (invoice_id);
CREATE TRIGGER address_changes_are_not_changed BEFORE UPDATE ON address_changes
BEGIN SELECT raise(ABORT, 'a change of address is never changed'); END;
CREATE TRIGGER address_changes_are_kept BEFORE DELETE ON address_changes
BEGIN SELECT raise(ABORT, 'changes of address are never removed'); END;
`;
