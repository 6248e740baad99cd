// Limits of connections, and what their lanes keep between starts: why they wait, until when, and what their rate has used.

/** SQL of the step. */
export const lanesSchema = `
-- What the operator limits; {} = nothing.
ALTER TABLE connections ADD COLUMN limits_json TEXT NOT NULL DEFAULT '{}';

-- Made anew for the kinds of block that end by themselves.
CREATE TABLE lanes_new (
  connection_id TEXT PRIMARY KEY REFERENCES connections (id),
  blocked_by TEXT CHECK (blocked_by IN ('paused', 'pausedByFailures', 'offline', 'secretMissing', 'hostKeyChanged', 'failing', 'throttled')),
  block_code TEXT,
  block_detail TEXT,
  blocked_at_ms INTEGER,
  -- When a block that ends by itself is tried with one delivery.
  next_try_at_ms INTEGER CHECK (next_try_at_ms IS NULL OR blocked_by IN ('offline', 'failing', 'throttled')),
  -- Runs of failures the lane is in the middle of; NULL = none.
  runs_json TEXT,
  last_answer TEXT,
  last_answer_at_ms INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO lanes_new (connection_id, blocked_by, block_detail, blocked_at_ms, last_answer, last_answer_at_ms)
SELECT connection_id, blocked_by, block_detail, blocked_at_ms, last_answer, last_answer_at_ms FROM lanes;
DROP TABLE lanes;
ALTER TABLE lanes_new RENAME TO lanes;

-- Attempts that reached the peer, in slots of time; only what a span still counts is kept.
CREATE TABLE lane_usage (
  connection_id TEXT NOT NULL REFERENCES connections (id),
  span TEXT NOT NULL CHECK (span IN ('minute', 'hour', 'day')),
  slot INTEGER NOT NULL,
  attempt_count INTEGER NOT NULL,
  PRIMARY KEY (connection_id, span, slot)
) STRICT, WITHOUT ROWID;
`;
