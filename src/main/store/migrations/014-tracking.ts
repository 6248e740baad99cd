// What peers say about an invoice after it was sent. A list of its own, only added to. Never edited once released.

/** SQL of the step. */
export const trackingFacts = `
CREATE TABLE tracking_facts (
  id INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  -- When it was learnt, not when it happened.
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('state', 'payment', 'credited', 'dunning', 'history', 'document')),
  -- What tells one fact from another of its kind.
  fact_key TEXT NOT NULL,
  facts_json TEXT NOT NULL
) STRICT;

-- Serves: one row for everything that happens once; a state may come back.
CREATE UNIQUE INDEX tracking_facts_once ON tracking_facts (delivery_id, kind, fact_key) WHERE kind <> 'state';
-- Serves: the latest state of a delivery.
CREATE INDEX tracking_facts_state ON tracking_facts (delivery_id, id) WHERE kind = 'state';
-- Serves: the history of an invoice.
CREATE INDEX tracking_facts_invoice ON tracking_facts (invoice_id);

CREATE TRIGGER tracking_facts_stay BEFORE UPDATE ON tracking_facts BEGIN SELECT RAISE(ABORT, 'tracking facts are only added to'); END;
CREATE TRIGGER tracking_facts_remain BEFORE DELETE ON tracking_facts BEGIN SELECT RAISE(ABORT, 'tracking facts are only added to'); END;
`;
