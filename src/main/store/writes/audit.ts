// Writes the append-only audit log. Called inside other verbs' transactions; never starts one.

import type { Act } from '../../ports/act.ts';
import { insert } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/** Acts that are logged. Append only: timelines are built from these names. */
export type AuditAction =
  | 'import'
  | 'acceptGood'
  | 'hold'
  | 'unhold'
  | 'exclude'
  | 'include'
  | 'lookUp'
  | 'release'
  | 'retry'
  | 'cancel'
  | 'resolve'
  | 'correct'
  | 'undoCorrections'
  | 'saveConnection'
  | 'removeConnection'
  | 'saveSetting'
  | 'holdDeliveries'
  | 'letDeliveriesGo'
  | 'schedule'
  | 'reroute'
  | 'readdress'
  | 'copy'
  | 'decideTrial'
  | 'waiveRule'
  | 'unwaiveRule';

/** Facts of an act: texts and numbers, never secrets. */
export type AuditFacts = Readonly<Record<string, string | number | null>>;

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
    log: ({ action, batchNo, facts }, act) => addEntry(act.nowMs, act.actor, action, batchNo, JSON.stringify(facts)),
    concerns: (auditId, invoiceId, deliveryId) => {
      addInvoice(invoiceId, auditId, deliveryId ?? 0);
    },
  };
}
