// Dunnings sent by hand stand beside what is done to orders, and a service's VAT rates and countries are kept with their date. Never edited once released.

/** SQL of the step. A table's checks can't be changed: the list of acts is written anew with one kind more. */
export const accountActs = `
DROP TRIGGER order_acts_remain;
DROP TRIGGER order_acts_stand;
DROP INDEX order_acts_open;
DROP INDEX order_acts_invoice;
ALTER TABLE order_acts RENAME TO order_acts_before;

CREATE TABLE order_acts (
  id INTEGER PRIMARY KEY,
  -- The delivery that made the order, or sent the invoice.
  delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  kind TEXT NOT NULL CHECK (kind IN ('credit', 'close', 'dun')),
  -- The peer's number of the order, or of the invoice that is dunned.
  peer_order_id TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  owner_pid INTEGER NOT NULL,
  -- Credits only: how much, and which rows of the order (JSON, 0-based).
  amount_minor INTEGER,
  currency TEXT,
  positions_json TEXT,
  -- Dunnings only: what was asked for (JSON).
  wish_json TEXT,
  state TEXT NOT NULL CHECK (state IN ('sending', 'done', 'refused', 'notSent', 'unknown')),
  -- Who said so: the peer's answer, a look-up, or the operator.
  settled_by TEXT CHECK (settled_by IN ('reply', 'lookUp', 'operator')),
  ended_at_ms INTEGER,
  code TEXT,
  detail TEXT,
  receipt_json TEXT
) STRICT;

INSERT INTO order_acts (id, delivery_id, invoice_id, kind, peer_order_id, started_at_ms, actor, reason, owner_pid, amount_minor, currency, positions_json, state, settled_by,
  ended_at_ms, code, detail, receipt_json)
SELECT id, delivery_id, invoice_id, kind, peer_order_id, started_at_ms, actor, reason, owner_pid, amount_minor, currency, positions_json, state, settled_by,
  ended_at_ms, code, detail, receipt_json FROM order_acts_before;
DROP TABLE order_acts_before;

-- Serves: nothing more is done to an order while an act on it is under way or in doubt.
CREATE UNIQUE INDEX order_acts_open ON order_acts (delivery_id, peer_order_id) WHERE state IN ('sending', 'unknown');
-- Serves: the history of an invoice.
CREATE INDEX order_acts_invoice ON order_acts (invoice_id);

CREATE TRIGGER order_acts_remain BEFORE DELETE ON order_acts BEGIN SELECT RAISE(ABORT, 'acts on orders are kept'); END;
CREATE TRIGGER order_acts_stand BEFORE UPDATE ON order_acts WHEN OLD.state NOT IN ('sending', 'unknown')
BEGIN SELECT RAISE(ABORT, 'what an act on an order came to stands'); END;

-- A service's VAT rates and countries as it last listed them.
CREATE TABLE account_lists (
  connection_id TEXT PRIMARY KEY,
  fetched_at_ms INTEGER NOT NULL,
  lists_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
