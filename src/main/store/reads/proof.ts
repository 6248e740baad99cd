// The figures behind a batch's proof, counted over rows. The counters kept by triggers are read beside them, never instead of them.

import type { ProofFigures, ProofStore, ReleasedDocument } from '../../ports/proof-store.ts';
import type { ProofActKind } from '../../../shared/schema/proof.ts';
import { proofActs } from '../../../shared/schema/proof.ts';
import { invoiceStateOf } from '../../domain/delivery-state.ts';
import type { DeliveryState } from '../../../shared/schema/delivery.ts';
import type { InvoiceState } from '../../../shared/schema/batch.ts';
import type { StoreCore } from '../core.ts';
import { column, query } from '../sqlite.ts';
import { speaksForInvoice } from '../writes/invoice-state.ts';
import type { Db } from '../sqlite.ts';

/** The reads behind a proof; one snapshot of the file, so that no figure is older than another. */
export function createProofReads({ db }: StoreCore): ProofStore {
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state <> 'importing'");
  const invoices = createInvoiceFigures(db);
  const deliveries = createDeliveryFigures(db);
  const acts = createActs(db);
  const lastChange = column<number>(
    db,
    `SELECT max(at_ms) FROM (SELECT imported_at_ms AS at_ms FROM batches WHERE no = ? UNION ALL SELECT max(at_ms) FROM audit WHERE batch_no = ?
       UNION ALL SELECT max(updated_at_ms) FROM deliveries WHERE batch_no = ?)`,
  );
  const documents = query<ReleasedDocument>(
    db,
    `SELECT i.invoice_number AS invoiceNumber, d.document_sha256 AS documentSha256 FROM deliveries d JOIN invoices i ON i.id = d.invoice_id
     JOIN batches b ON b.no = d.batch_no WHERE b.id = ? AND d.cancelled_no = 0 ORDER BY i.ordinal, d.id`,
  );
  return {
    figures: (batchId) =>
      db.transaction((): ProofFigures | null => {
        const no = batchNo.get(batchId);
        if (no === undefined) return null;
        return {
          ...invoices(no),
          ...deliveries(no),
          acts: acts(no),
          lastChangeMs: lastChange.get(no, no, no) ?? 0,
        };
      })(),
    releasedDocuments: (batchId) => documents.all(batchId),
  };
}

type InvoiceFigures = Pick<
  ProofFigures,
  'fileInvoices' | 'rows' | 'kept' | 'imported' | 'changed' | 'unexplainedChanges'
>;

function createInvoiceFigures(db: Db): (batchNo: number) => InvoiceFigures {
  const files = column<number>(db, 'SELECT invoice_count FROM batch_files WHERE batch_no = ? ORDER BY ordinal');
  const rows = query<ProofFigures['rows'][number]>(
    db,
    `SELECT state, currency, count(*) AS count, coalesce(sum(payable_minor), 0) AS amountMinor, sum(payable_minor IS NULL) AS withoutAmount
     FROM invoices WHERE batch_no = ? GROUP BY state, currency ORDER BY currency`,
  );
  const kept = query<ProofFigures['kept'][number]>(
    db,
    'SELECT state, currency, invoice_count AS count, amount_minor AS amountMinor FROM invoice_counts WHERE batch_no = ? ORDER BY currency',
  );
  const imported = query<ProofFigures['imported'][number]>(
    db,
    'SELECT currency, invoice_count AS count, amount_minor AS amountMinor FROM import_sums WHERE batch_no = ? ORDER BY currency',
  );
  const changed = query<ProofFigures['changed'][number]>(
    db,
    `SELECT currency, sum(amount) AS amountMinor FROM (
       SELECT currency_before AS currency, -coalesce(minor_before, 0) AS amount FROM amount_changes WHERE batch_no = ?
       UNION ALL SELECT currency_after, coalesce(minor_after, 0) FROM amount_changes WHERE batch_no = ?) GROUP BY currency ORDER BY currency`,
  );
  const unexplained = column<number>(
    db,
    `SELECT count(DISTINCT a.invoice_id) FROM amount_changes a
     WHERE a.batch_no = ? AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.invoice_id = a.invoice_id)`,
  );
  return (no) => ({
    fileInvoices: files.all(no),
    rows: rows.all(no),
    kept: kept.all(no),
    imported: imported.all(no),
    changed: changed.all(no, no),
    unexplainedChanges: unexplained.get(no) ?? 0,
  });
}

