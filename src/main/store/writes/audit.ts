// Writes the append-only audit log. Called inside other verbs' transactions, which seal what was written as they end; never starts one.

import type { AuditAction } from '../../../shared/schema/audit.ts';
import { keptFacts } from '../../domain/audit-facts.ts';
import type { Act } from '../../ports/act.ts';
import type { AuditFacts } from '../../ports/audit-store.ts';
import { insert } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/** Writes log entries and which invoices they concern. */
export interface AuditWriter {
  /** Returns the entry's id for `concerns`. */
  log(
    entry: { readonly action: AuditAction; readonly batchNo: number | null; readonly facts: AuditFacts },
    act: Act,
  ): number;
  concerns(auditId: number, invoiceId: number, deliveryId: number | null): void;
}

/** Prepares the writer. */
export function createAuditWriter(db: Db): AuditWriter {
  const addEntry = insert(db, 'INSERT INTO audit (at_ms, actor, action, batch_no, facts_json) VALUES (?, ?, ?, ?, ?)');
  const addInvoice = insert(db, 'INSERT INTO audit_invoices (invoice_id, audit_id, delivery_id) VALUES (?, ?, ?)');
  return {
    log: ({ action, batchNo, facts }, act) =>
      addEntry(act.nowMs, act.actor, action, batchNo, JSON.stringify(keptFacts(facts))),
    concerns: (auditId, invoiceId, deliveryId) => {
      addInvoice(invoiceId, auditId, deliveryId ?? 0);
    },
  };
}
