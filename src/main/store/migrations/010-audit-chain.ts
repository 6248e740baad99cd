// The audit log as a chain: each entry is sealed with a hash that covers the one before. Entries from before this step are sealed by it too.

/** SQL of the step; the sealing of what is there already follows in the same transaction (migrate.ts). */
export const auditChain = `
CREATE TABLE audit_chain (
  audit_id INTEGER PRIMARY KEY REFERENCES audit (id),
  -- How many invoices and deliveries the entry names, and the hash over them.
  concerned_count INTEGER NOT NULL CHECK (concerned_count >= 0),
  concerned_sha256 TEXT NOT NULL CHECK (length(concerned_sha256) = 64),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
-- Serves: sealing an entry together with what it concerned, and checking that later.
CREATE INDEX audit_invoices_by_entry ON audit_invoices (audit_id, invoice_id, delivery_id);
CREATE TRIGGER audit_chain_is_not_changed BEFORE UPDATE ON audit_chain
BEGIN SELECT raise(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_chain_is_kept BEFORE DELETE ON audit_chain
BEGIN SELECT raise(ABORT, 'the audit log is never shortened'); END;
CREATE TRIGGER sealed_entries_take_no_more BEFORE INSERT ON audit_invoices
WHEN EXISTS (SELECT 1 FROM audit_chain WHERE audit_id = new.audit_id)
BEGIN SELECT raise(ABORT, 'a sealed entry of the audit log takes nothing more'); END;
`;
