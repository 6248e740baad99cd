// Channels whose peers take data instead of a PDF, and deliveries in two steps. A CHECK cannot be changed in place: the tables are written anew. Never edited once released.

/** Every channel that a connection or a delivery can have from here on. */
const channelCheck = "channel TEXT NOT NULL CHECK (channel IN ('email', 'sftp', 'svea', 'sendregning'))";

const connectionsAnew = `
CREATE TABLE connections_anew (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  ${channelCheck},
  endpoint TEXT NOT NULL CHECK (endpoint IN ('practice', 'test', 'production')),
  config_json TEXT NOT NULL,
  secret_json TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  last_test_json TEXT,
  -- A removed connection stays for the history of its deliveries.
  removed_at_ms INTEGER,
  -- What the operator limits; {} = nothing.
  limits_json TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
INSERT INTO connections_anew (id, name, channel, endpoint, config_json, secret_json, created_at_ms, last_test_json, removed_at_ms, limits_json)
SELECT id, name, channel, endpoint, config_json, secret_json, created_at_ms, last_test_json, removed_at_ms, limits_json FROM connections;
DROP TABLE connections;
ALTER TABLE connections_anew RENAME TO connections;
-- Serves: look-up by name; two connections in use never share one.
CREATE UNIQUE INDEX connections_by_name ON connections (name COLLATE NOCASE) WHERE removed_at_ms IS NULL;
`;

const kept = `id, batch_no, invoice_id, connection_id, channel, target, state, cancelled_no, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name,
  released_at_ms, released_by, attempt, attempt_count, tries, budget_from_ms, queue_rank, due_at_ms, claim_fence, last_code, last_detail, last_phase, updated_at_ms, index_file_id,
  hold, not_before_ms, release_run_id, is_first, copy_request_id`;

const deliveriesAnew = `
CREATE TABLE deliveries_anew (
  id INTEGER PRIMARY KEY,
  batch_no INTEGER NOT NULL REFERENCES batches (no),
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  connection_id TEXT NOT NULL REFERENCES connections (id),
  ${channelCheck},
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
  hold TEXT CHECK (hold IS NULL OR (hold IN ('operator', 'trial', 'release') AND state IN ('queued', 'waiting'))),
  not_before_ms INTEGER,
  release_run_id INTEGER REFERENCES release_runs (id),
  -- 1: one of the first few.
  is_first INTEGER NOT NULL DEFAULT 0 CHECK (is_first IN (0, 1)),
  -- The request that ordered a copy: repeated after a crash it orders none.
  copy_request_id TEXT CHECK (copy_request_id IS NULL OR generation > 0),
  -- Which of its channel's steps this is, and how many there are: a service may take an order first and its delivery after.
  step INTEGER NOT NULL DEFAULT 1 CHECK (step >= 1 AND step <= steps),
  steps INTEGER NOT NULL DEFAULT 1,
  -- The accepted step before this one.
  previous_id INTEGER REFERENCES deliveries (id),
  CHECK ((step = 1) = (previous_id IS NULL)),
  CHECK ((state IN ('claimed', 'sending')) = (claim_fence IS NOT NULL))
) STRICT;
INSERT INTO deliveries_anew (${kept}) SELECT ${kept} FROM deliveries ORDER BY id;
DROP TABLE deliveries;
ALTER TABLE deliveries_anew RENAME TO deliveries;
-- Serves: nothing is released twice; a cancelled one was certainly not sent and may be released again.
CREATE UNIQUE INDEX deliveries_by_key ON deliveries (idempotency_key) WHERE cancelled_no = 0;
-- Serves: one invoice's deliveries; keeps those that count to one for each connection, generation and step.
CREATE UNIQUE INDEX deliveries_by_invoice ON deliveries (invoice_id, cancelled_no, connection_id, generation, step);
-- Serves: lists of a batch's deliveries, and the search for those an act of the operator means.
CREATE INDEX deliveries_by_batch ON deliveries (batch_no, connection_id);
-- Serves: recovery after a crash; holds only what is under way.
CREATE INDEX deliveries_under_way ON deliveries (claim_fence) WHERE claim_fence IS NOT NULL;
-- Serves: accepted files that no index file lists yet.
CREATE INDEX deliveries_unlisted ON deliveries (connection_id, batch_no) WHERE state = 'accepted' AND channel = 'sftp' AND index_file_id IS NULL;
-- Serves: the lines of one index file.
CREATE INDEX deliveries_of_index_file ON deliveries (index_file_id) WHERE index_file_id IS NOT NULL;
-- Serves: the claim, and what is due next.
CREATE INDEX deliveries_due ON deliveries (connection_id, queue_rank, due_at_ms) WHERE state IN ('queued', 'waiting') AND hold IS NULL;
-- Serves: how many are held, and letting a release's go.
CREATE INDEX deliveries_held ON deliveries (batch_no, hold, release_run_id, connection_id) WHERE hold IS NOT NULL;
-- Serves: how the first few of a release fared.
CREATE INDEX deliveries_first ON deliveries (release_run_id) WHERE is_first = 1;
-- Serves: one copy for one order.
CREATE UNIQUE INDEX deliveries_copy_order ON deliveries (copy_request_id) WHERE copy_request_id IS NOT NULL;

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
BEFORE UPDATE OF batch_no, invoice_id, connection_id, channel, target, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name, step, steps, previous_id ON deliveries
BEGIN SELECT raise(ABORT, 'what a release froze is never changed'); END;
`;

/** SQL of the step. */
export const dataChannelsSchema = `${connectionsAnew}${deliveriesAnew}`;
