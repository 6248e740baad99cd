// What was done to orders after the copy that a database was restored from. Never edited once released.

/** SQL of the step. */
export const actsAfterCopy = `
-- Acts on orders that this database has no delivery of. As soon as their invoice is released again they are acts in doubt on its new order.
CREATE TABLE acts_after_copy (
  id INTEGER PRIMARY KEY,
  business_key TEXT NOT NULL CHECK (length(business_key) = 64),
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('credit', 'close', 'dun')),
  peer_order_id TEXT NOT NULL,
  amount_minor INTEGER,
  currency TEXT,
  positions_json TEXT,
  -- What stands for it since.
  act_id INTEGER REFERENCES order_acts (id)
) STRICT;
-- Serves: the release, which asks for every invoice.
CREATE INDEX acts_after_copy_open ON acts_after_copy (business_key) WHERE act_id IS NULL;

-- A restored database can have several acts in doubt on one order: the copy's own, and those that came after it.
DROP INDEX order_acts_open;
-- Serves: nothing more is done to an order while an act on it is under way or in doubt.
CREATE UNIQUE INDEX order_acts_open ON order_acts (delivery_id, peer_order_id) WHERE state IN ('sending', 'unknown') AND code IS NOT 'run.restored';
-- Serves: what is under way or in doubt, of one order and of all.
CREATE INDEX order_acts_unsettled ON order_acts (delivery_id) WHERE state IN ('sending', 'unknown');
`;