function createDeliveryFigures(db: Db): (batchNo: number) => Pick<ProofFigures, 'wrongStates' | 'accepted'> {
  const states = query<{ invoiceState: InvoiceState; deliveryStates: string | null; count: number }>(
    db,
    `SELECT invoiceState, deliveryStates, count(*) AS count FROM (
       SELECT i.state AS invoiceState, (SELECT group_concat(DISTINCT d.state) FROM deliveries d WHERE d.invoice_id = i.id AND ${speaksForInvoice}) AS deliveryStates
       FROM invoices i WHERE i.batch_no = ?) GROUP BY invoiceState, deliveryStates`,
  );
  const accepted = query<ProofFigures['accepted']>(
    db,
    `SELECT count(*) AS count, coalesce(sum(hasReceipt), 0) AS withReceipt, coalesce(sum(NOT hasReceipt AND hasWord), 0) AS byWord FROM (
       SELECT EXISTS (SELECT 1 FROM receipts r WHERE r.delivery_id = d.id) AS hasReceipt,
         EXISTS (SELECT 1 FROM audit_invoices n JOIN audit a ON a.id = n.audit_id WHERE n.invoice_id = d.invoice_id AND n.delivery_id = d.id
           AND a.action = 'resolve' AND json_extract(a.facts_json, '$.by') = 'operator' AND json_extract(a.facts_json, '$.toState') = 'accepted') AS hasWord
       FROM deliveries d WHERE d.batch_no = ? AND d.state = 'accepted')`,
  );
  return (no) => ({
    wrongStates: states
      .all(no)
      .filter((row) => !isStateRight(row.invoiceState, row.deliveryStates))
      .reduce((sum, { count }) => sum + count, 0),
    accepted: accepted.get(no) ?? { count: 0, withReceipt: 0, byWord: 0 },
  });
}

/** An invoice that is kept back has no delivery that counts; every other one is where its deliveries are. */
function isStateRight(state: InvoiceState, deliveryStates: string | null): boolean {
  const found = deliveryStates === null ? [] : (deliveryStates.split(',') as DeliveryState[]);
  if (state === 'held' || state === 'excluded' || state === 'quarantined') return found.length === 0;
  return invoiceStateOf(found) === state;
}

function createActs(db: Db): (batchNo: number) => ProofFigures['acts'] {
  interface Row {
    readonly action: string;
    readonly actor: string;
    readonly settledBy: string | null;
    readonly toState: string | null;
    readonly invoices: number;
    readonly firstAtMs: number;
    readonly lastAtMs: number;
  }
  const rows = query<Row>(
    db,
    `SELECT action, actor, json_extract(facts_json, '$.by') AS settledBy, json_extract(facts_json, '$.toState') AS toState,
       sum(coalesce(json_extract(facts_json, '$.count'), json_extract(facts_json, '$.written'), json_extract(facts_json, '$.accepted'),
         json_extract(facts_json, '$.invoices'), json_extract(facts_json, '$.read'), 1)) AS invoices, min(at_ms) AS firstAtMs, max(at_ms) AS lastAtMs
     FROM audit WHERE batch_no = ? GROUP BY action, actor, settledBy, toState ORDER BY min(id)`,
  );
  return (no) =>
    rows.all(no).flatMap(({ action, settledBy, toState, ...rest }) => {
      const kind = action === 'resolve' ? settledKind(settledBy, toState) : proofActs.find((name) => name === action);
      return kind === undefined ? [] : [{ kind, ...rest }];
    });
}

function settledKind(settledBy: string | null, toState: string | null): ProofActKind {
  const hasArrived = toState === 'accepted';
  if (settledBy === 'lookUp') return hasArrived ? 'arrivedByLookUp' : 'againByLookUp';
  return hasArrived ? 'arrivedByWord' : 'againByWord';
}
