// Waivers: warnings of a rule that somebody has decided to accept in one batch. The audit log keeps every waiver, also those taken back.

/** The migration's SQL. */
export const waivers = `
CREATE TABLE waivers (
  batch_no INTEGER NOT NULL REFERENCES batches (no) ON DELETE CASCADE,
  rule_id TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (batch_no, rule_id)
) STRICT, WITHOUT ROWID;
`;
