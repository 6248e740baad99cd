// Reads over corrections: which invoices a fix or its undoing is about, what stands in a batch and on one invoice.

import type { Correction, FixKind, StandingFix } from '../../../shared/schema/fix.ts';
import type { CorrectionStore, FixTarget, StandingCorrection } from '../../ports/correction-store.ts';
import type { StoreCore } from '../core.ts';
import { column, query } from '../sqlite.ts';

type TargetRow = Omit<FixTarget, 'isDelivered'> & { readonly isDelivered: 0 | 1 };

const targetColumns = `i.id AS invoiceId, i.invoice_number AS invoiceNumber, i.customer_name AS customerName, i.state NOT IN ('ready', 'held', 'excluded', 'quarantined') AS isDelivered,
  i.content_version AS contentVersion, i.file_ordinal AS fileOrdinal`;

/** The reads. */
export function createCorrectionReads({
  db,
}: StoreCore): Pick<CorrectionStore, 'targets' | 'correctedTargets' | 'standing' | 'list' | 'ofInvoice'> {
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state <> 'importing'");
  const withFinding = query<TargetRow>(
    db,
    `SELECT ${targetColumns} FROM invoices i WHERE i.batch_no = ?
       AND i.ordinal IN (SELECT invoice_ordinal FROM problems WHERE batch_no = ? AND rule_id = ? AND invoice_ordinal IS NOT NULL) ORDER BY i.ordinal`,
  );
  // Beyond the cap findings are counted and not stored: every invoice with findings is looked at.
  const withAnyFinding = query<TargetRow>(
    db,
    `SELECT ${targetColumns} FROM invoices i WHERE i.batch_no = ? AND i.error_count + i.warning_count > 0 ORDER BY i.ordinal`,
  );
  const unstored = column<number>(
    db,
    'SELECT coalesce(sum(problem_count - stored_count), 0) FROM problem_counts WHERE batch_no = ? AND rule_id = ?',
  );
  const corrected = query<TargetRow>(
    db,
    `SELECT ${targetColumns} FROM invoices i WHERE i.id IN (SELECT c.invoice_id FROM correction_runs r JOIN corrections c ON c.run_id = r.id
       WHERE r.batch_no = ? AND r.rule_id = ? AND c.undone_at_ms IS NULL) ORDER BY i.ordinal`,
  );
  const standing = query<StandingCorrection>(
    db,
    `SELECT c.id, r.rule_id AS ruleId, c.field, c.before_text AS before, c.after_text AS after FROM corrections c JOIN correction_runs r ON r.id = c.run_id
     WHERE c.invoice_id = ? AND c.undone_at_ms IS NULL ORDER BY c.id`,
  );
  return {
    targets: (batchId, ruleId) => {
      const no = batchNo.get(batchId);
      if (no === undefined) return [];
      const rows = (unstored.get(no, ruleId) ?? 0) > 0 ? withAnyFinding.all(no) : withFinding.all(no, no, ruleId);
      return rows.map(asTarget);
    },
    correctedTargets: (batchId, ruleId) => {
      const no = batchNo.get(batchId);
      return no === undefined ? [] : corrected.all(no, ruleId).map(asTarget);
    },
    standing: (invoiceId) => standing.all(invoiceId),
    ...createLists({ db }),
  };
}

function createLists({ db }: Pick<StoreCore, 'db'>): Pick<CorrectionStore, 'list' | 'ofInvoice'> {
  const list = query<StandingFix>(
    db,
    `SELECT r.rule_id AS ruleId, r.fix AS kind, count(*) AS "values", count(DISTINCT c.invoice_id) AS invoices,
       count(DISTINCT CASE WHEN i.state NOT IN ('ready', 'held', 'excluded', 'quarantined') THEN i.id END) AS delivered, max(r.at_ms) AS atMs, r.actor
     FROM batches b JOIN correction_runs r ON r.batch_no = b.no JOIN corrections c ON c.run_id = r.id JOIN invoices i ON i.id = c.invoice_id
     WHERE b.id = ? AND c.undone_at_ms IS NULL GROUP BY r.rule_id, r.fix ORDER BY max(r.id) DESC`,
  );
  const ofInvoice = query<Omit<Correction, 'fields'> & { readonly names: string; readonly kind: FixKind }>(
    db,
    `SELECT c.names, c.before_text AS before, c.after_text AS after, r.rule_id AS ruleId, r.fix AS kind, r.actor, r.at_ms AS atMs
     FROM corrections c JOIN correction_runs r ON r.id = c.run_id WHERE c.invoice_id = ? AND c.undone_at_ms IS NULL ORDER BY c.id`,
  );
  return {
    list: (batchId) => list.all(batchId),
    ofInvoice: (invoiceId) =>
      ofInvoice.all(invoiceId).map(({ names, ...correction }) => ({ ...correction, fields: names.split('\n') })),
  };
}

function asTarget({ isDelivered, ...target }: TargetRow): FixTarget {
  return { ...target, isDelivered: isDelivered === 1 };
}
