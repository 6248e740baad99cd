// Requests that carry many deliveries, kept from before they are sent. Never edited once released.

/** SQL of the step. */
export const groupedSends = `
CREATE TABLE grouped_sends (
  id INTEGER PRIMARY KEY,
  connection_id TEXT NOT NULL,
  batch_id TEXT NOT NULL UNIQUE,
  body BLOB,
  started_at_ms INTEGER NOT NULL,
  repeating_since_ms INTEGER,
  reply_status INTEGER,
  reply_type TEXT,
  reply BLOB,
  closed_at_ms INTEGER,
  CHECK ((body IS NULL) = (closed_at_ms IS NOT NULL))
) STRICT;

CREATE TABLE grouped_deliveries (
  group_id INTEGER NOT NULL REFERENCES grouped_sends (id),
  delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
  attempt INTEGER NOT NULL,
  PRIMARY KEY (group_id, delivery_id)
) STRICT, WITHOUT ROWID;

-- Serves: the request of a delivery in doubt.
CREATE INDEX grouped_deliveries_delivery ON grouped_deliveries (delivery_id);
`;
