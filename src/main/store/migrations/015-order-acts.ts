// What is done to orders beside their deliveries (crediting, closing), addresses that were chosen for orders, and the campaigns a peer listed. Never edited once released.

/** SQL of the step. */
export const orderActs = `
CREATE TABLE order_acts (
  id INTEGER PRIMARY KEY,
  -- The first step: the one that made the order.
  delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  kind TEXT NOT NULL CHECK (kind IN ('credit', 'close')),
  peer_order_id TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  owner_pid INTEGER NOT NULL,
  -- Credits only: how much, and which rows of the order (JSON, 0-based).
  amount_minor INTEGER,
  currency TEXT,
  positions_json TEXT,
  state TEXT NOT NULL CHECK (state IN ('sending', 'done', 'refused', 'notSent', 'unknown')),
  -- Who said so: the peer's answer, a look-up, or the operator.
  settled_by TEXT CHECK (settled_by IN ('reply', 'lookUp', 'operator')),
  ended_at_ms INTEGER,
  code TEXT,
  detail TEXT,
  receipt_json TEXT
) STRICT;

-- Serves: nothing more is done to an order while an act on it is under way or in doubt.
CREATE UNIQUE INDEX order_acts_open ON order_acts (delivery_id, peer_order_id) WHERE state IN ('sending', 'unknown');
-- Serves: the history of an invoice.
CREATE INDEX order_acts_invoice ON order_acts (invoice_id);

CREATE TRIGGER order_acts_remain BEFORE DELETE ON order_acts BEGIN SELECT RAISE(ABORT, 'acts on orders are kept'); END;
CREATE TRIGGER order_acts_stand BEFORE UPDATE ON order_acts WHEN OLD.state NOT IN ('sending', 'unknown')
BEGIN SELECT RAISE(ABORT, 'what an act on an order came to stands'); END;

-- Which of the addresses that the peer has for a customer an invoice's order is to have.
CREATE TABLE order_addresses (
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  connection_id TEXT NOT NULL,
  selector TEXT NOT NULL,
  address_text TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (invoice_id, connection_id)
) STRICT, WITHOUT ROWID;

-- A peer's campaigns as it last listed them; fetched again when asked for.
CREATE TABLE campaign_lists (
  connection_id TEXT PRIMARY KEY,
  fetched_at_ms INTEGER NOT NULL,
  lists_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
