// How far the journal of what was sent had come when this database was last written, and what it knows that this database does not.

/** SQL of the step. */
export const sentJournal = `
CREATE TABLE sent_mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- Journal and database belong together when both have it.
  store_id TEXT NOT NULL CHECK (length(store_id) = 32),
  -- Counts the deliveries that were ever marked as sending.
  seq INTEGER NOT NULL CHECK (seq >= 0)
) STRICT;
INSERT INTO sent_mark (id, store_id, seq) VALUES (1, lower(hex(randomblob(16))), 0);
-- Deliveries that may have been sent after the copy was made that this database was restored from, and that it has no row of.
CREATE TABLE sent_after_copy (
  idempotency_key TEXT PRIMARY KEY CHECK (length(idempotency_key) = 64),
  business_key TEXT NOT NULL CHECK (length(business_key) = 64),
  at_ms INTEGER NOT NULL,
  -- The delivery that stands for it since it was released again.
  delivery_id INTEGER REFERENCES deliveries (id)
) STRICT, WITHOUT ROWID;
-- Serves: the release, which asks for every invoice whether it may have been sent already.
CREATE INDEX sent_after_copy_open ON sent_after_copy (business_key) WHERE delivery_id IS NULL;
`;
